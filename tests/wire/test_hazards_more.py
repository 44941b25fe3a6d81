"""Hazards of the list that the other files leave: a database that fails, versions, two processes without a queue."""

import json
import re
import statistics
import time
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from tests.support.environment import ROOT
from tests.support.gym import Gym
from tests.support.server import Server
from tests.support.wire import PASSWORD
from tests.support.wire import Client
from tests.support.wire import ConnectionClosed
from tests.support.wire import ConnectionRefused

pytestmark = pytest.mark.kinds("sqlite", "postgres", reason="a database fails for each process by itself")


@pytest.fixture(autouse=True)
def watch() -> None:
    """No observers: the database of these tests fails."""


@pytest.fixture
def broken(own_server: Server) -> Iterator[Callable[[str], None]]:
    """Takes a table of the running server away; it is back at the end."""
    engine = create_engine(own_server.database.url)
    taken: list[str] = []

    def rename(table: str, name: str) -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {name}")

    def take(table: str) -> None:
        rename(table, f"{table}_away")
        taken.append(table)

    yield take
    for table in taken:
        rename(f"{table}_away", table)
    engine.dispose()


def test_a_connect_that_crashes_lets_nobody_in(own_server: Server, broken: Callable[[str], None]) -> None:
    writer = Gym(Client(own_server.port))
    writer.new("coach", username="ada", password=PASSWORD)
    token = writer.client.call("login", {"username": "ada", "password": PASSWORD})["token"]
    broken("sign_ins")
    client = Client(own_server.port, enter=False)
    with pytest.raises((ConnectionClosed, ConnectionRefused)):
        client.enter({"token": token})
    writer.new("exercise_move")
    assert client.inbox == type(client.inbox)(), "a client that was not let in was sent something"
    client.close()
    with closing(Client(own_server.port)) as other:
        other.welcome()
    writer.client.close()


@pytest.mark.parametrize(
    ("table", "event", "data"),
    [
        ("journal_changes", "history", {"channel": "coaches", "id": 1}),
        ("accounts", "login", {"username": "ada", "password": "x"}),
        ("journal_commits", "new_exercise_move", None),
        ("exercise_moves", "new_exercise_move", None),
        ("journal_changes", "undo", {"seq": 1}),
    ],
)
def test_a_database_that_fails_is_an_answer(
    table: str, event: str, data: object, own_server: Server, broken: Callable[[str], None]
) -> None:
    gym = Gym(Client(own_server.port))
    gym.client.welcome()
    gym.new("coach")
    payload = data or gym.payload("exercise_move")
    broken(table)
    ack = gym.client.call(event, payload, {})
    assert ack["ok"] is False and ack["data"] is None
    assert ack["meta"]["code"] in ("unavailable", "internal")
    assert not re.search("sqlite|postgres|psycopg", json.dumps(ack).lower()) and table not in json.dumps(ack)
    assert gym.client.call("refresh")["ok"], "the next request is served"
    assert [event.name for event in gym.client.take() if event.name == "exercise_moves"][1:] == []
    gym.client.close()


def test_a_commit_that_fails_is_sent_to_nobody(own_server: Server) -> None:
    """Another program holds the database's lock for longer than a request waits."""
    gym, reader = Gym(Client(own_server.port)), Client(own_server.port)
    reader.welcome()
    with own_server.database.locked():
        ack = gym.client.call("new_coach", {"name": "Never was", "age": 30}, {})
    assert ack["meta"]["code"] == "unavailable"
    coach = gym.new("coach")
    assert reader.next_event("coaches").args[0] == [coach], "only what was committed was sent"
    for client in (gym.client, reader):
        client.close()


def test_processes_need_no_message_queue_to_hear_of_each_other(own_server: Server) -> None:
    with (
        own_server.beside() as other,
        closing(Client(own_server.port)) as here,
        closing(Client(other.port)) as plain,
        closing(Client(other.port, auth={"sync": True})) as synced,
    ):
        synced.next_event("sync")
        plain.welcome()
        coach = Gym(here).new("coach")
        assert plain.next_event("coaches", 5).args[0] == [coach]
        changes = next(
            event for event in iter(lambda: synced.next_event("changes", 5).args[0], None) if event["changes"]
        )
        assert changes["changes"][0]["record"] == coach


def test_what_is_sent_does_not_wait_for_the_receiver_to_confirm(own_server: Server) -> None:
    """Nagle's algorithm holds the second of two small segments back until the first is confirmed: up to 40 ms."""
    with closing(Client(own_server.port)) as client:
        client.welcome()
        coach = client.ok("new_coach", {"name": "Ada", "age": 30})
        client.next_event("coaches")
        times = []
        for age in range(20, 50):
            started = time.monotonic()
            client.ok("update_coach", {"id": coach["id"], "age": age})
            client.next_event("coaches")
            times.append(time.monotonic() - started)
    assert statistics.median(times) < 0.035


def test_libraries_are_at_least_the_safe_ones() -> None:
    for name, floor in (("python-socketio", (5, 16, 3)), ("python-engineio", (4, 13, 3))):
        assert tuple(map(int, version(name).split("."))) >= floor
    lock = json.loads((ROOT / "client" / "package-lock.json").read_text())
    parsers = [
        package["version"]
        for path, package in lock["packages"].items()
        if path.endswith("node_modules/socket.io-parser")
    ]
    assert parsers
    assert all(tuple(map(int, found.split("."))) >= (4, 2, 6) for found in parsers)


def test_nothing_is_installed_that_would_silently_take_over_the_websockets() -> None:
    for module in ("geventwebsocket", "eventlet"):
        assert find_spec(module) is None, f"{module} would be preferred to our websocket"
    assert "gevent-websocket" not in (ROOT / "Pipfile.lock").read_text()


def test_the_wire_is_tested_over_real_sockets() -> None:
    """Flask-SocketIO's test client hides order and framing."""
    users = [path for path in (ROOT / "tests").rglob("*.py") if re.search(r"\.test_client\(", path.read_text())]
    assert [path for path in users if path != Path(__file__)] == []
