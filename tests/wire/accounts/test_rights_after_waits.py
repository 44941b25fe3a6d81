"""Rights that end while a database is waited for: nothing that they were for is sent, joined or done after that.

On PostgreSQL alone: with SQLite nobody else is served while an answer is waited for.
"""

import base64
import json
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest

from tests.support.accounts_server import AccountsServer
from tests.support.delayed_server import DelayedServer, delayed_server
from tests.support.postgres_proxy import DELTA, HISTORY, PostgresProxy
from tests.support.socketio_client import CHANNELS, Client

DATA = {*CHANNELS, "sync", "changes", "presence"}
# Longer than an answer may be on its way before it is asked for again.
LATE_SECONDS = 0.6
MOVE = {"name": "Never", "focus": "Legs", "description": "Up and down, slowly."}


def _prepare(accounts_server: AccountsServer) -> dict[str, Any]:
    answer: dict[str, Any] = accounts_server.admin.ok("sync")
    accounts_server.gym.new("coach")
    return answer


@pytest.fixture(scope="module")
def delayed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DelayedServer]:
    """The server of these tests."""
    with delayed_server(tmp_path_factory.mktemp("server"), _prepare) as delayed:
        yield delayed


@pytest.fixture
def accounts_server(delayed: DelayedServer) -> Iterator[AccountsServer]:
    """The same."""
    with delayed.for_a_test() as accounts_server:
        yield accounts_server


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


def end_rights(
    client: Client, end: Callable[[AccountsServer, Client], None], accounts_server: AccountsServer, other: Client
) -> None:
    """End the rights, and return when the client got `session`. What it was sent before does not count."""
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
    held.hold(DELTA)
    with closing(Client(accounts_server.server.port, auth={"token": token, "sync": cursor})) as client:
        held.wait()
        end_rights(client, end, accounts_server, other)
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
        held.hold(DELTA if event == "sync" else HISTORY)
        number = client.emit(event, cursor if event == "sync" else {"channel": "coaches", "id": 1}, {})
        held.wait()
        end_rights(client, end, accounts_server, other)
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
        ("new_exercise_move", MOVE),
        ("batch", {"writes": [{"event": "new_exercise_move", "data": MOVE}] * 2}),
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
            end_rights(client, _sign_out, accounts_server, other)
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
