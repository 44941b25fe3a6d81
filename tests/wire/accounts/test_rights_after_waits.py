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

from tests.support.accounts_server import AccountsServer
from tests.support.postgres import Postgres
from tests.support.postgres_proxy import PostgresProxy
from tests.support.server import Server
from tests.support.socketio_client import CHANNELS
from tests.support.socketio_client import Client

DATA = {*CHANNELS, "sync", "changes", "presence"}
# Longer than an answer may be on its way before it is asked for again.
LATE_SECONDS = 0.6


@pytest.fixture(scope="module")
def held() -> Iterator[PostgresProxy]:
    """What the server of these tests has its database behind."""
    with closing(PostgresProxy()) as one:
        yield one


@pytest.fixture(scope="module")
def slow(
    held: PostgresProxy, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[AccountsServer, dict[str, Any]]]:
    """A server, and a cursor that is too old to be answered from memory."""
    directory = tmp_path_factory.mktemp("server")
    with closing(Postgres()) as postgres:
        database = postgres.new_database(directory)
        settings = {"ACCESS": "required", "DATABASE_URL": held.url(database.url)}
        server = Server(directory, database, settings)
        accounts_server = AccountsServer(server.start())
        seen = accounts_server.admin.ok("sync")
        accounts_server.gym.new("coach")
        server.restart()
        accounts_server.reconnect(sync=True)
        accounts_server.gym.new("coach")
        yield accounts_server, {"epoch": seen["epoch"], "seq": seen["seq"]}
        accounts_server.close()
        server.close()


@pytest.fixture
def cursor(slow: tuple[AccountsServer, dict[str, Any]]) -> dict[str, Any]:
    """From where there is something to catch up with, in the database only."""
    return slow[1]


@pytest.fixture
def accounts_server(slow: tuple[AccountsServer, dict[str, Any]], held: PostgresProxy) -> Iterator[AccountsServer]:
    """The server; nothing is held any more afterwards, and the log has no traceback."""
    accounts_server = slow[0]
    accounts_server.reconnect(sync=True)
    logged = accounts_server.server.log_size()
    yield accounts_server
    held.release()
    assert "Traceback" not in accounts_server.server.log(logged), accounts_server.server.log(logged)[-4000:]


@pytest.fixture
def temp(accounts_server: AccountsServer) -> Iterator[tuple[Client, str]]:
    """Another socket of somebody who may write, and the token."""
    with closing(accounts_server.person("temp", "admin")) as client:
        yield client, accounts_server.log_in(client, "temp")
    accounts_server.admin.call("delete_account", {"username": "temp"})


def _sign_out(accounts_server: AccountsServer, other: Client) -> None:
    assert other.call("logout")["ok"]


def _delete(accounts_server: AccountsServer, other: Client) -> None:
    assert accounts_server.admin.call("delete_account", {"username": "temp"})["ok"]


ENDS = pytest.mark.parametrize("end", [_sign_out, _delete], ids=["signed out", "deleted"])


def was_told(
    client: Client, end: Callable[[AccountsServer, Client], None], accounts_server: AccountsServer, other: Client
) -> None:
    """End the rights, and return when the client was told. What it was sent before is no matter."""
    end(accounts_server, other)
    assert client.next_event("session").args[0] == {"user": None}
    client.take()


def assert_nothing_came(client: Client, accounts_server: AccountsServer) -> None:
    """Nor comes: somebody else wrote, and was told of it."""
    accounts_server.admin.take()
    accounts_server.gym.new("exercise_move")
    while not accounts_server.admin.next_event("changes").args[0]["changes"]:
        pass
    client.round_trip()
    came = [event.name for event in client.take() if event.name in DATA]
    assert came == [], f"after the right to read had ended came {came}"


@ENDS
def test_who_is_being_let_in(
    end: Callable[[AccountsServer, Client], None],
    accounts_server: AccountsServer,
    held: PostgresProxy,
    temp: tuple[Client, str],
    cursor: Any,
) -> None:
    other, token = temp
    held.hold(b"journal_changes")
    with closing(Client(accounts_server.server.port, auth={"token": token, "sync": cursor})) as client:
        held.wait()
        was_told(client, end, accounts_server, other)
        held.release()
        assert_nothing_came(client, accounts_server)


@ENDS
@pytest.mark.parametrize("event", ["sync", "history"])
def test_an_answer_that_is_on_its_way(
    event: str,
    end: Callable[[AccountsServer, Client], None],
    accounts_server: AccountsServer,
    held: PostgresProxy,
    temp: tuple[Client, str],
    cursor: Any,
) -> None:
    other, token = temp
    with closing(Client(accounts_server.server.port, auth={"token": token, "sync": True})) as client:
        client.next_event("sync")
        held.hold(b"journal_changes")
        number = client.emit(event, cursor if event == "sync" else {"channel": "coaches", "id": 1}, {})
        held.wait()
        was_told(client, end, accounts_server, other)
        held.release()
        ack = client.ack(number)
        assert (ack["ok"], ack["data"], ack["meta"]["code"]) == (False, None, "unauthorized")
        assert_nothing_came(client, accounts_server)


def test_an_answer_for_an_admin_who_is_none_any_more(
    accounts_server: AccountsServer, held: PostgresProxy, temp: tuple[Client, str]
) -> None:
    other, _ = temp
    other.take()
    # The query of the list alone: sign-ins are looked up with a join.
    held.hold(b"FROM accounts \nWHERE")
    number = other.emit("accounts", None, {})
    held.wait()
    accounts_server.admin.ok("set_account", {"username": "temp", "role": "viewer"})
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
def test_a_write_that_waits_its_turn(
    event: str, data: Any, accounts_server: AccountsServer, temp: tuple[Client, str]
) -> None:
    other, token = temp
    with closing(Client(accounts_server.server.port, auth={"token": token, "sync": True})) as client:
        client.next_event("sync")
        with accounts_server.server.database.locked():
            number = client.emit(event, data, {})
            was_told(client, _sign_out, accounts_server, other)
        ack = client.ack(number)
        assert (ack["ok"], ack["data"], ack["meta"]["code"]) == (False, None, "unauthorized")
        assert_nothing_came(client, accounts_server)
    with closing(accounts_server.client("viewer", sync=True)) as viewer:
        assert viewer.next_event("connected").args[0]["user"]["role"] == "viewer"
        moves = viewer.next_event("sync").args[0]["snapshot"]["exercise_moves"]
        assert "Never" not in [row["record"]["name"] for row in moves]


def test_who_a_token_is_for_was_said_too_long_ago(
    accounts_server: AccountsServer, held: PostgresProxy, temp: tuple[Client, str]
) -> None:
    """The database has said that the token is good, and that arrives when it is so no more."""
    other, _ = temp
    token = accounts_server.log_in(other, "temp")
    sign_in = json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "=="))
    other.close()
    held.hold(sign_in.encode())
    with closing(Client(accounts_server.server.port, enter=False)) as client:
        client.send(f'40{{"token":"{token}","sync":true}}')
        held.wait()
        with psycopg.connect(accounts_server.server.database.url.replace("+psycopg", "")) as connection:
            assert connection.execute("DELETE FROM sign_ins WHERE id = %s", (sign_in,)).rowcount == 1
        time.sleep(LATE_SECONDS)
        held.release()
        assert client.next_event("connected").args[0]["user"] is None
        assert_nothing_came(client, accounts_server)
