"""The server with the fifth resource and this folder's.

For `flask --app tests.wire.fifth.kinds.extended ...`, which finds `create_app` here.
"""

from pathlib import Path

from server import resources
from tests.wire.fifth.extended import create_app as create_app

resources.__path__.append(str(Path(__file__).parent / "resources"))
