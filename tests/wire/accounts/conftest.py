"""Servers under each ACCESS setting. Observers would be clients without an account, which is what is tested."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

from tests.support.accounts_server import AccountsServer, one_per_access
from tests.support.delayed_server import DelayedServer
from tests.support.observers import Observers
from tests.support.postgres_proxy import PostgresProxy
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.wire.accounts.rights_table import People
from tests.wire.conftest import observed


@pytest.fixture(autouse=True)
def observers(request: pytest.FixtureRequest) -> Iterator[Observers | None]:
    """The observers of `tests/wire` for tests of its shared server; none for those of servers with accounts."""
    if "target" not in request.fixturenames:
        yield None
        return
    with observed(request, request.getfixturevalue("target")) as observers:
        yield observers


@pytest.fixture(scope="package")
def accounts_servers(new_server: Callable[..., Server]) -> Iterator[Callable[[str], AccountsServer]]:
    """A server for each ACCESS setting, opened when first asked for: tests leave its accounts as they were.

    Closed when another folder's tests come: they are most of what holds connections of PostgreSQL.
    """
    with one_per_access(lambda access: new_server(ACCESS=access).start()) as servers:
        yield servers


@pytest.fixture(scope="package")
def people() -> Callable[[AccountsServer], People]:
    """Who owns something, on each of those servers."""
    return cache(People)


@pytest.fixture
def accounts_server(
    accounts_servers: Callable[[str], AccountsServer], request: pytest.FixtureRequest
) -> Iterator[AccountsServer]:
    """The one under ACCESS=required, or as @pytest.mark.access("public-read") says. Its log has no traceback."""
    marker = request.node.get_closest_marker("access")
    with accounts_servers(marker.args[0] if marker else "required").without_tracebacks() as accounts_server:
        yield accounts_server


@pytest.fixture
def admin(accounts_server: AccountsServer) -> Iterator[Client]:
    """An admin on a synced socket; the account `temp` that a test makes is gone afterwards."""
    client = accounts_server.client("admin", sync=True)
    client.next_event("sync")
    yield client
    client.call("delete_account", {"username": "temp"})
    client.close()


@pytest.fixture
def held(delayed: DelayedServer) -> PostgresProxy:
    """The proxy of a test file's `delayed` server, which holds answers up."""
    return delayed.proxy


@pytest.fixture
def cursor(delayed: DelayedServer) -> dict[str, Any]:
    """A cursor whose delta is only in the database of that server."""
    return delayed.cursor


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker of `accounts_server`."""
    config.addinivalue_line("markers", "access(setting): under which ACCESS the server of this test is")
