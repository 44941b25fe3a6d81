"""Tokens: forged, expired, revoked, misplaced; and a restart."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import websocket
from sqlalchemy import create_engine, text

from tests.conftest import StartServer
from tests.support.accounts_server import AccountsServer
from tests.support.signed import serializer
from tests.support.socketio_client import Client

DAYS = 24 * 3600


def user(accounts_server: AccountsServer, token: object) -> Any:
    """The user that a token signs in."""
    with closing(Client(accounts_server.server.port, auth={"token": token})) as client:
        connected = client.next_event("connected").args[0]
        assert (client.call("refresh")["ok"]) == (connected["user"] is not None), "refresh must need a valid token"
        return connected["user"]


@pytest.fixture
def token(accounts_server: AccountsServer) -> Iterator[str]:
    """A good one, of the viewer."""
    with closing(accounts_server.client()) as client:
        good = accounts_server.log_in(client, "viewer")
        assert user(accounts_server, good)["username"] == "viewer"
        yield good
        client.call("logout")


def test_a_changed_token_is_not_valid(accounts_server: AccountsServer, token: str) -> None:
    body, stamp, signature = token.split(".")
    number = serializer().loads(token)
    changed = [
        token[:-1], token + "x", token[1:], token.swapcase(), f"{body}.{stamp}.", f"{body}.{stamp}", body,
        f"..{signature}",
        f"{body}.{signature}.{stamp}", f"{body}.{stamp}.{signature[::-1]}", f"{body}x.{stamp}.{signature}",
        token.replace(".", ".\0", 1), token * 2, number, f"{body}.////.{signature}",
    ]  # fmt: skip
    for forged in changed:
        assert user(accounts_server, forged) is None, forged


def test_a_token_signed_otherwise_is_not_valid(accounts_server: AccountsServer, token: str) -> None:
    number = serializer().loads(token)
    assert user(accounts_server, serializer().dumps(number)) is not None, (
        "the serializer of this test makes valid tokens"
    )
    for made in (
        serializer(key="another key, long enough"),
        serializer(key=""),
        serializer(salt="reset"),
        serializer(salt="itsdangerous"),
    ):
        assert user(accounts_server, made.dumps(number)) is None
    for other in ("nobody", 1, None, True, [number], {"id": number}, number.upper(), "' or 1=1 --", "%", number[:-1]):
        assert user(accounts_server, serializer().dumps(other)) is None


def test_a_token_expires(accounts_server: AccountsServer, token: str) -> None:
    number = serializer().loads(token)
    assert user(accounts_server, serializer(age=29 * DAYS).dumps(number)) is not None
    assert user(accounts_server, serializer(age=31 * DAYS).dumps(number)) is None


def test_a_sign_in_expires_on_a_live_socket(accounts_server: AccountsServer, token: str) -> None:
    with closing(Client(accounts_server.server.port, auth={"token": token})) as client:
        client.next_event("connected")
        engine = create_engine(accounts_server.server.database.url)
        with engine.begin() as connection:
            number = serializer().loads(token)
            connection.execute(text("UPDATE sign_ins SET ends_at = 1 WHERE id = :number"), {"number": number})
        engine.dispose()
        client.next_event("session", 3)
        client.fails("refresh")
    assert user(accounts_server, token) is None


def test_a_token_is_not_valid_after_logout(accounts_server: AccountsServer) -> None:
    with closing(accounts_server.client()) as client:
        token = accounts_server.log_in(client, "viewer")
        assert client.call("logout")["ok"]
        assert user(accounts_server, token) is None
        client.fails("refresh")


@pytest.mark.parametrize("where", ["?token=", "?EIO=4&transport=websocket&token=", "header", "cookie"])
def test_a_token_counts_in_auth_only(where: str, accounts_server: AccountsServer, token: str) -> None:
    """In a URL it would be in logs and in the history of browsers; in a cookie, other pages could use it."""
    path, headers = "?EIO=4&transport=websocket", []
    if where.startswith("?"):
        path = f"{where}{token}" if "EIO" in where else f"?EIO=4&transport=websocket&{where[1:]}{token}"
    else:
        headers = [f"Cookie: token={token}; session={token}" if where == "cookie" else f"Authorization: Bearer {token}"]
    socket = websocket.create_connection(
        f"ws://127.0.0.1:{accounts_server.server.port}/socket.io/{path}", header=headers, timeout=10
    )
    socket.recv()
    socket.send("40")
    socket.recv()
    assert '"user":null' in str(socket.recv())
    socket.close()


@pytest.mark.parametrize("odd", [5, True, [], {}, "", " ", "x" * 501, "\0", [["a"]], {"token": "x"}])
def test_what_is_no_token_signs_nobody_in(odd: Any, accounts_server: AccountsServer) -> None:
    assert user(accounts_server, odd) is None


def test_it_outlives_a_restart_but_not_another_key(start_server: StartServer) -> None:
    accounts_server = AccountsServer(start_server(ACCESS="required"))
    token = accounts_server.log_in(accounts_server.admin, "admin")
    accounts_server.server.restart()
    assert user(accounts_server, token)["username"] == "admin"
    accounts_server.server.stop()
    accounts_server.server.settings["SECRET_KEY"] = "a key that nobody has seen yet"
    accounts_server.server.start()
    assert user(accounts_server, token) is None
    accounts_server.admin.close()


def test_the_log_has_no_tokens(accounts_server: AccountsServer, token: str) -> None:
    assert user(accounts_server, token + "x") is None
    assert token not in accounts_server.server.log()
    assert serializer().loads(token) not in accounts_server.server.log()
