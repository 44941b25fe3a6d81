"""Whatever arrives: the server lives, answers what it keeps connected, logs no traceback, and serves the others."""

import json
import struct
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.conftest import SETTINGS
from tests.support.acks import assert_failure, assert_success
from tests.support.catalogue import ALL
from tests.support.gym import Gym
from tests.support.packets import Raw
from tests.support.raw_socket import RawSocket
from tests.support.server import Server
from tests.support.socketio_client import Client, ConnectionClosed

OTHER_EVENTS = (
    "undo", "history", "sync", "refresh", "login", "logout", "accounts", "new_account", "set_account", "set_password",
    "reset_link", "reset_password",
    "delete_account", "subscribe", "unsubscribe", "batch", "editing",
)  # fmt: skip
LISTS = tuple(f"list_{resource.channel}" for resource in ALL.values())
EVENTS = (
    *(f"{action}_{name}" for name in ALL for action in ("new", "update", "delete", "get")),
    *LISTS,
    "new_exercise_moves",
    *OTHER_EVENTS,
)
KEYS = (
    *{key for resource in ALL.values() for key in resource.fields},
    *("id", "coach_id", "workout_plan_id", "channel", "seq", "epoch", "op", "base", "limit", "before", "role", "on"),
    *(
        "token",
        "__proto__",
        "__class__",
        "where",
        "order",
        "after",
        "count",
        "or",
        "not",
        "eq",
        "ne",
        "lt",
        "gte",
        "in",
    ),
    *("contains", "starts", "has", "coach.name", "-name", "writes", "event", "data", "check", "arrays", "sync"),
)
OPERATORS = ("eq", "ne", "in", "nin", "lt", "lte", "gt", "gte", "contains", "starts", "has", "like", "")
# Each with a `-` before it is an order.
FIELDS = (
    *KEYS,
    *("coach.id", "workout_plan.difficulty", "coach.password", "exercise_moves.name", "a.b", "."),
)
ODD = ("", "900", "09:00", "Monday", "coaches", "http://x.example/", "\ud800", "\0")
# What packets and JSON are made of, and what breaks them.
PIECES = (
    *("4", "42", "0", "1", "2", "3", "5", "6", "40", "41", "43", "44", "45", "46", "451-", "/", "/test,", "/x,"),
    *("[", "]", "{", "}", ",", ":", '"', "\\u", "\\ud800", "1e999", "NaN", "-", "null", "true", "9" * 30, "[" * 300),
    *('{"a":' * 300, "new_coach", '"new_coach"', '"connect"', '"disconnect"', '{"id":1}', '{"sync":true}'),
    *('{"token":"x"}', "\x1e", "\0", "\ufeff", "\U0001f600", "_placeholder", '{"_placeholder":true,"num":0}'),
)

text = st.text(max_size=50) | st.sampled_from(ODD)
numbers = st.integers() | st.floats() | st.sampled_from([0, 1, 2, -1, 2**31, 2**63, 2**64])
leaves = st.none() | st.booleans() | numbers | text
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | text, inner, max_size=6)
)
payloads = st.dictionaries(st.sampled_from(KEYS), values, max_size=8) | values
writes = st.fixed_dictionaries(
    {"event": st.sampled_from(EVENTS) | values, "data": payloads}, optional={"base": leaves, "hack": leaves}
)
batches = st.fixed_dictionaries({"writes": st.lists(writes | values, max_size=5)}, optional={"base": leaves})
fields = st.sampled_from(FIELDS) | text
operands = leaves | st.lists(leaves, max_size=4) | values
conditions = operands | st.dictionaries(st.sampled_from(OPERATORS), operands, max_size=3)
filters = st.recursive(
    st.dictionaries(fields, conditions, max_size=4),
    lambda inner: (
        st.dictionaries(st.just("or"), st.lists(inner, max_size=3), min_size=1)
        | st.dictionaries(st.just("not"), inner, min_size=1)
    ),
    max_leaves=6,
)
orders = st.lists(fields | fields.map(lambda name: f"-{name}"), max_size=4)
frames = st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=12).map("".join)


