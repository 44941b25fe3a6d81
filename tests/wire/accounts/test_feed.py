"""`feed`: a private calendar address, made and renewed by its owner, and closed with the owner's rights."""

import re
import threading
from contextlib import closing
from typing import Any

import pytest

from tests.support.accounts_server import AccountsServer
from tests.support.acks import assert_failure, assert_success
from tests.support.calendar import events
from tests.support.database import contents
from tests.support.flask import flask
from tests.support.http import ask
from tests.support.packets import Event
from tests.support.server import Server
from tests.support.socketio_client import NEW_PASSWORD, PASSWORD, Client

ADDRESS = re.compile(r"http://127\.0\.0\.1:[0-9]+(/feed/([A-Za-z0-9_-]{43})/timetable\.ics)")


def _path(client: Client, **asked: Any) -> str:
    """Of the address that the client is told."""
    data = client.ok("feed", asked) if asked else client.ok("feed")
    assert set(data) == {"url"}
    match = ADDRESS.fullmatch(data["url"])
    assert match, data
    return match[1]


def _secret(path: str) -> str:
    return path.split("/")[2]


def _status(server: Server, path: str) -> int:
    status, headers, body = ask(server, path)
    assert headers["cache-control"] == "no-store" if status == 200 else body.count(b"\n") == 1
    return status


@pytest.fixture
def classes(accounts_server: AccountsServer) -> Any:
    """Two classes, one of them by the coach whose account there is."""
    made = [accounts_server.gym.new("schedule"), accounts_server.gym.new("schedule", coach=accounts_server.own)]
    yield made
    for one in made:
        accounts_server.gym.delete("schedule", one)


@pytest.mark.parametrize("role", ["viewer", "coach", "admin"])
@pytest.mark.parametrize("access", ["open", "public-read", "required"])
def test_whoever_is_signed_in_has_one(access: str, role: str, accounts_servers: Any) -> None:
    accounts_server: AccountsServer = accounts_servers(access)
    server = accounts_server.server
    made = accounts_server.gym.new("schedule")
    try:
        with closing(accounts_server.client(role)) as client:
            token = accounts_server.auth(role)["token"]
            path = _path(client)
            assert path == _path(client, renew=False) == _path(client, renew=None), "it stays the same"
            status, headers, body = ask(server, path)
            assert (status, headers["content-type"]) == (200, "text/calendar; charset=utf-8")
            assert body == ask(server, "/timetable.ics", {"Authorization": f"Bearer {token}"})[2]
            assert f"schedule-{made['id']}" in [str(event["UID"]).partition("@")[0] for event in events(body)]
            own = path.replace("timetable.ics", f"timetable/{made['coach']['id']}.ics")
            assert len(events(ask(server, own)[2])) == 1 and _status(server, own.replace(".ics", "000.ics")) == 404
            assert ask(server, path, method="HEAD")[0] == 200
    finally:
        accounts_server.gym.delete("schedule", made)


def test_nobody_has_none(accounts_server: AccountsServer) -> None:
    with closing(accounts_server.client()) as client:
        ack = client.call("feed", None, {})
        assert_failure(ack, extended=True)
        assert ack["meta"]["code"] == "unauthorized"


def test_a_new_one_closes_the_old_one(accounts_server: AccountsServer, classes: Any) -> None:
    server = accounts_server.server
    with closing(accounts_server.client("viewer")) as viewer, closing(accounts_server.client("coach")) as coach:
        first, other = _path(viewer), _path(coach)
        second = _path(viewer, renew=True)
        assert len({first, other, second}) == 3
        assert [_status(server, path) for path in (first, other, second)] == [404, 200, 200]
        assert _path(viewer) == second
        with closing(accounts_server.client("viewer")) as again:
            assert _path(again) == second, "on another device, too"
        assert _status(server, _path(viewer, renew=True)) == 200
        assert _status(server, second) == 404


def test_no_address_but_the_whole_one_is_right(accounts_server: AccountsServer) -> None:
    server = accounts_server.server
    with closing(accounts_server.client("viewer")) as viewer:
        path = _path(viewer)
    secret = _secret(path)
    first, last = ("A" if character != "A" else "B" for character in (secret[0], secret[-1]))
    for wrong in (
        secret[:-1], secret + "A", secret.swapcase(), first + secret[1:], secret[:-1] + last, "A" * 43, "x", "%00",
        "%E2%82%AC" * 43, f"{secret}%20", f"%20{secret}", f"{secret}=", f"{secret}%0A", "..", "%2e%2e", "9" * 5_000,
        "'%20or%201=1--",
    ):  # fmt: skip
        status, _, body = ask(server, path.replace(secret, wrong))
        assert status in (404, 431) or b"BEGIN" not in body, wrong
        assert b"BEGIN:VCALENDAR" not in body
    assert ask(server, "/timetable.ics", {"Authorization": f"Bearer {secret}"})[0] == 401, "it opens nothing else"
    assert ask(server, "/export/coaches.csv", {"Authorization": f"Bearer {secret}"})[0] == 401
    with closing(Client(server.port, auth={"token": secret})) as client:
        assert client.next_event("connected").args[0]["user"] is None
        client.round_trip()
        assert {packet.name for packet in client.received if isinstance(packet, Event)} == {"connected"}


