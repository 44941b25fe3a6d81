"""Many sign in at once from one address: right passwords succeed, and no more wrong ones than allowed are checked."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest

from tests.conftest import StartServer
from tests.support.accounts import add_accounts
from tests.support.server import Server
from tests.support.socketio_client import NEW_PASSWORD, PASSWORD, Client

pytestmark = pytest.mark.kinds("sqlite", reason="each process counts for itself")

# Wrong passwords in a minute: for one username, and for one address.
FOR_A_NAME, FOR_AN_ADDRESS = 5, 20
NAMES = [f"person{number}" for number in range(100)]
# Hashes as the server makes them: while one is checked, many others come.
GUESSED = [f"guessed{number}" for number in range(50)]


@pytest.fixture
def limited(start_server: StartServer) -> Server:
    """A server with the usual limits."""
    server = start_server(RATE_LIMIT="100", ACCESS="required")
    add_accounts(server.database.url, *NAMES)
    add_accounts(server.database.url, *GUESSED, cheap=False)
    return server


@pytest.fixture
def crowd(limited: Server) -> Iterator[list[Client]]:
    """A hundred connections."""
    with ExitStack() as stack:
        yield [stack.enter_context(closing(Client(limited.port))) for _ in NAMES]


def _at_once(clients: list[Client], logins: list[tuple[str, str]]) -> list[Any]:
    """Sign in, each over one of the connections, all before the first is answered; returns the acks."""
    sent = [
        (client, client.emit("login", {"username": username, "password": password}, {}))
        for client, (username, password) in zip(clients, logins, strict=False)
    ]
    return [client.ack(number, 60) for client, number in sent]


def _codes(acks: list[Any]) -> Counter[str | None]:
    return Counter(ack["meta"].get("code") for ack in acks)


def test_a_hundred_right_passwords_at_once_all_sign_in(crowd: list[Client]) -> None:
    acks = _at_once(crowd, [(name, PASSWORD) for name in NAMES])
    assert [ack["user"] and ack["user"]["username"] for ack in acks] == NAMES
    # Over twenty connections one person has no more than five checked at a time.
    assert _codes(_at_once(crowd, [(NAMES[0], PASSWORD)] * 100)) == {None: 100}


def test_fifty_wrong_guesses_at_once_are_as_many_as_one_after_the_other(crowd: list[Client]) -> None:
    acks = _at_once(crowd, [(name, "a wrong guess") for name in GUESSED])
    assert _codes(acks) == {"unauthorized": FOR_AN_ADDRESS, "rate_limited": len(GUESSED) - FOR_AN_ADDRESS}
    assert _codes(_at_once(crowd, [(NAMES[0], PASSWORD)])) == {"rate_limited": 1}, "the address has had enough"


def test_fifty_guesses_at_one_name_are_five(crowd: list[Client]) -> None:
    """After them the right one is not checked either."""
    acks = _at_once(crowd, [(GUESSED[0], "a wrong guess")] * 50)
    assert _codes(acks) == {"unauthorized": FOR_A_NAME, "rate_limited": 50 - FOR_A_NAME}
    assert _codes(_at_once(crowd, [(GUESSED[0], PASSWORD)])) == {"rate_limited": 1}


def test_a_check_of_a_new_password_counts_as_a_guess_too(limited: Server) -> None:
    """With `check` nothing is written, and a wrong password counts all the same."""
    with closing(Client(limited.port)) as client:
        assert client.call("login", {"username": NAMES[0], "password": PASSWORD})["ok"]
        wrong = {"password": "a wrong guess", "new_password": NEW_PASSWORD}
        acks = [client.call("set_password", wrong, {"check": True}) for _ in range(FOR_A_NAME + 1)]
    assert _codes(acks) == {"invalid": FOR_A_NAME, "rate_limited": 1}
