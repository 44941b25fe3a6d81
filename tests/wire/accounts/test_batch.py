"""Coaches' usernames and passwords in a batch, and who may write them."""

import time
import uuid
from contextlib import closing
from typing import Any

import pytest
from argon2 import PasswordHasher

from tests.support.accounts_server import AccountsServer
from tests.support.socketio_client import NEW_PASSWORD, PASSWORD, Client

MOST_PASSWORDS = 20


def _new_coaches(accounts_server: AccountsServer, *usernames: str, password: str = PASSWORD) -> list[dict[str, Any]]:
    gym = accounts_server.gym
    coaches = [gym.payload("coach", username=username, password=password) for username in usernames]
    return [{"event": "new_coach", "data": coach} for coach in coaches]


def _may_sign_in(accounts_server: AccountsServer, username: str, password: str) -> bool:
    with closing(Client(accounts_server.server.port)) as client:
        return bool(client.call("login", {"username": username, "password": password})["ok"])


def test_accounts_are_made_and_a_retry_needs_no_password(accounts_server: AccountsServer) -> None:
    writes = _new_coaches(accounts_server, "batch1", "batch2")
    op = {"op": str(uuid.uuid4())}
    first = accounts_server.admin.call("batch", {"writes": writes}, op)
    assert [coach["username"] for coach in first["data"]] == ["batch1", "batch2"]
    assert _may_sign_in(accounts_server, "batch2", PASSWORD)
    # Not even a digest of a password is for the journal.
    for write in writes:
        write["data"]["password"] = NEW_PASSWORD
    again = accounts_server.admin.call("batch", {"writes": writes}, op)
    assert again == first | {"meta": first["meta"] | {"replayed": True}}
    assert not _may_sign_in(accounts_server, "batch2", NEW_PASSWORD)
    [one, other] = first["data"]
    swapped = [
        {"event": "update_coach", "data": {"id": one["id"], "username": ""}},
        {"event": "update_coach", "data": {"id": other["id"], "username": "batch1", "password": NEW_PASSWORD}},
    ]
    accounts_server.admin.ok("batch", {"writes": swapped})
    assert _may_sign_in(accounts_server, "batch1", NEW_PASSWORD)
    taken = accounts_server.admin.fails("batch", {"writes": _new_coaches(accounts_server, "batch3", "Ｂatch3")}, {})
    assert taken["writes"].keys() == {"1"} and "batch3" in taken["writes"]["1"]["username"][0]
    gone = [{"event": "delete_coach", "data": coach["id"]} for coach in first["data"]]
    accounts_server.admin.ok("batch", {"writes": gone})
    assert not _may_sign_in(accounts_server, "batch1", NEW_PASSWORD)


def test_what_will_not_be_done_hashes_nothing(accounts_server: AccountsServer) -> None:
    """Each of these takes less than the time of the hashes in it."""
    started = time.process_time()
    for _ in range(3):
        PasswordHasher().hash(PASSWORD)
    a_hash = (time.process_time() - started) / 3
    admin = accounts_server.admin
    names = [f"many{number}" for number in range(MOST_PASSWORDS + 1)]
    too_many = _new_coaches(accounts_server, *names)
    invalid = [*too_many[1:], {"event": "new_coach", "data": {}}]
    with closing(accounts_server.client("coach")) as coach:
        cases: list[tuple[Client, Any, dict[str, Any], str | None]] = [
            (admin, too_many, {}, "too_large"),
            (admin, too_many, {"check": True}, "too_large"),
            (admin, invalid, {}, "invalid"),
            (admin, too_many[1:], {"check": True}, None),
            (coach, too_many[1:], {}, "forbidden"),
        ]
        for client, writes, opts, code in cases:
            before = accounts_server.server.cpu_seconds()
            ack = client.call("batch", {"writes": writes}, opts)
            used = accounts_server.server.cpu_seconds() - before
            assert ack["meta"].get("code") == code
            assert used < MOST_PASSWORDS / 2 * a_hash, f"{code}: {used:.2f} s, and a hash is {a_hash:.2f} s"


def test_a_coach_changes_the_own_record_alone(accounts_server: AccountsServer) -> None:
    own, other = accounts_server.own["id"], accounts_server.gym.new("coach")["id"]
    writes = [{"event": "update_coach", "data": {"id": number, "age": 47}} for number in (own, other, own)]
    with closing(accounts_server.client("coach")) as client:
        ack = client.call("batch", {"writes": writes}, {})
        assert ack["errors"]["writes"].keys() == {"1"} and ack["meta"]["code"] == "forbidden"
        assert client.ok("batch", {"writes": writes[::2]})[1]["age"] == 47


@pytest.mark.access("open")
def test_an_admins_account_is_not_taken_over(accounts_server: AccountsServer) -> None:
    coach = accounts_server.gym.new("coach", username="chief", password=PASSWORD)
    accounts_server.admin.ok("set_account", {"username": "chief", "role": "admin"})
    other = accounts_server.gym.new("coach")["id"]
    with closing(accounts_server.client()) as stranger:
        for data in ({"password": NEW_PASSWORD}, {"username": "mine"}):
            writes = [
                {"event": "update_coach", "data": {"id": other, "age": 47}},
                {"event": "update_coach", "data": {"id": coach["id"], **data}},
            ]
            for opts in ({"check": True}, {}):
                ack = stranger.call("batch", {"writes": writes}, opts)
                assert ack["errors"]["writes"].keys() == {"1"} and ack["meta"]["code"] == "forbidden"
    assert _may_sign_in(accounts_server, "chief", PASSWORD)
    accounts_server.admin.ok("set_account", {"username": "chief", "role": "coach"})
    accounts_server.admin.ok("delete_coach", coach)
