"""A server whose code is changed before it serves, to make it fail where no request can."""

from pathlib import Path

from tests.support.database import SQLiteDatabase
from tests.support.server import Server
from tests.support.ticks import SECONDS


def serve_with(code: str, directory: Path) -> Server:
    """A server in whose process `code` is run before it serves."""
    program = f"{code}\nfrom server.__main__ import main; main()"
    settings = {"TICK_SECONDS": str(SECONDS), "MAX_BACKLOG_BYTES": "100000"}
    return Server(directory, SQLiteDatabase(directory), settings, ("-c", program))