def test_it_ends_with_the_account(accounts_server: AccountsServer) -> None:
    server, admin = accounts_server.server, accounts_server.admin
    with closing(accounts_server.person("temp", "viewer")) as own:
        path = _path(own)
        admin.ok("set_account", {"username": "temp", "role": "coach"})
        assert _status(server, path) == 200, "every role may read"
        admin.ok("set_account", {"username": "temp", "password": NEW_PASSWORD})
        assert _status(server, path) == 200, "it has a secret of its own"
        admin.ok("delete_account", {"username": "temp"})
        assert _status(server, path) == 404
    with closing(accounts_server.person("temp", "viewer")) as own:
        assert _status(server, path) == 404, "nor does another account of that name open it"
        assert _path(own) != path
        flask(server.database.url, "account", "remove", "temp")
        assert _status(server, path) == 404


def test_it_ends_with_the_coach_and_comes_back_with_an_undo(accounts_server: AccountsServer) -> None:
    server, admin = accounts_server.server, accounts_server.admin
    coach = accounts_server.gym.new("coach", username="temp", password=PASSWORD)
    with closing(Client(server.port)) as own:
        accounts_server.log_in(own, "temp")
        path = _path(own)
    for event, data in (("delete_coach", coach["id"]), ("update_coach", {"id": coach["id"], "username": ""})):
        assert _status(server, path) == 200
        gone = admin.call(event, data, {})
        assert _status(server, path) == 404, event
        assert admin.call("undo", {"seq": gone["meta"]["seq"]}, {})["ok"]
    assert _status(server, path) == 200
    admin.ok("delete_coach", coach["id"])


def test_the_secret_is_neither_in_the_database_nor_in_the_log(accounts_server: AccountsServer) -> None:
    server = accounts_server.server
    with closing(accounts_server.client("viewer")) as viewer:
        old, secret = _secret(_path(viewer)), _secret(_path(viewer, renew=True))
        for path in (f"/feed/{one}/{rest}.ics" for one in (old, secret) for rest in ("timetable", "timetable/x", "no")):
            ask(server, path)
        viewer.call("feed", {"renew": False}, {"op": "0f8e2f64-5c1f-4a8e-9d53-6a4a3f0f9b12"})
    stored, logged = str(contents(server.database.url)), server.log()
    assert "account viewer" in logged, "that one was made is in the audit"
    for known in (old, secret):
        assert known not in stored and known not in logged
    assert "/feed/" not in logged


def test_two_requests_at_once_are_told_the_same(accounts_server: AccountsServer) -> None:
    with closing(accounts_server.person("temp", "viewer")) as first:
        others = [Client(accounts_server.server.port) for _ in range(5)]
        for other in others:
            accounts_server.log_in(other, "temp")
        found: list[str] = []
        threads = [threading.Thread(target=lambda one=one: found.append(_path(one))) for one in (first, *others)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 6 and len({_secret(path) for path in found}) == 1
        assert _status(accounts_server.server, found[0]) == 200
        for other in others:
            other.close()
    accounts_server.admin.ok("delete_account", {"username": "temp"})


@pytest.mark.parametrize("data", [[], "x", 5, True, {"renew": 1}, {"renew": "true"}, {"Renew": True}, {"url": "x"}])
def test_what_is_no_request_for_one_is_refused(data: Any, accounts_server: AccountsServer) -> None:
    with closing(accounts_server.client("viewer")) as viewer:
        path = _path(viewer)
        ack = viewer.call("feed", data, {})
        assert_failure(ack, extended=True)
        assert ack["meta"]["code"] == "invalid"
        checked = viewer.call("feed", {"renew": True}, {"check": True})
        assert_success(checked, extended=True)
        assert checked["data"] == {"url": None}
        assert _path(viewer) == path


@pytest.mark.settings(ACCESS="required", SECRET_KEY="the first key of this server, thirty-two")
def test_another_key_of_the_server_closes_all(own_server: Server) -> None:
    accounts_server = AccountsServer(own_server)
    path = _path(accounts_server.admin)
    assert _status(own_server, path) == 200
    own_server.restart()
    assert _status(own_server, path) == 200, "it survives a restart"
    own_server.settings["SECRET_KEY"] = "another key of this server, thirty-two and more"
    own_server.restart()
    assert _status(own_server, path) == 404
    with closing(Client(own_server.port)) as client:
        accounts_server.log_in(client, "admin")
        again = _path(client)
        assert again != path and _status(own_server, again) == 200
        assert _path(client) == again
    accounts_server.close()
