"""Servers with resources that not every caller may read, or write."""

from collections.abc import Callable, Iterator

import pytest

from tests.support.accounts_server import CALLERS, NOBODY, AccountsServer, one_per_access
from tests.support.server import Server
from tests.support.socketio_client import CHANNELS
from tests.support.view_observers import May, Record, ViewObservers

NAMES = (*CHANNELS, "guests", "answers", "complaints", "digests", "goals", "remarks")
PROGRAM = ("tests.wire.accounts.restricted.serve",)


@pytest.fixture(scope="package")
def accounts_servers(new_server: Callable[..., Server]) -> Iterator[Callable[[str], AccountsServer]]:
    """A server for each ACCESS setting, opened when first asked for."""
    with one_per_access(lambda access: new_server(PROGRAM, ACCESS=access).start()) as servers:
        yield servers


def may(own: int) -> May:
    """Who may read what of this folder's channels; `own` is the coach that the caller of that name is."""

    def may_read(caller: str, channel: str, record: Record) -> bool:
        if caller == "admin" or channel not in ("complaints", "goals", "remarks"):
            return True
        if channel == "remarks":
            return not record["secret"]
        if channel == "complaints":
            return caller == "coach"
        return bool(record["shared"]) or (caller == "coach" and record["coach"]["id"] == own)

    return may_read


@pytest.fixture
def view_observers(accounts_server: AccountsServer) -> Iterator[ViewObservers]:
    """Observers of every kind at the server of this test. Afterwards what they were sent must be what they may read."""
    callers = [caller for caller in CALLERS if caller != NOBODY or _is_public(accounts_server)]
    observers = ViewObservers(accounts_server, callers, NAMES, may(accounts_server.own["id"]))
    try:
        yield observers
        observers.verify()
    finally:
        observers.close()


def _is_public(accounts_server: AccountsServer) -> bool:
    return accounts_server.server.settings.get("ACCESS") != "required"
