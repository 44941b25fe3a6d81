"""`reset_link` and `reset_password`: another password for who forgot it, by a link that an admin hands over."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import uuid4

import pytest

from server.accounts.passwords import reset_links
from tests.conftest import StartServer
from tests.support.accounts_server import AccountsServer
from tests.support.acks import assert_failure, assert_success
from tests.support.database import contents
from tests.support.flask import flask
from tests.support.signed import serializer
from tests.support.socketio_client import NEW_PASSWORD, PASSWORD, Client
from tests.support.waiting import wait_until

HOUR = 3_600_000


@pytest.fixture
def forgetful(accounts_server: AccountsServer) -> Iterator[Client]:
    """Somebody who is signed in, and forgets the password."""
    with closing(accounts_server.person("forgetful", "viewer")) as client:
        yield client
    accounts_server.admin.call("delete_account", {"username": "forgetful"})


def _secret(accounts_server: AccountsServer, username: str = "forgetful") -> str:
    secret: str = accounts_server.admin.ok("reset_link", {"username": username})["secret"]
    return secret


def _may_sign_in(accounts_server: AccountsServer, password: str) -> bool:
    with closing(accounts_server.client()) as client:
        return bool(client.call("login", {"username": "forgetful", "password": password})["ok"])


def _use(accounts_server: AccountsServer, secret: Any, password: Any = NEW_PASSWORD, **opts: Any) -> Any:
    with closing(accounts_server.client()) as nobody:
        return nobody.call("reset_password", {"secret": secret, "new_password": password}, opts)


def test_a_link_sets_a_password_and_ends_what_was_signed_in(forgetful: Client, accounts_server: AccountsServer) -> None:
    ack = accounts_server.admin.call("reset_link", {"username": "forgetful"}, {})
    assert_success(ack, extended=True)
    assert ack["data"].keys() == {"secret", "ends_at"}
    # It is only offered: the password that somebody may remember goes on working.
    assert _may_sign_in(accounts_server, PASSWORD)
    used = _use(accounts_server, ack["data"]["secret"])
    assert_success(used, extended=True)
    assert used["data"] is None
    assert forgetful.next_event("session").args[0] == {"user": None}
    assert _may_sign_in(accounts_server, NEW_PASSWORD)
    assert not _may_sign_in(accounts_server, PASSWORD)


def test_it_is_used_once_and_so_are_those_made_before(forgetful: Client, accounts_server: AccountsServer) -> None:
    first, second = _secret(accounts_server), _secret(accounts_server)
    assert _use(accounts_server, second)["ok"]
    for secret in (first, second):
        ack = _use(accounts_server, secret, "another password")
        assert_failure(ack, extended=True)
        assert ack["meta"]["code"] == "invalid" and "Ask an admin" in ack["errors"]["secret"][0]
    assert _may_sign_in(accounts_server, NEW_PASSWORD)


@pytest.mark.parametrize("event", ["set_account", "set_password"])
def test_another_password_in_between_ends_it(event: str, forgetful: Client, accounts_server: AccountsServer) -> None:
    secret = _secret(accounts_server)
    if event == "set_account":
        accounts_server.admin.ok(event, {"username": "forgetful", "password": NEW_PASSWORD})
    else:
        forgetful.ok(event, {"password": PASSWORD, "new_password": NEW_PASSWORD})
    assert _use(accounts_server, secret, "another password")["meta"]["code"] == "invalid"
    assert _may_sign_in(accounts_server, NEW_PASSWORD)


def test_an_account_that_is_gone_is_not_made_again(forgetful: Client, accounts_server: AccountsServer) -> None:
    secret = _secret(accounts_server)
    accounts_server.admin.ok("delete_account", {"username": "forgetful"})
    assert _use(accounts_server, secret)["meta"]["code"] == "invalid"
    # Nor is the next account of that name theirs.
    account = {"username": "forgetful", "role": "viewer", "password": PASSWORD}
    accounts_server.admin.ok("new_account", account)
    assert _use(accounts_server, secret)["meta"]["code"] == "invalid"


def test_it_is_over_after_an_hour(forgetful: Client, accounts_server: AccountsServer) -> None:
    payload = serializer(salt="reset-link").loads(_secret(accounts_server))
    for age, works in ((reset_links.SECONDS + 5, False), (reset_links.SECONDS - 60, True)):
        assert _use(accounts_server, serializer(salt="reset-link", age=age).dumps(payload))["ok"] is works


def test_one_that_somebody_else_signed_is_none(forgetful: Client, accounts_server: AccountsServer) -> None:
    secret = _secret(accounts_server)
    payload = serializer(salt="reset-link").loads(secret)
    forged = (serializer("another key", "reset-link"), serializer(salt="sign-in"), serializer(salt=""))
    for signs in forged:
        assert _use(accounts_server, signs.dumps(payload))["meta"]["code"] == "invalid"
    for changed in (secret[:-1], secret + "x", secret.swapcase(), secret.replace(".", ".x", 1), secret * 2):
        assert _use(accounts_server, changed)["meta"]["code"] == "invalid"


def test_what_names_nobody_is_refused(accounts_server: AccountsServer) -> None:
    ack = accounts_server.admin.call("reset_link", {"username": "nobody-here"}, {})
    assert ack["meta"]["code"] == "not_found" and ack["errors"]["username"]
    for data in (None, {}, {"username": 5}, {"username": ""}, {"username": "x" * 50}, [], 5, ""):
        assert_failure(accounts_server.admin.call("reset_link", data))


@pytest.mark.parametrize("value", [None, "", 5, True, [], {}, "x" * 501, "x" * 50_000, "with a \0 in it", "ä.ö.ü"])
def test_what_is_no_secret_is_refused(value: Any, accounts_server: AccountsServer) -> None:
    before = contents(accounts_server.server.database.url)
    assert "secret" in _use(accounts_server, value)["errors"]
    assert contents(accounts_server.server.database.url) == before


@pytest.mark.parametrize("value", [None, "", 5, "short", "x" * 201, "with a \0 in it"])
def test_what_is_no_password_is_refused_and_the_link_goes_on(
    value: Any, forgetful: Client, accounts_server: AccountsServer
) -> None:
    secret = _secret(accounts_server)
    assert "new_password" in _use(accounts_server, secret, value)["errors"]
    assert _use(accounts_server, secret)["ok"]


def test_a_secret_for_something_else_is_none(forgetful: Client, accounts_server: AccountsServer) -> None:
    with closing(accounts_server.client()) as client:
        token = accounts_server.log_in(client, "forgetful")
    assert _use(accounts_server, token)["meta"]["code"] == "invalid"
    with closing(Client(accounts_server.server.port, auth={"token": _secret(accounts_server)})) as client:
        assert client.next_event("connected").args[0]["user"] is None


def test_a_retry_is_done_once_and_a_check_does_nothing(forgetful: Client, accounts_server: AccountsServer) -> None:
    secret, op = _secret(accounts_server), str(uuid4())
    checked = _use(accounts_server, secret, check=True)
    assert checked["ok"] and _may_sign_in(accounts_server, PASSWORD)
    assert _use(accounts_server, secret, op=op)["ok"]
    again = _use(accounts_server, secret, op=op)
    assert again["ok"] and again["meta"]["replayed"] is True


def test_the_audit_names_who_made_it_and_nothing_keeps_it(forgetful: Client, accounts_server: AccountsServer) -> None:
    logged = accounts_server.server.log_size()
    secret = _secret(accounts_server)
    _use(accounts_server, secret, op=str(uuid4()))

    def audited() -> bool:
        log = accounts_server.server.log(logged)
        return 'wrote who="admin"' in log and 'event="reset_link"' in log and 'event="reset_password"' in log

    wait_until(audited, "lines in the audit")
    assert 'record="account forgetful"' in accounts_server.server.log(logged)
    assert secret not in accounts_server.server.log()
    assert secret not in repr(contents(accounts_server.server.database.url))


@pytest.mark.kinds("sqlite", reason="the command is the same for each database")
def test_the_command_makes_one(forgetful: Client, accounts_server: AccountsServer) -> None:
    said = flask(accounts_server.server.database.url, "account", "reset-link", "forgetful")
    assert said.count('event="reset_link" record="account forgetful"') == 1, "the audit has it"
    secret = said.partition(reset_links.PATH)[2].split()[0]
    assert said.count(secret) == 1, "the log does not"
    assert _use(accounts_server, secret)["ok"]


@pytest.mark.kinds("sqlite", reason="what is hashed does not depend on the database")
def test_who_has_no_link_makes_the_server_hash_nothing(start_server: StartServer) -> None:
    server = start_server(ACCESS="required", FULL_HASHES="1", RATE_LIMIT="off")
    with closing(Client(server.port)) as nobody:
        before = server.cpu_seconds()
        for _ in range(100):
            data = {"secret": "no link at all", "new_password": NEW_PASSWORD}
            assert nobody.call("reset_password", data, {})["meta"]["code"] == "invalid"
        # A hash takes a twentieth of a second at least: all of them would take five.
        assert server.cpu_seconds() - before < 2
