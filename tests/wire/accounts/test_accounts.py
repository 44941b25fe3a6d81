"""`accounts`, `new_account`, `set_account` and `delete_account`: what admins see and change."""

import re
import time
from contextlib import ExitStack, closing
from uuid import uuid4

from tests.support.accounts import add_accounts
from tests.support.accounts_server import AccountsServer
from tests.support.acks import assert_failure, assert_success
from tests.support.database import contents
from tests.support.gym import Record
from tests.support.socketio_client import NEW_PASSWORD, PASSWORD, Client
from tests.wire.accounts.accounts import TEMP, listed


def test_an_account_as_admins_see_it(admin: Client, accounts_server: AccountsServer) -> None:
    accounts = admin.ok("accounts", None)
    assert [set(account) for account in accounts] == [{"username", "role", "coach", "last_seen"}] * len(accounts)
    assert [account["username"] for account in accounts] == sorted(account["username"] for account in accounts)
    accounts_server.client("coach").close()
    now = time.time() * 1000
    coach = listed(admin)["coach"]
    assert abs(coach.pop("last_seen") - now) < 600_000
    assert coach == {
        "username": "coach",
        "role": "coach",
        "coach": {"id": accounts_server.own["id"], "name": accounts_server.own["name"]},
    }


def test_a_new_account_can_sign_in(admin: Client, accounts_server: AccountsServer) -> None:
    made = admin.ok("new_account", {"username": " temp ", "role": "viewer", "password": PASSWORD})
    assert made == {"username": "temp", "role": "viewer", "coach": None, "last_seen": None}
    assert listed(admin)["temp"] == made
    client = accounts_server.client()
    accounts_server.log_in(client, "temp")
    client.close()
    assert listed(admin)["temp"]["last_seen"] is not None


def test_an_account_without_a_password_cannot_sign_in(admin: Client, accounts_server: AccountsServer) -> None:
    accounts_server.gym.new("coach", username="temp")
    client = accounts_server.client()
    for password in ("", " ", "temp", "None"):
        assert not client.call("login", {"username": "temp", "password": password})["ok"]
    client.close()


def test_what_is_absent_stays(admin: Client, accounts_server: AccountsServer) -> None:
    coach = accounts_server.gym.new("coach")
    admin.ok("new_account", {**TEMP, "role": "coach", "coach_id": coach["id"]})
    before = listed(admin)["temp"]
    for change in ({}, {"role": "coach"}, {"coach_id": str(coach["id"])}, {"password": ""}, {"password": None}, before):
        assert admin.ok("set_account", {"username": "temp", **change}) == before
    client = accounts_server.client()
    accounts_server.log_in(client, "temp")
    client.close()


def test_the_username_shows_in_the_coachs_record_and_nowhere_else(
    admin: Client, accounts_server: AccountsServer
) -> None:
    one, other = accounts_server.gym.new("coach"), accounts_server.gym.new("coach")
    while not any(change["record"] == other for change in admin.next_changes()):
        # Another process made them: this one hears of it a little later.
        continue

    def changed() -> list[Record]:
        changes = admin.next_changes()
        assert all(change["actor"] == "admin" for change in changes)
        return [change["record"] for change in changes]

    admin.ok("new_account", {**TEMP, "coach_id": one["id"]})
    assert changed() == [{**one, "username": "temp"}]
    admin.ok("set_account", {"username": "temp", "coach_id": other["id"]})
    assert changed() == [{**one, "username": ""}, {**other, "username": "temp"}]
    admin.ok("set_account", {"username": "temp", "role": "viewer", "password": NEW_PASSWORD})
    admin.ok("set_account", {"username": "temp", "coach_id": None})
    assert changed() == [{**other, "username": ""}], "role and password are not in records"
    admin.ok("set_account", {"username": "temp", "coach_id": other["id"]})
    assert changed() == [{**other, "username": "temp"}]
    admin.ok("delete_account", {"username": "temp"})
    assert changed() == [{**other, "username": ""}]


