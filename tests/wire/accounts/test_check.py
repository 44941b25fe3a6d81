"""`check: true` on the events of accounts: answered as the write would be, and nothing is done."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from tests.conftest import StartServer
from tests.support.accounts import add_accounts
from tests.support.accounts_server import AccountsServer
from tests.support.audit import between
from tests.support.database import contents
from tests.support.hashes import FULL
from tests.support.socketio_client import NEW_PASSWORD, PASSWORD, Client

CHECK = {"check": True}
TEMP = {"username": "temp", "role": "viewer", "password": NEW_PASSWORD}
# What is refused, and then what is done, in an order in which each is possible.
WRITES: list[tuple[str, dict[str, Any]]] = [
    ("new_account", {**TEMP, "username": "viewer"}),
    ("new_account", {**TEMP, "username": "Ｖiewer"}),
    ("new_account", {**TEMP, "password": "short"}),
    ("new_account", {**TEMP, "coach_id": 999_999_999}),
    ("set_account", {"username": "nobody", "role": "admin"}),
    ("set_account", {"username": "checked", "role": "root"}),
    ("set_account", {"username": "admin", "role": "viewer"}),
    ("delete_account", {"username": "nobody"}),
    ("delete_account", {"username": "admin"}),
    ("set_password", {"password": "a wrong guess", "new_password": NEW_PASSWORD}),
    ("set_password", {"password": PASSWORD, "new_password": "short"}),
    ("reset_password", {"secret": "no link at all", "new_password": NEW_PASSWORD}),
    ("new_account", TEMP),
    ("set_account", {"username": "checked", "role": "coach"}),
    ("set_account", {"username": "checked", "password": NEW_PASSWORD}),
    ("delete_account", {"username": "checked"}),
]


@contextmanager
def viewer_of(accounts_server: AccountsServer) -> Iterator[Client]:
    """A viewer called `checked`, signed in."""
    add_accounts(accounts_server.server.database.url, "checked")
    with closing(Client(accounts_server.server.port)) as client:
        accounts_server.log_in(client, "checked")
        yield client
    for name in ("checked", "temp", "begin", "end"):
        accounts_server.admin.call("delete_account", {"username": name})


@pytest.fixture
def someone(accounts_server: AccountsServer) -> Iterator[Client]:
    """That viewer at the server of this test."""
    with viewer_of(accounts_server) as client:
        yield client


def test_each_is_answered_as_if_it_were_done_and_nothing_is(someone: Client, accounts_server: AccountsServer) -> None:
    url, logged = accounts_server.server.database.url, accounts_server.server.log_size()
    begin, end = ({"message": "wrote", "record": f"account {name}"} for name in ("begin", "end"))
    accounts_server.admin.ok("new_account", {**TEMP, "username": "begin"})
    acked = []
    for event, data in WRITES:
        client = someone if event == "set_password" else accounts_server.admin
        before = contents(url)
        checked = client.call(event, data, CHECK)
        someone.round_trip()
        assert contents(url) == before, (event, data)
        assert not [one for one in someone.inbox if one.name == "session"]
        done = client.call(event, data, {})
        acked += [event] if done["ok"] else []
        assert checked == done | {"meta": checked["meta"]}, (event, data)
        assert checked["meta"].get("code") == done["meta"].get("code")
        assert "seq" not in checked["meta"]
        if done["ok"] and event == "set_account":
            # What the check did not: it ends the sign-in, or changes what that may do.
            user = someone.next_event("session").args[0]["user"]
            assert user is None if "password" in data else user["role"] == data["role"]
    accounts_server.admin.ok("new_account", {**TEMP, "username": "end"})
    audited = between(accounts_server.server, logged, begin, end)
    assert [line["event"] for line in audited if line["message"] == "wrote"] == acked, (
        "a check has no line in the audit"
    )


def test_ones_own_password_stays_and_so_do_all_sign_ins(someone: Client, accounts_server: AccountsServer) -> None:
    change = {"password": PASSWORD, "new_password": NEW_PASSWORD}
    with closing(Client(accounts_server.server.port)) as other:
        token = accounts_server.log_in(other, "checked")
        before = contents(accounts_server.server.database.url)
        checked = someone.call("set_password", change, CHECK)
        assert contents(accounts_server.server.database.url) == before
        with closing(Client(accounts_server.server.port, auth={"token": token})) as again:
            assert again.next_event("connected").args[0]["user"]["username"] == "checked"
        done = someone.call("set_password", change, {})
        assert checked["ok"] and checked == done | {"meta": checked["meta"]}
        assert other.next_event("session").args[0]["user"] is None


@pytest.mark.kinds("sqlite", reason="what is hashed does not depend on the database")
def test_a_check_hashes_nothing(start_server: StartServer) -> None:
    """Twenty of each take less than half of the time of twenty hashes."""
    started = time.process_time()
    for _ in range(3):
        FULL.hash(PASSWORD)
    a_hash = (time.process_time() - started) / 3
    server = start_server(ACCESS="required", FULL_HASHES="1")
    with closing(AccountsServer(server)) as accounts_server, viewer_of(accounts_server) as someone:
        calls: list[tuple[Client, str, dict[str, str]]] = [
            (accounts_server.admin, "new_account", TEMP),
            (accounts_server.admin, "set_account", {"username": "checked", "password": NEW_PASSWORD}),
            (someone, "set_password", {"password": PASSWORD, "new_password": NEW_PASSWORD}),
        ]
        for client, event, data in calls:
            before = server.cpu_seconds()
            for _ in range(20):
                assert client.call(event, data, CHECK)["ok"]
            used = server.cpu_seconds() - before
            assert used < 10 * a_hash, f"{event}: {used:.2f} s, and a hash is {a_hash:.2f} s"
