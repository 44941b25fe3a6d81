"""What tests of the database's file do with it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.support.fork_server import fork_server
from tests.support.server import Server
from tests.support.socketio_client import Client

# The server notices a loss within a second; under load a test may wait longer than a user would.
NOTICED = 20.0


def path_of(server: Server) -> Path:
    return Path(server.database.url.removeprefix("sqlite:///"))


def coaches_in(path: Path) -> list[str]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM coaches ORDER BY id")]


def copied_alone(database: Path, to: Path) -> Path:
    return Path(shutil.copy(database, to / "alone.db"))


def write(client: Client, name: str) -> str:
    """The code with which a new coach is refused; empty if there is one now."""
    ack = client.call("new_coach", {"name": name, "age": 30}, {})
    return "" if ack["ok"] else str(ack["meta"]["code"])


def seed(path: Path, *arguments: str) -> None:
    small = ("--coaches", "3", "--moves", "2", "--plans", "1", "--schedules", "0")
    fork_server().run(("seed.py", *small, *arguments), DATABASE_URL=f"sqlite:///{path}")
