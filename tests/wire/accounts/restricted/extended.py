"""The server with this folder's resources.

For `flask --app tests.wire.accounts.restricted.extended ...`, which finds `create_app` here.
"""

from pathlib import Path

from server import resources
from tests.wire.new_resource.extended import create_app as create_app

resources.__path__.append(str(Path(__file__).parent / "resources"))
