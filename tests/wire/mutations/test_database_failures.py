"""A database that fails: requests are answered, nothing is sent, a client whose token cannot be checked is refused."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from sqlalchemy import create_engine

from tests.support.gym import Gym
from tests.support.server import Server
from tests.support.socketio_client import PASSWORD, Client, ConnectionClosed, ConnectionRefused
from tests.support.waiting import wait_until

pytestmark = pytest.mark.kinds("sqlite", "postgres", reason="a database fails for each process by itself")


@pytest.fixture(autouse=True)
def observers() -> None:
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


@pytest.mark.kinds("postgres", reason="SQLite knows no lock of one table")
def test_a_journal_that_cannot_be_written_in_time_is_no_defect(own_server: Server) -> None:
    """Another program holds a table of the journal: the request may be tried again, and the log has one line of it."""
    gym = Gym(Client(own_server.port))
    logged = own_server.log_size()
    with own_server.database.transaction() as other:  # type: ignore[attr-defined]
        other.execute("LOCK TABLE journal_commits IN SHARE MODE")
        ack = gym.client.call("new_coach", {"name": "Never was", "age": 30}, {})
    assert ack["meta"]["code"] == "unavailable"
    assert gym.new("coach"), "the next request is served"
    assert "requests were cut off" in own_server.log(logged) and "Traceback" not in own_server.log(logged)
    gym.client.close()


@pytest.mark.kinds("postgres", reason="SQLite knows no lock of one row")
def test_a_process_that_ends_waits_for_no_answer_that_does_not_come(own_server: Server) -> None:
    """It ends as at any other time, though a request waits for the journal."""
    gym = Gym(Client(own_server.port))
    with own_server.database.transaction() as other:  # type: ignore[attr-defined]
        other.execute("SELECT * FROM journal_head FOR UPDATE")
        gym.client.emit("new_coach", gym.payload("coach"), {})
        waiting = (
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database"
            " WHERE locktype = 'tuple' AND relation = 'journal_head'::regclass AND datname = current_database()"
        )
        wait_until(lambda: other.execute(waiting).fetchone() != (0,), "a request waits")
        own_server.stop()
        gym.client.read_until_closed(10)
    assert "Traceback" not in own_server.log()
