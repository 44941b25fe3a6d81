"""What one may read gets less while a database is waited for: what comes after that has no more of it.

On PostgreSQL alone: with SQLite nobody else is served while an answer is waited for.
"""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest

from tests.support.held import HeldPostgres
from tests.support.house import House
from tests.support.postgres import Postgres
from tests.support.server import Server
from tests.support.wire import PASSWORD
from tests.support.wire import Client
from tests.wire.accounts.restricted.conftest import COMMAND

SECRET = "Dark corridor"


@pytest.fixture(scope="module")
def held() -> Iterator[HeldPostgres]:
    """What the server of these tests has its database behind."""
    with closing(HeldPostgres()) as one:
        yield one


@pytest.fixture(scope="module")
def slow(held: HeldPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, dict[str, Any]]]:
    """A house, and a coach's cursor that is too old to be answered from memory."""
    directory = tmp_path_factory.mktemp("server")
    with closing(Postgres()) as postgres:
        database = postgres.new_database(directory)
        server = Server(directory, database, {"ACCESS": "required", "DATABASE_URL": held.url(database.url)}, COMMAND)
        house = House(server.start())
        house.admin.ok("new_account", {"username": "temp", "role": "coach", "password": PASSWORD})
        with closing(house.client("temp", sync=True)) as client:
            answer = client.next_event("sync").args[0]
        house.admin.ok("new_complaint", {"name": SECRET})
        server.restart()
        house.reconnect(sync=True)
        house.gym.new("coach")
        yield house, {"epoch": answer["epoch"], "seq": answer["seq"]}
        house.close()
        server.close()


@pytest.fixture
def house(slow: tuple[House, dict[str, Any]], held: HeldPostgres) -> Iterator[House]:
    """The house, in which temp is a coach; nothing is held any more afterwards, and the log has no traceback."""
    house = slow[0]
    house.reconnect(sync=True)
    house.admin.ok("set_account", {"username": "temp", "role": "coach"})
    logged = house.server.log_size()
    yield house
    held.release()
    assert "Traceback" not in house.server.log(logged), house.server.log(logged)[-4000:]


@pytest.fixture
def cursor(slow: tuple[House, dict[str, Any]]) -> dict[str, Any]:
    """From where there is something to catch up with, in the database only."""
    return slow[1]


def _see_less(house: House, client: Client) -> None:
    """Let temp be a viewer, and return when the client knows."""
    house.admin.ok("set_account", {"username": "temp", "role": "viewer"})
    assert client.next_event("session").args[0]["user"]["role"] == "viewer"


def _assert_a_snapshot_without(answer: dict[str, Any], house: House) -> None:
    with closing(house.client("temp", sync=True)) as client:
        assert answer == client.next_event("sync").args[0]
    assert answer["snapshot"]["complaints"] == []


def test_who_is_being_let_in(house: House, held: HeldPostgres, cursor: dict[str, Any]) -> None:
    held.hold(b"journal_changes")
    with closing(house.client("temp", sync=cursor)) as client:
        held.wait()
        _see_less(house, client)
        held.release()
        _assert_a_snapshot_without(client.next_event("sync").args[0], house)
        assert SECRET not in str(client.received)


def test_a_sync_that_is_on_its_way(house: House, held: HeldPostgres, cursor: dict[str, Any]) -> None:
    with closing(house.client("temp", sync=True)) as client:
        client.next_event("sync")
        client.received.clear()
        held.hold(b"journal_changes")
        number = client.emit("sync", cursor)
        held.wait()
        _see_less(house, client)
        held.release()
        _assert_a_snapshot_without(client.ack(number)["data"], house)
        assert SECRET not in str(client.received)


def test_a_history_that_is_on_its_way(house: House, held: HeldPostgres) -> None:
    with closing(house.client("temp", sync=True)) as client:
        [complaint] = client.next_event("sync").args[0]["snapshot"]["complaints"]
        whose = {"channel": "complaints", "id": complaint["record"]["id"]}
        assert SECRET in str(client.ok("history", whose))
        client.received.clear()
        held.hold(b"journal_changes")
        number = client.emit("history", whose)
        held.wait()
        _see_less(house, client)
        held.release()
        assert client.ack(number)["data"] == []
        assert SECRET not in str(client.received)


def test_a_write_that_is_answered(house: House, held: HeldPostgres) -> None:
    """It is done, but who asked may not see any more what."""
    with closing(house.client("temp", sync=True)) as client:
        [complaint] = client.next_event("sync").args[0]["snapshot"]["complaints"]
        client.received.clear()
        held.hold(b"COMMIT")
        number = client.emit("update_complaint", {"id": complaint["record"]["id"], "name": SECRET + " again"}, {})
        held.wait()
        # The server could not write it itself now.
        with psycopg.connect(house.server.database.url.replace("+psycopg", "")) as connection:
            connection.execute("UPDATE accounts SET role = 'viewer' WHERE username = 'temp'")
        assert client.next_event("session").args[0]["user"]["role"] == "viewer"
        held.release()
        ack = client.ack(number)
        assert (ack["ok"], ack["data"]) == (True, None)
        assert SECRET not in str(client.received)
