"""Where a run takes place: its folder, and servers of both kinds as the campaign starts them."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.points import PROGRAM
from tests.support.database import SQLiteDatabase
from tests.support.postgres import Postgres
from tests.support.process import ServerFailed
from tests.support.redis import URL as REDIS_URL
from tests.support.server import Server
from tests.support.waiting import wait_until

_PATIENCE_SECONDS = 90.0


@contextmanager
def sqlite_server(directory: Path, processes: int = 1, **settings: str) -> Iterator[Server]:
    """One on a file, not started yet."""
    directory.mkdir(parents=True, exist_ok=True)
    server = Server(directory, SQLiteDatabase(directory), {**planted(), **settings}, PROGRAM, processes)
    try:
        yield server
    finally:
        if server in server.running:
            server.kill()
        server.leave()


@contextmanager
def postgres_servers(directory: Path, processes: int = 2, **settings: str) -> Iterator[Server]:
    """Two processes on the machine's PostgreSQL and Redis, not started yet."""
    directory.mkdir(parents=True, exist_ok=True)
    postgres = Postgres()
    database = postgres.new_database(directory)
    server = Server(directory, database, {"REDIS_URL": REDIS_URL, **planted(), **settings}, PROGRAM, processes)
    try:
        yield server
    finally:
        if server in server.running:
            server.kill()
        server.leave()
        database.drop()
        postgres.close()


def planted() -> dict[str, str]:
    """The fault of `planted` that the campaign is to find."""
    return {"PLANTED": os.environ.get("PLANTED", "")}


def arm(server: Server, point: str = "", nth: int = 1, do: str = "kill") -> None:
    """Let the next start have a fault at this point; without one, none."""
    server.settings["FAULT"] = json.dumps({"point": point, "nth": nth, "do": do}) if point else ""


def start(server: Server) -> bool:
    """Start it; whether it came to serve, or a fault ended it before."""
    try:
        server.start()
    except ServerFailed:
        return False
    return True


def start_at_last(server: Server) -> None:
    """Start it, however often something that it needs is away. Raises AssertionError if it comes to nothing."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while not start(server):
        assert time.monotonic() < until, f"the server does not start: {server.log()[-2000:]}"
        time.sleep(0.2)


def ends(server: Server, seconds: float) -> bool:
    """Whether a process of it ends by itself within this time; what is left is killed."""
    try:
        wait_until(lambda: not server.is_alive(), "the fault", seconds)
    except AssertionError:
        return False
    finally:
        server.kill()
    return True
