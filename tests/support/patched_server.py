"""A server whose code is changed before it serves, to make it fail where no request can."""

import sys
from pathlib import Path

from tests.support.database import SQLiteDatabase
from tests.support.server import Server
from tests.support.ticks import SECONDS


def serve_with(code: str, directory: Path) -> Server:
    """A server in whose process `code` is run before it serves."""
    program = f"from gevent import monkey; monkey.patch_all()\n{code}\nfrom server.__main__ import main; main()"
    command = (sys.executable, "-c", program)
    return Server(
        directory, SQLiteDatabase(directory), {"TICK_SECONDS": str(SECONDS), "MAX_BACKLOG_BYTES": "100000"}, command
    )