def encode(value: Any) -> Any:
    """The value with what Python's JSON cannot write written raw."""
    if isinstance(value, dict):
        return {key: encode(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [encode(inner) for inner in value]
    if (isinstance(value, float) and value != value) or value in (float("inf"), float("-inf")):
        return Raw("NaN" if value != value else "1e999")
    return value


class Victim:
    """A connection that is opened anew when the server ended the last one."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._client: Client | None = None

    @property
    def client(self) -> Client:
        """One that is connected."""
        if self._client is None or self._client.closed:
            self._client = Client(self._port, auth={"sync": True})
            self._client.allow_stray_acks = True
        self._client.received.clear()
        self._client.inbox.clear()
        return self._client

    def close(self) -> None:
        """Leave."""
        if self._client is not None:
            self._client.close()


@pytest.fixture(scope="module")
def victim(server: Server) -> Any:
    """The connection that gets the inputs."""
    one = Victim(server.port)
    yield one
    one.close()


def check(server: Server, witness: Client, logged: int) -> None:
    """The server lives and serves the others."""
    witness.round_trip()
    witness.take()
    witness.received.clear()
    if server.log_size() > logged:
        assert "Traceback" not in server.log(logged), server.log(logged)[-4000:]


@SETTINGS
@given(event=st.sampled_from(EVENTS) | text, args=st.lists(payloads, max_size=3))
def test_payloads(event: str, args: list[Any], server: Server, witness: Client, victim: Victim) -> None:
    logged = server.log_size()
    client = victim.client
    ack = client.call(event, *[encode(arg) for arg in args])
    assert isinstance(ack, dict) and isinstance(ack["ok"], bool), ack
    if event not in ("login", "logout"):
        if ack["ok"]:
            assert_success(ack, extended=len(args) > 1)
        else:
            assert_failure(ack, extended=None)
            assert "with the code" not in ack["errors"]["errors"], "a defect of the server"
    check(server, witness, logged)


@SETTINGS
@given(batch=batches, opts=st.fixed_dictionaries({}, optional={"check": st.booleans(), "base": leaves}))
def test_batches(batch: Any, opts: Any, server: Server, witness: Client, victim: Victim) -> None:
    logged = server.log_size()
    ack = victim.client.call("batch", encode(batch), encode(opts))
    if ack["ok"]:
        assert_success(ack, extended=True)
        assert len(ack["data"]) == len(batch["writes"])
    else:
        assert_failure(ack, extended=None)
        assert "with the code" not in ack["errors"]["errors"], "a defect of the server"
    check(server, witness, logged)


@SETTINGS
@given(
    event=st.sampled_from((*LISTS, "subscribe")),
    asked=st.fixed_dictionaries(
        {"where": filters | values},
        optional={"order": orders | values, "limit": leaves, "after": leaves, "count": leaves, "channel": leaves},
    ),
)
def test_filters(event: str, asked: dict[str, Any], server: Server, witness: Client, victim: Victim) -> None:
    """Most of them name a field, and an operator, that there is."""
    logged = server.log_size()
    payload = {**asked, "channel": "schedules"} if event == "subscribe" else asked
    ack = victim.client.call(event, encode(payload), {})
    if ack["ok"]:
        assert_success(ack, extended=True)
    else:
        assert_failure(ack, extended=None)
        assert ack.get("meta", {}).get("code") in (None, "invalid", "too_large"), ack
    check(server, witness, logged)


@SETTINGS
@given(sent=st.lists(frames, min_size=1, max_size=5))
def test_frames(sent: list[str], server: Server, witness: Client) -> None:
    logged = server.log_size()
    client = Client(server.port, auth={"sync": True})
    client.allow_stray_acks = True
    with suppress(ConnectionClosed):
        for frame in sent:
            client.send(frame)
        # One of them may have taken it out of the namespace.
        client.send("40")
        # It is still connected, so it is served: no zombie.
        client.round_trip()
        assert client.call("sync", None)["ok"]
    client.close()
    check(server, witness, logged)


@SETTINGS
@given(
    parts=st.lists(
        st.tuples(
            st.integers(0, 255), st.integers(0, 255), st.binary(max_size=30), st.none() | st.integers(0, 2**63 - 1)
        ),
        min_size=1,
        max_size=4,
    )
)
def test_bytes(parts: list[tuple[int, int, bytes, int | None]], server: Server, witness: Client) -> None:
    """Bytes after the handshake that are websocket frames now and then."""
    logged = server.log_size()
    raw = RawSocket(server.port)
    raw.handshake()
    with suppress(OSError):
        raw.send_text("40")
        for first, second, payload, length in parts:
            if length is None:
                raw.socket.sendall(bytes([first, second]) + payload)
            else:
                raw.socket.sendall(bytes([first, 0x80 | 127]) + struct.pack("!Q", length) + bytes(4) + payload)
    raw.reset()
    check(server, witness, logged)


def test_it_all_adds_up(server: Server) -> None:
    """After all that, the data can still be read, written, and emptied."""
    client = Client(server.port)
    gym = Gym(client)
    _, arrays = client.welcome()
    assert json.dumps(arrays)
    gym.delete("coach", gym.new("coach"))
    client.close()
