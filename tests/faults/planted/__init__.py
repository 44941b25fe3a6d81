"""Faults of the kinds that this project had, or its neighbours have: the campaign must find each of them.

Each module has `plant()`, which makes the server in this process have the fault. None is ever in the product.
"""

from pathlib import Path

NAMES = tuple(sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py")))
