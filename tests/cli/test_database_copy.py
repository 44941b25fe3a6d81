"""`flask database copy`: a gym goes to the other kind of database, and its clients go on as if nothing had happened."""

import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.accounts import add_accounts
from tests.support.database import SQLiteDatabase
from tests.support.environment import ROOT, environment
from tests.support.flask import flask
from tests.support.gym import Gym
from tests.support.postgres import Postgres
from tests.support.server import Server
from tests.support.socketio_client import PASSWORD, Client

SETTINGS = {"ACCESS": "required"}


def signed_in(server: Server) -> tuple[str, Client]:
    """An admin's token, and a client with it."""
    with closing(Client(server.port)) as client:
        token = str(client.call("login", {"username": "admin", "password": PASSWORD})["token"])
    return token, Client(server.port, auth={"token": token, "sync": True})


def copy(source: str, target: str) -> "subprocess.CompletedProcess[str]":
    """The command."""
    command = [sys.executable, "-m", "flask", "--app", "server", "database", "copy", target]
    settings = environment(DATABASE_URL=source)
    return subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=120, check=False)


def leave_and_come_back(servers: Sequence[Server]) -> None:
    """Write to one, copy, go on with the other: the same token, cursor, ids, history."""
    one, other = servers
    flask(one.database.url, "db", "upgrade")
    add_accounts(one.database.url, "admin", role="admin")
    one.start()
    token, client = signed_in(one)
    with closing(client):
        snapshot = client.next_event("sync").args[0]
        plan = Gym(client).new("workout_plan")
        gone = client.ok("new_coach", {"name": "Soon Gone", "age": 30})
        deleted = client.call("delete_coach", gone["id"], {})
        last = client.call("update_workout_plan", {"id": plan["id"], "name": "Renamed"}, {})
    one.stop()
    said = copy(one.database.url, other.database.url)
    assert said.returncode == 0, said.stderr
    assert "The copy is complete" in said.stdout and PASSWORD not in said.stdout
    again = copy(one.database.url, other.database.url)
    assert again.returncode != 0 and "is not empty" in again.stderr
    other.start()
    cursor = {"epoch": snapshot["epoch"], "seq": last["meta"]["seq"]}
    for known, mode in ((cursor, "current"), ({**cursor, "seq": snapshot["seq"]}, "delta")):
        with closing(Client(other.port, auth={"token": token, "sync": known})) as client:
            answer = client.next_event("sync").args[0]
            assert (answer["mode"], answer["seq"]) == (mode, last["meta"]["seq"])
    with closing(Client(other.port, auth={"token": token})) as client:
        # It comes back with its id, which no other record gets.
        assert client.ok("undo", {"seq": deleted["meta"]["seq"]}) == gone
        assert client.ok("new_coach", {"name": "Next One", "age": 30})["id"] == gone["id"] + 1
        assert client.ok("undo", {"seq": last["meta"]["seq"]})["name"] == plan["name"]


@pytest.mark.parametrize("direction", ["to PostgreSQL", "to SQLite"])
def test_clients_go_on(direction: str, tmp_path: Path) -> None:
    for name in ("sqlite", "postgres"):
        (tmp_path / name).mkdir()
    with (
        closing(Postgres()) as postgres,
        closing(Server(tmp_path / "sqlite", SQLiteDatabase(tmp_path), SETTINGS)) as embedded,
        closing(Server(tmp_path / "postgres", postgres.new_database(tmp_path), SETTINGS)) as served,
    ):
        leave_and_come_back([embedded, served] if direction == "to PostgreSQL" else [served, embedded])


def test_what_cannot_be_copied_to_is_named_and_nothing_is_made(tmp_path: Path) -> None:
    database = SQLiteDatabase(tmp_path)
    flask(database.url, "account", "list")
    for target, says in (
        (database.url, "the database that is used now"),
        ("mysql://nowhere/x", "set it to sqlite"),
        ("postgresql+psycopg://postgres:hunter2@127.0.0.1:1/none", "refused"),
    ):
        said = copy(database.url, target)
        assert said.returncode != 0 and says in said.stderr and "Traceback" not in said.stderr, said.stderr
        assert "hunter2" not in said.stderr
