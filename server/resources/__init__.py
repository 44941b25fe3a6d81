"""The gym's channels, one file each: a model, a schema and one `Resource(...)` line.

A file in this folder is a resource: `load` imports them all, so a new one needs no list to be edited.
"""

from importlib import import_module
from pkgutil import iter_modules


def load() -> None:
    """Import every resource of this folder; each registers itself."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
