"""Rights that end while a database is waited for: nothing that they were for is sent, joined or done after that.

On PostgreSQL alone: with SQLite nobody else is served while an answer is waited for.
"""

import base64
import json
import time
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest

from tests.support.held import HeldPostgres
from tests.support.house import House
from tests.support.postgres import Postgres
from tests.support.server import Server
from tests.support.wire import CHANNELS
from tests.support.wire import Client

DATA = {*CHANNELS, "sync", "changes", "presence"}
# Longer than an answer may be on its way before it is asked for again.
LATE_SECONDS = 0.6


@pytest.fixture(scope="module")
def held() -> Iterator[HeldPostgres]:
    """What the server of these tests has its database behind."""
    with closing(HeldPostgres()) as one:
        yield one


@pytest.fixture(scope="module")
def slow(held: HeldPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, dict[str, Any]]]:
    """A house, and a cursor that is too old to be answered from memory."""
    directory = tmp_path_factory.mktemp("server")
    with closing(Postgres()) as postgres:
        database = postgres.new_database(directory)
        settings = {"ACCESS": "required", "DATABASE_URL": held.url(database.url)}
        server = Server(directory, database, settings)
        house = House(server.start())
        seen = house.admin.ok("sync")
        house.gym.new("coach")
        server.restart()
        house.reconnect(sync=True)
        house.gym.new("coach")
        yield house, {"epoch": seen["epoch"], "seq": seen["seq"]}
        house.close()
        server.close()


@pytest.fixture
def cursor(slow: tuple[House, dict[str, Any]]) -> dict[str, Any]:
    """From where there is something to catch up with, in the database only."""
    return slow[1]


@pytest.fixture
def house(slow: tuple[House, dict[str, Any]], held: HeldPostgres) -> Iterator[House]:
    """The house; nothing is held any more afterwards, and the log has no traceback."""
    house = slow[0]
    house.reconnect(sync=True)
    logged = house.server.log_size()
    yield house
    held.release()
    assert "Traceback" not in house.server.log(logged), house.server.log(logged)[-4000:]


@pytest.fixture
def temp(house: House) -> Iterator[tuple[Client, str]]:
    """Another socket of somebody who may write, and the token."""
    with closing(house.person("temp", "admin")) as client:
        yield client, house.log_in(client, "temp")
    house.admin.call("delete_account", {"username": "temp"})


def _sign_out(house: House, other: Client) -> None:
    assert other.call("logout")["ok"]


def _delete(house: House, other: Client) -> None:
    assert house.admin.call("delete_account", {"username": "temp"})["ok"]


ENDS = pytest.mark.parametrize("end", [_sign_out, _delete], ids=["signed out", "deleted"])


def was_told(client: Client, end: Callable[[House, Client], None], house: House, other: Client) -> None:
    """End the rights, and return when the client was told. What it was sent before is no matter."""
    end(house, other)
    assert client.next_event("session").args[0] == {"user": None}
    client.take()


def assert_nothing_came(client: Client, house: House) -> None:
    """Nor comes: somebody else wrote, and was told of it."""
    house.admin.take()
    house.gym.new("exercise_move")
    while not house.admin.next_event("changes").args[0]["changes"]:
        pass
    client.round_trip()
    came = [event.name for event in client.take() if event.name in DATA]
    assert came == [], f"after the right to read had ended came {came}"


@ENDS
def test_who_is_being_let_in(
    end: Callable[[House, Client], None], house: House, held: HeldPostgres, temp: tuple[Client, str], cursor: Any
) -> None:
    other, token = temp
    held.hold(b"journal_changes")
    with closing(Client(house.server.port, auth={"token": token, "sync": cursor})) as client:
        held.wait()
        was_told(client, end, house, other)
        held.release()
        assert_nothing_came(client, house)


@ENDS
@pytest.mark.parametrize("event", ["sync", "history"])
def test_an_answer_that_is_on_its_way(
    event: str,
    end: Callable[[House, Client], None],
    house: House,
    held: HeldPostgres,
    temp: tuple[Client, str],
    cursor: Any,
) -> None:
    other, token = temp
    with closing(Client(house.server.port, auth={"token": token, "sync": True})) as client:
        client.next_event("sync")
        held.hold(b"journal_changes")
        number = client.emit(event, cursor if event == "sync" else {"channel": "coaches", "id": 1}, {})
        held.wait()
        was_told(client, end, house, other)
        held.release()
        ack = client.ack(number)
        assert (ack["ok"], ack["data"], ack["meta"]["code"]) == (False, None, "unauthorized")
        assert_nothing_came(client, house)


def test_an_answer_for_an_admin_who_is_none_any_more(
    house: House, held: HeldPostgres, temp: tuple[Client, str]
) -> None:
    other, _ = temp
    other.take()
    held.hold(b"accounts.last_seen")
    number = other.emit("accounts", None, {})
    held.wait()
    house.admin.ok("set_account", {"username": "temp", "role": "viewer"})
    assert other.next_event("session").args[0]["user"]["role"] == "viewer"
    held.release()
    ack = other.ack(number)
    assert (ack["data"], ack["meta"]["code"]) == (None, "forbidden")


@pytest.mark.parametrize(
    ("event", "data"),
    [
        ("new_exercise_move", {"name": "Never", "focus": "Legs", "description": "Up and down, slowly."}),
        ("set_account", {"username": "viewer", "role": "admin"}),
    ],
)
def test_a_write_that_waits_its_turn(event: str, data: Any, house: House, temp: tuple[Client, str]) -> None:
    other, token = temp
    with closing(Client(house.server.port, auth={"token": token, "sync": True})) as client:
        client.next_event("sync")
        with house.server.database.locked():
            number = client.emit(event, data, {})
            was_told(client, _sign_out, house, other)
        ack = client.ack(number)
        assert (ack["ok"], ack["data"], ack["meta"]["code"]) == (False, None, "unauthorized")
        assert_nothing_came(client, house)
    with closing(house.client("viewer", sync=True)) as viewer:
        assert viewer.next_event("connected").args[0]["user"]["role"] == "viewer"
        moves = viewer.next_event("sync").args[0]["snapshot"]["exercise_moves"]
        assert "Never" not in [row["record"]["name"] for row in moves]


def test_who_a_token_is_for_was_said_too_long_ago(house: House, held: HeldPostgres, temp: tuple[Client, str]) -> None:
    """The database has said that the token is good, and that arrives when it is so no more."""
    other, _ = temp
    token = house.log_in(other, "temp")
    sign_in = json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "=="))
    other.close()
    held.hold(sign_in.encode())
    with closing(Client(house.server.port, enter=False)) as client:
        client.send(f'40{{"token":"{token}","sync":true}}')
        held.wait()
        with psycopg.connect(house.server.database.url.replace("+psycopg", "")) as connection:
            assert connection.execute("DELETE FROM sign_ins WHERE id = %s", (sign_in,)).rowcount == 1
        time.sleep(LATE_SECONDS)
        held.release()
        assert client.next_event("connected").args[0]["user"] is None
        assert_nothing_came(client, house)