def test_a_coach_has_one_account(admin: Client, accounts_server: AccountsServer) -> None:
    errors = admin.fails("new_account", {**TEMP, "coach_id": accounts_server.own["id"]})
    assert "coach_id" in errors
    assert "temp" not in listed(admin)
    assert accounts_server.admin.ok("update_coach", {"id": accounts_server.own["id"]})["username"] == "coach"


def test_a_deleted_account_is_gone(admin: Client, accounts_server: AccountsServer) -> None:
    made = admin.ok("new_account", TEMP)
    assert admin.ok("delete_account", made) == made
    assert "temp" not in listed(admin)
    ack = admin.call("delete_account", {"username": "temp"}, {})
    assert_failure(ack, extended=True)
    assert ack["meta"]["code"] == "not_found"
    client = accounts_server.client()
    assert not client.call("login", {"username": "temp", "password": PASSWORD})["ok"]
    client.close()


def test_a_username_of_a_deleted_coach_is_free(admin: Client, accounts_server: AccountsServer) -> None:
    coach = accounts_server.gym.new("coach", username="temp", password=PASSWORD)
    accounts_server.gym.delete("coach", coach)
    assert "temp" not in listed(admin)
    made = admin.ok("new_account", {**TEMP, "password": NEW_PASSWORD})
    assert made["coach"] is None and listed(admin)["temp"] == made
    client = accounts_server.client()
    assert not client.call("login", {"username": "temp", "password": PASSWORD})["ok"], "the old password still opens"
    client.close()


def test_there_is_always_an_admin(admin: Client, accounts_server: AccountsServer) -> None:
    for event, data in (
        ("set_account", {"username": "admin", "role": "coach"}),
        ("set_account", {"username": "admin", "role": "viewer", "password": NEW_PASSWORD}),
        ("delete_account", {"username": "admin"}),
    ):
        assert "last admin" in admin.fails(event, data)["errors"]
    # One who cannot sign in does not count.
    bare = accounts_server.gym.new("coach", username="temp")
    admin.ok("set_account", {"username": "temp", "role": "admin"})
    assert "last admin" in admin.fails("delete_account", {"username": "admin"})["errors"]
    coach = accounts_server.gym.new("coach")
    admin.ok("set_account", {"username": "admin", "coach_id": coach["id"]})
    assert "last admin" in admin.fails("delete_coach", coach)["errors"]
    assert "last admin" in admin.fails("update_coach", {"id": coach["id"], "username": None})["errors"]
    admin.ok("set_account", {"username": "temp", "password": PASSWORD})
    admin.ok("set_account", {"username": "admin", "role": "viewer"})
    accounts_server.log_in(admin, "temp")
    admin.ok("set_account", {"username": "admin", "role": "admin", "coach_id": None})
    accounts_server.log_in(admin, "admin")
    # The fixture's own client may have become a viewer within that second.
    admin.ok("delete_coach", bare)
    accounts_server.renew(accounts_server.admin, "admin")


def test_a_retry_is_done_once(admin: Client, accounts_server: AccountsServer) -> None:
    opts = {"op": str(uuid4())}
    first = admin.call("new_account", {**TEMP, "role": "coach"}, opts)
    assert_success(first, extended=True)
    admin.ok("set_account", {"username": "temp", "role": "viewer"})
    again = admin.call("new_account", {**TEMP, "role": "coach"}, opts)
    assert again["meta"]["replayed"] is True and again["data"] == first["data"]
    assert listed(admin)["temp"]["role"] == "viewer"
    other = admin.call("new_account", {**TEMP, "role": "admin"}, opts)
    assert other["meta"]["code"] == "op_reused"


def test_an_undo_of_the_coach_does_not_undo_the_account(admin: Client, accounts_server: AccountsServer) -> None:
    """The inverse would remove an account, or make one without its password."""
    coach = accounts_server.gym.new("coach")
    admin.ok("new_account", {**TEMP, "coach_id": coach["id"]})
    admin.fails("undo", {"seq": accounts_server.seq()})
    admin.ok("delete_account", {"username": "temp"})
    admin.fails("undo", {"seq": accounts_server.seq()})
    assert "temp" not in listed(admin)


