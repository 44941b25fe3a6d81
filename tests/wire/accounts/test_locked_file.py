"""Another program holds the lock of SQLite's file for a while: signing in and out waits, as writes do."""

import time
from contextlib import closing

import pytest

from tests.support.accounts_server import AccountsServer
from tests.support.socketio_client import PASSWORD

pytestmark = pytest.mark.kinds("sqlite", reason="PostgreSQL locks rows, and no two sign-ins are the same row")

# Longer than SQLite itself waits for a lock here, and shorter than a request may take.
_HELD_SECONDS = 1.2


def test_signing_in_and_out_wait_for_the_lock(accounts_server: AccountsServer) -> None:
    with (
        closing(accounts_server.client()) as one,
        closing(accounts_server.client("coach")) as other,
        closing(accounts_server.client("viewer")) as third,
    ):
        accounts_server.renew(other, "coach")
        with accounts_server.server.database.locked():
            until = time.monotonic() + _HELD_SECONDS
            login = one.emit("login", {"username": "viewer", "password": PASSWORD})
            logout = other.emit("logout")
            reads = 0
            while time.monotonic() < until:
                assert third.call("refresh")["ok"]
                reads += 1
            assert reads > 1, "the others are served meanwhile"
            assert not one.answered(login) and not other.answered(logout)
        assert (ack := one.ack(login))["ok"], ack
        assert (ack := other.ack(logout))["ok"], ack
        assert third.call("login", {"username": "viewer", "password": PASSWORD})["ok"]
