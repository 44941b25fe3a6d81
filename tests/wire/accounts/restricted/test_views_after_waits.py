"""A caller may read less while a database is waited for: no later answer has more than that.

On PostgreSQL alone: with SQLite nobody else is served while an answer is waited for.
"""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest

from tests.support.accounts_server import AccountsServer
from tests.support.delayed_server import DelayedServer, delayed_server
from tests.support.postgres_proxy import DELTA, HISTORY, PostgresProxy
from tests.support.socketio_client import PASSWORD, Client
from tests.wire.accounts.restricted.conftest import PROGRAM

SECRET = "Dark corridor"


def _prepare(accounts_server: AccountsServer) -> dict[str, Any]:
    """The cursor is temp's, a coach's: it is for what coaches may read."""
    accounts_server.admin.ok("new_account", {"username": "temp", "role": "coach", "password": PASSWORD})
    with closing(accounts_server.client("temp", sync=True)) as client:
        answer: dict[str, Any] = client.next_event("sync").args[0]
    accounts_server.admin.ok("new_complaint", {"name": SECRET})
    return answer


@pytest.fixture(scope="module")
def delayed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DelayedServer]:
    """The server of these tests."""
    with delayed_server(tmp_path_factory.mktemp("server"), _prepare, PROGRAM) as delayed:
        yield delayed


@pytest.fixture
def accounts_server(delayed: DelayedServer) -> Iterator[AccountsServer]:
    """The same, on which temp is a coach."""
    with delayed.for_a_test() as accounts_server:
        accounts_server.admin.ok("set_account", {"username": "temp", "role": "coach"})
        yield accounts_server


def _see_less(accounts_server: AccountsServer, client: Client) -> None:
    """Let temp be a viewer, and return when the client knows."""
    accounts_server.admin.ok("set_account", {"username": "temp", "role": "viewer"})
    assert client.next_event("session").args[0]["user"]["role"] == "viewer"


def _assert_a_snapshot_without(answer: dict[str, Any], accounts_server: AccountsServer) -> None:
    with closing(accounts_server.client("temp", sync=True)) as client:
        assert answer == client.next_event("sync").args[0]
    assert answer["snapshot"]["complaints"] == []


def test_who_is_being_let_in(accounts_server: AccountsServer, held: PostgresProxy, cursor: dict[str, Any]) -> None:
    held.hold(DELTA)
    with closing(accounts_server.client("temp", sync=cursor)) as client:
        held.wait()
        _see_less(accounts_server, client)
        held.release()
        _assert_a_snapshot_without(client.next_event("sync").args[0], accounts_server)
        assert SECRET not in str(client.received)


def test_a_sync_that_is_on_its_way(
    accounts_server: AccountsServer, held: PostgresProxy, cursor: dict[str, Any]
) -> None:
    with closing(accounts_server.client("temp", sync=True)) as client:
        client.next_event("sync")
        client.received.clear()
        held.hold(DELTA)
        number = client.emit("sync", cursor)
        held.wait()
        _see_less(accounts_server, client)
        held.release()
        _assert_a_snapshot_without(client.ack(number)["data"], accounts_server)
        assert SECRET not in str(client.received)


def test_a_history_that_is_on_its_way(accounts_server: AccountsServer, held: PostgresProxy) -> None:
    with closing(accounts_server.client("temp", sync=True)) as client:
        [complaint] = client.next_event("sync").args[0]["snapshot"]["complaints"]
        whose = {"channel": "complaints", "id": complaint["record"]["id"]}
        assert SECRET in str(client.ok("history", whose))
        client.received.clear()
        held.hold(HISTORY)
        number = client.emit("history", whose)
        held.wait()
        _see_less(accounts_server, client)
        held.release()
        assert client.ack(number)["data"] == []
        assert SECRET not in str(client.received)


def test_a_write_that_is_answered(accounts_server: AccountsServer, held: PostgresProxy) -> None:
    """It is done, but who asked may not see any more what."""
    with closing(accounts_server.client("temp", sync=True)) as client:
        [complaint] = client.next_event("sync").args[0]["snapshot"]["complaints"]
        client.received.clear()
        held.hold(b"COMMIT")
        number = client.emit("update_complaint", {"id": complaint["record"]["id"], "name": SECRET + " again"}, {})
        held.wait()
        # The server could not write it itself now.
        with psycopg.connect(accounts_server.server.database.url.replace("+psycopg", "")) as connection:
            connection.execute("UPDATE accounts SET role = 'viewer' WHERE username = 'temp'")
        assert client.next_event("session").args[0]["user"]["role"] == "viewer"
        held.release()
        ack = client.ack(number)
        assert (ack["ok"], ack["data"]) == (True, None)
        assert SECRET not in str(client.received)
