"""`login` and `logout`."""

from typing import Any

import pytest

from tests.support.acks import assert_errors, assert_refused_login
from tests.support.gym import Gym, Record
from tests.support.hashes import FULL
from tests.support.rows import sql
from tests.support.server import Server
from tests.support.socketio_client import PASSWORD
from tests.wire.conftest import Connect

LOGIN_KEYS = {"ok", "user", "token", "data", "errors"}

LOGOUT_KEYS = {"ok", "data", "errors"}

BLANK = ("", " ", "\u3000", None)

WRONG_TYPES: tuple[Any, ...] = (5, True, [], {}, ["text"], {"text": "text"})


@pytest.fixture
def ada(gym: Gym) -> Record:
    """A coach who can sign in."""
    return gym.new("coach", username="ada", password=PASSWORD)


def test_the_right_password(ada: Record, gym: Gym) -> None:
    ack = gym.client.call("login", {"username": "ada", "password": PASSWORD})
    assert set(ack) == LOGIN_KEYS
    assert ack["ok"] is True and ack["errors"] == {}
    assert ack["user"] == {**{key: ada[key] for key in ("id", "name", "picture", "username")}, "role": "coach"}
    assert ack["data"] == ack["user"]
    assert isinstance(ack["token"], str) and len(ack["token"]) >= 20


def test_the_token_signs_in_at_the_next_connect(ada: Record, gym: Gym, connect: Connect) -> None:
    ack = gym.client.call("login", {"username": "ada", "password": PASSWORD})
    connected, _ = connect(auth={"token": ack["token"]}).welcome()
    assert connected["user"] == ack["user"]


def test_a_wrong_user_and_a_wrong_password_read_the_same(ada: Record, gym: Gym) -> None:
    wrong_password = gym.client.call("login", {"username": "ada", "password": "wrong"})
    wrong_user = gym.client.call("login", {"username": "nobody", "password": "wrong"})
    assert_refused_login(wrong_password)
    assert wrong_user == wrong_password


@pytest.mark.parametrize("field", ["username", "password"])
@pytest.mark.parametrize("value", [*BLANK, *WRONG_TYPES])
def test_a_blank_or_wrong_field_is_named(field: str, value: Any, ada: Record, gym: Gym) -> None:
    ack = gym.client.call("login", {"username": "ada", "password": PASSWORD, field: value})
    assert_refused_login(ack)
    assert field in ack["errors"]


@pytest.mark.parametrize("args", [(), (None,), ({},), ("ada",), ([],), (5,), ([["ada", "x"]],), ({}, {}, {})])
def test_a_login_of_the_wrong_shape(args: tuple[Any, ...], gym: Gym) -> None:
    ack = gym.client.call("login", *args)
    assert ack["ok"] is False
    assert_errors(ack["errors"])


@pytest.mark.parametrize("password", ["\0", "\ud800", "x" * 50_000])
def test_a_password_that_nobody_has(password: str, ada: Record, gym: Gym) -> None:
    assert_refused_login(gym.client.call("login", {"username": "ada", "password": password}))


def test_a_coach_without_a_password_cannot_sign_in(gym: Gym) -> None:
    gym.new("coach", username="grace")
    for password in ("", "grace", "None", "null"):
        assert_refused_login(gym.client.call("login", {"username": "grace", "password": password}))


def test_a_deleted_coach_cannot_sign_in(ada: Record, gym: Gym) -> None:
    gym.delete("coach", ada)
    assert_refused_login(gym.client.call("login", {"username": "ada", "password": PASSWORD}))


def test_logout_after_login(ada: Record, gym: Gym) -> None:
    gym.client.call("login", {"username": "ada", "password": PASSWORD})
    ack = gym.client.call("logout")
    assert set(ack) == LOGOUT_KEYS
    assert ack["ok"] is True and ack["errors"] == {}


def test_logout_of_somebody_who_is_not_signed_in(gym: Gym) -> None:
    assert set(gym.client.call("logout")) == LOGOUT_KEYS


def test_a_login_does_not_hold_up_the_others(ada: Record, gym: Gym, connect: Connect, target: Server) -> None:
    """A password takes long to check, on purpose; meanwhile everybody else is served."""
    hashed = FULL.hash(PASSWORD)
    sql(target.database.url, "UPDATE accounts SET password_hash = :hashed WHERE username = 'ada'", hashed=hashed)
    slow, other = connect(), connect()
    slow.welcome()
    other.welcome()
    attempts = [slow.emit("login", {"username": "ada", "password": "wrong"}) for _ in range(4)]
    for _ in range(8):
        other.ok("update_coach", {"id": ada["id"]})
    while slow.read(0.001):
        pass
    assert not slow.answered(attempts[-1]), "four passwords were checked before eight requests of another client"
    for attempt in attempts:
        slow.ack(attempt)


@pytest.mark.kinds("sqlite", reason="what is logged does not depend on the database")
@pytest.mark.settings(LOG_LEVEL="DEBUG")
def test_the_log_has_no_passwords_tokens_or_payloads(own_server: Server, gym: Gym, connect: Connect) -> None:
    gym.new("coach", name="A very private name", username="ada", password=PASSWORD)
    ack = connect().call("login", {"username": "ada", "password": PASSWORD})
    connect(auth={"token": ack["token"]}).welcome()
    connect().call("login", {"username": "ada", "password": "a wrong one"})
    log = own_server.log()
    for secret in (PASSWORD, ack["token"], "a wrong one", "$argon2", "A very private name"):
        assert secret not in log