def test_a_coach_changes_the_own_username_and_password(accounts_server: AccountsServer, admin: Client) -> None:
    coach = accounts_server.gym.new("coach", username="temp", password=PASSWORD)
    client = accounts_server.client()
    accounts_server.log_in(client, "temp")
    client.ok("update_coach", {"id": coach["id"], "username": "temp2"})
    assert client.next_event("session", 3).args[0]["user"]["username"] == "temp2"
    client.ok("update_coach", {"id": coach["id"], "password": NEW_PASSWORD})
    accounts_server.log_in(client, "temp2", NEW_PASSWORD)
    client.close()
    accounts_server.gym.delete("coach", coach)


def test_passwords_are_stored_as_hashes_only(admin: Client, accounts_server: AccountsServer) -> None:
    admin.ok("new_account", TEMP, {"op": str(uuid4())})
    stored = repr(contents(accounts_server.server.database.url))
    assert PASSWORD not in stored
    assert len(set(re.findall(r"\$argon2id\$[^']+", stored))) >= 4
    assert PASSWORD not in accounts_server.server.log()


def test_a_password_leaves_the_role_alone(admin: Client, accounts_server: AccountsServer) -> None:
    admin.ok("new_account", {**TEMP, "role": "admin"})
    assert admin.ok("set_account", {"username": "temp", "password": NEW_PASSWORD})["role"] == "admin"
    with closing(accounts_server.client()) as client:
        assert client.call("login", {"username": "temp", "password": NEW_PASSWORD})["user"]["role"] == "admin"


def test_a_coach_is_taken_away(admin: Client, accounts_server: AccountsServer) -> None:
    coach = accounts_server.gym.new("coach")
    admin.ok("new_account", {**TEMP, "coach_id": coach["id"]})
    assert admin.ok("set_account", {"username": "temp", "coach_id": None})["coach"] is None
    assert accounts_server.admin.ok("update_coach", {"id": coach["id"]})["username"] in (None, "")
    accounts_server.gym.delete("coach", coach)


def test_an_account_that_is_deleted_while_its_password_is_checked_does_not_sign_in(
    admin: Client, accounts_server: AccountsServer
) -> None:
    """Passwords are checked two at a time: one waits behind others, and its account goes meanwhile.

    Unless the machine was so slow to delete it that the others were through by then: it is tried again.
    """
    add_accounts(accounts_server.server.database.url, "crowded", cheap=False)
    with ExitStack() as stack:
        crowd = [stack.enter_context(closing(accounts_server.client())) for _ in range(12)]
        client = stack.enter_context(closing(accounts_server.client()))
        for _ in range(5):
            admin.ok("new_account", TEMP)
            # Right ones: wrong ones would be refused at once, where other tests have guessed a lot.
            waiting = [one.emit("login", {"username": "crowded", "password": PASSWORD}) for one in crowd]
            late = client.emit("login", {"username": "temp", "password": PASSWORD})
            admin.ok("delete_account", {"username": "temp"})
            ack = client.ack(late)
            assert all(one.ack(number)["ok"] for one, number in zip(crowd, waiting, strict=True))
            if not ack["ok"]:
                break
        assert not ack["ok"] and "username" in ack["errors"]
    admin.ok("delete_account", {"username": "crowded"})


def test_accounts_are_in_the_same_order_whatever_the_database(accounts_server: AccountsServer) -> None:
    names = ["adam", "Zed", "\u00e9mile", "_low", "b-1", "B2", "\u00c5sa"]
    for name in names:
        accounts_server.admin.ok("new_account", {"username": name, "role": "viewer", "password": PASSWORD})
    listed = [account["username"] for account in accounts_server.admin.ok("accounts", {})]
    assert listed == sorted(listed)
    assert [name for name in listed if name in names] == sorted(names)
    for name in names:
        accounts_server.admin.ok("delete_account", {"username": name})
