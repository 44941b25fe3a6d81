"""Usernames are the same if they fold alike, and none looks like another; passwords are compared after NFKC."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support.accounts_server import AccountsServer
from tests.support.hashes import CHEAP
from tests.support.rows import sql
from tests.support.socketio_client import NEW_PASSWORD, PASSWORD, Client

SAME = {
    "capitals": "Temp",
    "full width": "\uff54\uff45\uff4d\uff50",
    "a zero-width space inside": "te\u200bmp",
    "a soft hyphen and a joiner": "t\u00ade\u200dmp",
    "mathematical letters": "\U0001d42d\U0001d41e\U0001d426\U0001d429",
}
LOOKALIKES = {
    "a Cyrillic e": "t\u0435mp",
    "capital letters of Cyrillic": "\u0422\u0415\u041c\u0420",
    "a Greek rho": "tem\u03c1",
    "a Cyrillic letter and a zero-width space": "t\u0435m\u200bp",
}


@pytest.fixture
def admin(accounts_server: AccountsServer) -> Iterator[Client]:
    """An admin, and an account `temp` of an admin's making."""
    with closing(accounts_server.client("admin")) as client:
        client.ok("new_account", {"username": "temp", "role": "viewer", "password": PASSWORD})
        yield client
        client.call("delete_account", {"username": "temp"})


@pytest.mark.parametrize("how", SAME)
def test_a_name_that_is_the_same_is_taken_and_signs_in(
    how: str, admin: Client, accounts_server: AccountsServer
) -> None:
    errors = admin.fails("new_account", {"username": SAME[how], "role": "viewer", "password": PASSWORD})
    assert "the same as" in errors["username"][0]
    coach = accounts_server.gym.new("coach")
    for event, data in (
        ("new_coach", accounts_server.gym.payload("coach", username=SAME[how])),
        ("update_coach", {"id": coach["id"], "username": SAME[how]}),
    ):
        assert "the same as" in admin.fails(event, data)["username"][0]
    with closing(accounts_server.client()) as client:
        assert client.call("login", {"username": SAME[how], "password": PASSWORD})["user"]["username"] == "temp"
    assert admin.ok("set_account", {"username": SAME[how], "role": "coach"})["username"] == "temp"
    assert admin.ok("delete_account", {"username": SAME[how]})["username"] == "temp"


@pytest.mark.parametrize("how", LOOKALIKES)
def test_a_name_that_looks_like_another_is_refused_with_a_reason(
    how: str, admin: Client, accounts_server: AccountsServer
) -> None:
    name = LOOKALIKES[how]
    coach = accounts_server.gym.new("coach")
    for event, data in (
        ("new_account", {"username": name, "role": "viewer", "password": PASSWORD}),
        ("new_coach", accounts_server.gym.payload("coach", username=name)),
        ("update_coach", {"id": coach["id"], "username": name}),
    ):
        assert "looks like" in admin.fails(event, data)["username"][0]
    with closing(accounts_server.client()) as client:
        assert not client.call("login", {"username": name, "password": PASSWORD})["ok"], "it is another name"
    assert "username" in admin.fails("set_account", {"username": name, "role": "coach"})


def test_it_is_a_name_like_any_other_where_none_looks_like_it(admin: Client, accounts_server: AccountsServer) -> None:
    name = "Зоя Жукова"
    admin.ok("new_account", {"username": name, "role": "viewer", "password": PASSWORD})
    with closing(accounts_server.client()) as client:
        assert client.call("login", {"username": name.upper(), "password": PASSWORD})["user"]["username"] == name
    admin.ok("delete_account", {"username": name})


def test_its_own_name_may_be_spelled_anew(admin: Client, accounts_server: AccountsServer) -> None:
    coach = accounts_server.gym.new("coach", username="spelled", password=PASSWORD)
    assert admin.ok("update_coach", {"id": coach["id"], "username": "Spelled"})["username"] == "Spelled"
    assert admin.ok("update_coach", {"id": coach["id"], "username": "sp\u0435lled"})["username"] == "sp\u0435lled"
    admin.ok("delete_coach", coach)


def test_passwords_are_the_same_however_a_keyboard_writes_them(accounts_server: AccountsServer, admin: Client) -> None:
    composed, apart, wide = "p\u00e4ssw\u00f6rter", "pa\u0308sswo\u0308rter", "\uff50\u00e4\uff53\uff53w\u00f6rter"
    for chosen in (composed, apart, wide):
        admin.ok("set_account", {"username": "temp", "password": chosen})
        for typed in (composed, apart, wide):
            with closing(accounts_server.client()) as client:
                assert client.call("login", {"username": "temp", "password": typed})["ok"], (chosen, typed)


def test_a_hash_from_before_nfkc_still_signs_in(accounts_server: AccountsServer, admin: Client) -> None:
    typed = "pa\u0308sswo\u0308rter"
    statement = "UPDATE accounts SET password_hash = :hashed WHERE username = 'temp'"
    sql(accounts_server.server.database.url, statement, hashed=CHEAP.hash(typed))
    with closing(accounts_server.client()) as client:
        assert client.call("login", {"username": "temp", "password": typed})["ok"]
        assert not client.call("login", {"username": "temp", "password": NEW_PASSWORD})["ok"]


def test_a_cleared_username_comes_back_with_role_and_password(accounts_server: AccountsServer, admin: Client) -> None:
    coach = accounts_server.gym.new("coach", username="leader", password=PASSWORD)
    admin.ok("set_account", {"username": "leader", "role": "viewer"})
    admin.ok("update_coach", {"id": coach["id"], "username": ""})
    cleared = accounts_server.seq()
    with closing(accounts_server.client()) as client:
        assert not client.call("login", {"username": "leader", "password": PASSWORD})["ok"]
    # Another comes and goes meanwhile.
    admin.ok("update_coach", {"id": coach["id"], "username": "another", "password": NEW_PASSWORD})
    admin.ok("undo", {"seq": accounts_server.seq()})
    assert admin.ok("undo", {"seq": cleared})["username"] == "leader"
    with closing(accounts_server.client()) as client:
        ack = client.call("login", {"username": "leader", "password": PASSWORD})
        assert ack["ok"] and ack["user"]["role"] == "viewer", ack
    admin.ok("update_coach", {"id": coach["id"], "username": None})
    # Not by undo: it is a new account, and the old password is nobody's.
    admin.ok("update_coach", {"id": coach["id"], "username": "leader"})
    with closing(accounts_server.client()) as client:
        assert not client.call("login", {"username": "leader", "password": PASSWORD})["ok"]
    admin.ok("delete_coach", coach)


def test_a_name_that_waits_for_an_undo_gives_way(accounts_server: AccountsServer, admin: Client) -> None:
    coach = accounts_server.gym.new("coach", username="leader", password=PASSWORD)
    admin.ok("update_coach", {"id": coach["id"], "username": None})
    cleared = accounts_server.seq()
    admin.ok("new_account", {"username": "Leader", "role": "viewer", "password": NEW_PASSWORD})
    assert "username" in admin.fails("undo", {"seq": cleared})
    admin.ok("delete_account", {"username": "leader"})
    admin.ok("delete_coach", coach)
