"""Accounts of data that cannot be: the error names the field, and nothing is changed."""

from typing import Any

import pytest

from tests.support.acks import assert_failure
from tests.support.gym import Record
from tests.support.packets import Raw
from tests.support.socketio_client import NEW_PASSWORD, Client
from tests.wire.accounts.accounts import TEMP, listed

NO_ACCOUNTS: tuple[Any, ...] = (None, "", "temp", 5, True, [], [{"username": "temp"}])
BAD_VALUES: dict[str, tuple[Any, ...]] = {
    "username": ("", None, "a", "a" * 41, 5, ["temp"], "te\0mp", "te\nmp", "\u200b", "te\ud800mp"),
    "role": ("root", "", None, 1, ["admin"], "Admin", "admin,coach", True),
    "password": ("short", 12345678, "x" * 201, "with a \0 in it", ["long enough"], True),
    "coach_id": (0, -1, 10**9, 2**40, "x", 1.5, True, {"id": 1}, [1], Raw("NaN"), Raw("1e400")),
    **dict.fromkeys(("id", "password_hash", "former_coach_id", "__class__", "is_admin", "Role", ""), (1,)),
}
BAD = [(field, value) for field, values in BAD_VALUES.items() for value in values]


@pytest.mark.parametrize("data", NO_ACCOUNTS, ids=ascii)
def test_what_is_no_account_changes_nothing(data: Any, admin: Client) -> None:
    before = listed(admin)
    assert_failure(admin.call("set_account", data))
    assert_failure(admin.call("new_account", data))
    assert listed(admin) == before


@pytest.mark.parametrize(("field", "value"), BAD, ids=lambda value: ascii(value)[:30])
def test_a_field_that_cannot_be_set_is_named_and_changes_nothing(field: str, value: Any, admin: Client) -> None:
    before = listed(admin)
    errors = admin.fails("new_account", {**TEMP, field: value})
    assert field in errors or "JSON" in errors["errors"]
    assert listed(admin) == before
    errors = admin.fails("set_account", {"username": "viewer", field: value})
    assert field in errors or "JSON" in errors["errors"]
    assert listed(admin) == before


@pytest.mark.parametrize(
    "data", [None, "", 5, [], {}, {"username": 5}, {"username": " "}, {"role": "admin"}, ["coach"]]
)
def test_what_cannot_be_deleted_changes_nothing(data: Any, admin: Client) -> None:
    before = listed(admin)
    assert "username" in admin.fails("delete_account", data)
    assert listed(admin) == before


def test_nobody_is_no_account(admin: Client) -> None:
    assert "username" in admin.fails("set_account", {})
    assert "username" in admin.fails("set_account", {"role": "viewer"})


@pytest.mark.parametrize("change", [{}, {"role": "admin"}, {"password": NEW_PASSWORD}, {"coach_id": None}])
def test_a_mistyped_name_makes_no_account(change: Record, admin: Client) -> None:
    before = listed(admin)
    ack = admin.call("set_account", {"username": "adnim", **change}, {})
    assert_failure(ack, extended=True)
    assert ack["meta"]["code"] == "not_found" and "username" in ack["errors"]
    assert listed(admin) == before


@pytest.mark.parametrize("absent", ["username", "role", "password"])
def test_a_new_account_says_what_it_is(absent: str, admin: Client) -> None:
    assert absent in admin.fails("new_account", {field: TEMP[field] for field in TEMP if field != absent})
