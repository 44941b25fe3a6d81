"""A full disk: nothing is saved, which is said once; all is read as before; and it ends by itself."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import create_engine, text

from tests.realtime.gateway.test_metrics import numbers
from tests.support.database import SQLiteDatabase
from tests.support.disk import mounted
from tests.support.gym import Gym
from tests.support.http import ask
from tests.support.kinds import Kind
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.waiting import wait_until

Fill = Callable[[], Any]
_BYTES = 6_000_000
_REFUSED = "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE SQLSTATE '53100'; END $$"
_TRIGGER = "CREATE TRIGGER no_room BEFORE UPDATE ON journal_head EXECUTE FUNCTION no_room()"


@pytest.fixture
def observers() -> None:
    """Takes the place of the observers of `tests/wire`: what they would write at the end is not for this disk."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small one of its own."""
    with mounted(tmp_path / "disk", f"size={_BYTES}") as path:
        yield path


@contextmanager
def _filled(disk: Path) -> Iterator[None]:
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4_096)
    assert os.statvfs(disk).f_bavail == 0
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def _refusing(url: str) -> Iterator[None]:
    """PostgreSQL as it is on a full disk, as far as its clients can tell."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with closing(engine.connect()) as connection:
        for statement in (_REFUSED, _TRIGGER):
            connection.execute(text(statement))
        try:
            yield
        finally:
            connection.execute(text("DROP FUNCTION no_room CASCADE"))
    engine.dispose()


@pytest.fixture
def full(request: pytest.FixtureRequest, server_kind: Kind, new_server: Any, tmp_path: Path) -> Iterator[Any]:
    """A server, and a context in which its database's disk is full."""
    if server_kind.postgres:
        server = new_server().start()
        fill = partial(_refusing, server.database.url)
    else:
        disk = request.getfixturevalue("disk")
        server = Server(tmp_path, SQLiteDatabase(disk)).start()
        fill = partial(_filled, disk)
    try:
        yield server, fill
    finally:
        server.close()


def _problem(server: Server) -> str | None:
    status, _, body = ask(server, "/readyz")
    problem = cast("str | None", json.loads(body)["problem"])
    assert (status == 200) is (problem is None)
    return problem


def _move(gym: Gym) -> tuple[str, Any, dict[str, Any]]:
    return "new_exercise_move", gym.payload("exercise_move", description="Breathe. " * 50), {}


@pytest.mark.kinds("sqlite", "postgres", reason="each process finds it out for itself")
def test_it_is_said_once_and_ends_by_itself(full: tuple[Server, Fill]) -> None:
    server, fill = full
    with closing(Client(server.port)) as client, closing(Client(server.port)) as other:
        gym = Gym(client)
        coach = gym.new("coach")
        with fill():
            # SQLite's log has room left for a few.
            acks: list[Any] = []
            while len([ack for ack in acks if not ack["ok"]]) < 12 and len(acks) < 4_000:
                acks += client.pipeline([_move(gym) for _ in range(4)])
            refused = [ack for ack in acks if not ack["ok"]]
            assert refused
            for ack in refused:
                assert ack["meta"] == {"code": "unavailable"}
                assert "the disk is full" in ack["errors"]["errors"]
            assert _problem(server) == "the database takes no writes: the disk is full"
            found = numbers(server)
            assert (found["spotter_database_up",], found["spotter_database_writable",]) == (1, 0)
            assert other.call("refresh")["ok"] and other.ok("history", {"channel": "coaches", "id": coach["id"]})
            with closing(Client(server.port)) as fresh:
                assert coach in fresh.welcome()[1]["coaches"]
            assert ask(server, "/healthz")[0] == 200
        wait_until(lambda: _problem(server) is None, "it takes writes again", 30)
        assert numbers(server)["spotter_database_writable",] == 1
        assert client.call(*_move(gym))["ok"]
        made = sum(ack["ok"] for ack in acks) + 1
        with closing(Client(server.port)) as fresh:
            assert len(fresh.welcome()[1]["exercise_moves"]) == made, "what was refused left no trace"
    log = server.log()
    assert "Traceback" not in log
    assert log.count("the database takes no writes") == 1 == log.count("the database takes writes again")
