"""`check: true` on the events of accounts: answered as the write would be, and nothing is done."""

import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from argon2 import PasswordHasher

from tests.support.accounts import add_accounts
from tests.support.database import contents
from tests.support.house import House
from tests.support.wire import NEW_PASSWORD
from tests.support.wire import PASSWORD
from tests.support.wire import Client

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
    ("new_account", TEMP),
    ("set_account", {"username": "checked", "role": "coach"}),
    ("set_account", {"username": "checked", "password": NEW_PASSWORD}),
    ("delete_account", {"username": "checked"}),
]


@pytest.fixture
def someone(house: House) -> Iterator[Client]:
    """A viewer called `checked`, signed in."""
    add_accounts(house.server.database.url, "checked")
    with closing(Client(house.server.port)) as client:
        house.log_in(client, "checked")
        yield client
    for name in ("checked", "temp"):
        house.admin.call("delete_account", {"username": name})


def test_each_is_answered_as_if_it_were_done_and_nothing_is(someone: Client, house: House) -> None:
    url = house.server.database.url
    for event, data in WRITES:
        client = someone if event == "set_password" else house.admin
        house.admin.round_trip()
        before, logged = contents(url), house.server.log_size()
        checked = client.call(event, data, CHECK)
        someone.round_trip()
        assert contents(url) == before, (event, data)
        assert "spotter.audit: wrote" not in house.server.log(logged)
        assert not [one for one in someone.inbox if one.name == "session"]
        done = client.call(event, data, {})
        assert checked == done | {"meta": checked["meta"]}, (event, data)
        assert checked["meta"].get("code") == done["meta"].get("code")
        assert "seq" not in checked["meta"]
        if done["ok"] and event == "set_account":
            # What the check did not: it ends the sign-in, or changes what that may do.
            user = someone.next_event("session").args[0]["user"]
            assert user is None if "password" in data else user["role"] == data["role"]


def test_ones_own_password_stays_and_so_do_all_sign_ins(someone: Client, house: House) -> None:
    change = {"password": PASSWORD, "new_password": NEW_PASSWORD}
    with closing(Client(house.server.port)) as other:
        token = house.log_in(other, "checked")
        before = contents(house.server.database.url)
        checked = someone.call("set_password", change, CHECK)
        assert contents(house.server.database.url) == before
        with closing(Client(house.server.port, auth={"token": token})) as again:
            assert again.next_event("connected").args[0]["user"]["username"] == "checked"
        done = someone.call("set_password", change, {})
        assert checked["ok"] and checked == done | {"meta": checked["meta"]}
        assert other.next_event("session").args[0]["user"] is None


def test_a_check_hashes_nothing(someone: Client, house: House) -> None:
    """Twenty of each take less than half of the time of twenty hashes."""
    calls: list[tuple[Client, str, dict[str, str]]] = [
        (house.admin, "new_account", TEMP),
        (house.admin, "set_account", {"username": "checked", "password": NEW_PASSWORD}),
        (someone, "set_password", {"password": PASSWORD, "new_password": NEW_PASSWORD}),
    ]
    started = time.process_time()
    for _ in range(3):
        PasswordHasher().hash(PASSWORD)
    a_hash = (time.process_time() - started) / 3
    for client, event, data in calls:
        before = house.server.cpu_seconds()
        for _ in range(20):
            assert client.call(event, data, CHECK)["ok"]
        used = house.server.cpu_seconds() - before
        assert used < 10 * a_hash, f"{event}: {used:.2f} s, and a hash is {a_hash:.2f} s"
