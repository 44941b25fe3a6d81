"""Tokens: forged, expired, revoked, misplaced; and what a good one outlives."""

import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import websocket
from itsdangerous import TimestampSigner
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import create_engine
from sqlalchemy import text

from tests.conftest import StartServer
from tests.support.environment import DEFAULTS
from tests.support.house import House
from tests.support.wire import Client

DAYS = 24 * 3600


def serializer(key: str = DEFAULTS["SECRET_KEY"], salt: str = "sign-in", age: float = 0) -> URLSafeTimedSerializer:
    """What signs tokens as the server does, `age` seconds ago."""

    class Earlier(TimestampSigner):
        def get_timestamp(self) -> int:
            return int(time.time() - age)

    return URLSafeTimedSerializer(key, salt=salt, signer=Earlier)


def user(house: House, token: object) -> Any:
    """Who the server takes the bearer of a token for."""
    with closing(Client(house.server.port, auth={"token": token})) as client:
        connected = client.next_event("connected").args[0]
        assert (client.call("refresh")["ok"]) == (connected["user"] is not None), "a reader who is nobody"
        return connected["user"]


@pytest.fixture
def token(house: House) -> Iterator[str]:
    """A good one, of the viewer."""
    with closing(house.client()) as client:
        good = house.log_in(client, "viewer")
        assert user(house, good)["username"] == "viewer"
        yield good
        client.call("logout")


def test_a_changed_token_is_worth_nothing(house: House, token: str) -> None:
    body, stamp, signature = token.split(".")
    number = serializer().loads(token)
    changed = [
        token[:-1], token + "x", token[1:], token.swapcase(), f"{body}.{stamp}.", f"{body}.{stamp}", body,
        f"..{signature}",
        f"{body}.{signature}.{stamp}", f"{body}.{stamp}.{signature[::-1]}", f"{body}x.{stamp}.{signature}",
        token.replace(".", ".\0", 1), token * 2, number, f"{body}.////.{signature}",
    ]  # fmt: skip
    for forged in changed:
        assert user(house, forged) is None, forged


def test_a_token_of_another_making_is_worth_nothing(house: House, token: str) -> None:
    number = serializer().loads(token)
    assert user(house, serializer().dumps(number)) is not None, "the forger of this test knows how"
    for made in (
        serializer(key="another key, long enough"),
        serializer(key=""),
        serializer(salt="reset"),
        serializer(salt="itsdangerous"),
    ):
        assert user(house, made.dumps(number)) is None
    for other in ("nobody", 1, None, True, [number], {"id": number}, number.upper(), "' or 1=1 --", "%", number[:-1]):
        assert user(house, serializer().dumps(other)) is None


def test_a_token_expires(house: House, token: str) -> None:
    number = serializer().loads(token)
    assert user(house, serializer(age=29 * DAYS).dumps(number)) is not None
    assert user(house, serializer(age=31 * DAYS).dumps(number)) is None


def test_a_sign_in_expires_on_a_live_socket(house: House, token: str) -> None:
    with closing(Client(house.server.port, auth={"token": token})) as client:
        client.next_event("connected")
        engine = create_engine(house.server.database.url)
        with engine.begin() as connection:
            number = serializer().loads(token)
            connection.execute(text("UPDATE sign_ins SET ends_at = 1 WHERE id = :number"), {"number": number})
        engine.dispose()
        client.next_event("session", 3)
        client.fails("refresh")
    assert user(house, token) is None


def test_a_token_is_worth_nothing_after_logout(house: House) -> None:
    with closing(house.client()) as client:
        token = house.log_in(client, "viewer")
        assert client.call("logout")["ok"]
        assert user(house, token) is None
        client.fails("refresh")


@pytest.mark.parametrize("where", ["?token=", "?EIO=4&transport=websocket&token=", "header", "cookie"])
def test_a_token_counts_in_auth_only(where: str, house: House, token: str) -> None:
    """In a URL it would be in logs and in the history of browsers; in a cookie, other pages could use it."""
    path, headers = "?EIO=4&transport=websocket", []
    if where.startswith("?"):
        path = f"{where}{token}" if "EIO" in where else f"?EIO=4&transport=websocket&{where[1:]}{token}"
    else:
        headers = [f"Cookie: token={token}; session={token}" if where == "cookie" else f"Authorization: Bearer {token}"]
    socket = websocket.create_connection(
        f"ws://127.0.0.1:{house.server.port}/socket.io/{path}", header=headers, timeout=10
    )
    socket.recv()
    socket.send("40")
    socket.recv()
    assert '"user":null' in str(socket.recv())
    socket.close()


@pytest.mark.parametrize("odd", [5, True, [], {}, "", " ", "x" * 501, "\0", [["a"]], {"token": "x"}])
def test_what_is_no_token_makes_nobody(odd: Any, house: House) -> None:
    assert user(house, odd) is None


def test_it_outlives_a_restart_but_not_another_key(start_server: StartServer) -> None:
    house = House(start_server(ACCESS="required"))
    token = house.log_in(house.admin, "admin")
    house.server.restart()
    assert user(house, token)["username"] == "admin"
    house.server.stop()
    house.server.settings["SECRET_KEY"] = "a key that nobody has seen yet"
    house.server.start()
    assert user(house, token) is None
    house.admin.close()


def test_the_log_has_no_tokens(house: House, token: str) -> None:
    assert user(house, token + "x") is None
    assert token not in house.server.log()
    assert serializer().loads(token) not in house.server.log()
