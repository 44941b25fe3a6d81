"""`set_password`: one's own, whatever the role."""

from contextlib import closing
from typing import Any
from uuid import uuid4

import pytest

from tests.support.accounts_server import AccountsServer
from tests.support.acks import assert_failure, assert_success
from tests.support.database import contents
from tests.support.socketio_client import NEW_PASSWORD, PASSWORD

CHANGE = {"password": PASSWORD, "new_password": NEW_PASSWORD}


@pytest.mark.parametrize("access", ["open", "required"])
@pytest.mark.parametrize("role", ["viewer", "coach", "admin"])
def test_this_session_goes_on_and_the_others_end(access: str, role: str, accounts_servers: Any) -> None:
    accounts_server: AccountsServer = accounts_servers(access)
    with closing(accounts_server.person("temp", role)) as own, closing(accounts_server.client()) as other:
        accounts_server.log_in(other, "temp")
        ack = own.call("set_password", CHANGE, {"op": str(uuid4())})
        assert_success(ack, extended=True)
        assert ack["data"] is None
        assert other.next_event("session", 3).args[0] == {"user": None}
        assert (
            own.call("editing", {"channel": "coaches", "id": accounts_server.own["id"], "on": False})["ok"]
            or role == "viewer"
        )
        with closing(accounts_server.client()) as again:
            assert not again.call("login", {"username": "temp", "password": PASSWORD})["ok"]
            user = again.call("login", {"username": "temp", "password": NEW_PASSWORD})["user"]
            assert user["role"] == role
    accounts_server.admin.ok("delete_account", {"username": "temp"})


def test_the_password_so_far_must_be_right(accounts_server: AccountsServer) -> None:
    with closing(accounts_server.person("temp", "viewer")) as own:
        ack = own.call("set_password", {"password": "not this one", "new_password": NEW_PASSWORD}, {})
        assert_failure(ack, extended=True)
        assert ack["errors"]["password"] and ack["meta"]["code"] == "invalid"
        with closing(accounts_server.client()) as again:
            accounts_server.log_in(again, "temp")
    accounts_server.admin.ok("delete_account", {"username": "temp"})


@pytest.mark.parametrize("data", [None, {}, [], "x", 5, {"password": PASSWORD}, {"new_password": NEW_PASSWORD}])
def test_what_is_no_change_is_refused(data: Any, accounts_server: AccountsServer) -> None:
    with closing(accounts_server.client("viewer")) as own:
        assert_failure(own.call("set_password", data))


@pytest.mark.parametrize("value", [None, "", 5, True, [], {}, "x" * 201, "with a \0 in it", "x" * 50_000])
@pytest.mark.parametrize("field", ["password", "new_password", "username", "role"])
def test_a_field_that_cannot_be_is_named(field: str, value: Any, accounts_server: AccountsServer) -> None:
    with closing(accounts_server.client("viewer")) as own:
        assert field in own.fails("set_password", CHANGE | {field: value})


def test_a_retry_is_done_once(accounts_server: AccountsServer) -> None:
    opts = {"op": str(uuid4())}
    with closing(accounts_server.person("temp", "viewer")) as own:
        own.ok("set_password", CHANGE, opts)
        again = own.call("set_password", CHANGE, opts)
        assert again["ok"] and again["meta"]["replayed"] is True
    accounts_server.admin.ok("delete_account", {"username": "temp"})


def test_no_password_is_kept(accounts_server: AccountsServer) -> None:
    with closing(accounts_server.person("temp", "viewer")) as own:
        own.ok("set_password", CHANGE, {"op": str(uuid4())})
        stored = repr(contents(accounts_server.server.database.url))
        assert PASSWORD not in stored and NEW_PASSWORD not in stored
        assert NEW_PASSWORD not in accounts_server.server.log()
    accounts_server.admin.ok("delete_account", {"username": "temp"})
