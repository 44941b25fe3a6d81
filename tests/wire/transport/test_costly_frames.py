"""The longest frames, of the costliest values, wherever any value is accepted: each takes little time."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import orjson
import pytest

from tests.support import packets
from tests.support.http import ask
from tests.support.packets import Raw
from tests.support.server import Server
from tests.support.socketio_client import Client, ConnectionClosed, ConnectionRefused
from tests.support.timing import least, seconds
from tests.wire.conftest import Connect

pytestmark = pytest.mark.kinds("sqlite", reason="what is refused before a database is asked is the same everywhere")

SIZE = 98_000
# CPU time of the process, which other programs do not change. To look at each character takes 10 ms.
MOST_SECONDS = 0.05
TOGETHER = 2
WORST: dict[str, Any] = {
    "two kinds of white space in turn": "\u200b " * (SIZE // 4),
    "white space, and a letter": " " * SIZE + "a",
    "letters": "a" * SIZE + "!",
    "digits": "1" * SIZE,
    "a host of many parts": "http://" + "a." * (SIZE // 2),
    "a host of many dashes": "http://" + "a-" * 900 + "!",
    "marks in the wrong order": "a" + "\u0301" * (SIZE // 4 - 1) + "\u0316" * (SIZE // 4 - 1),
    "a number with a fraction": Raw("1." + "1" * SIZE),
    "a long list of objects": [{}] * (SIZE // 3),
    "many keys": {str(number): 0 for number in range(SIZE // 10)},
}
# Replaced by the costly JSON in the encoded frame: to encode that each time would take longer than the test.
PLACE = "the worst"
AUTHS = (PLACE, {"token": PLACE}, {"sync": PLACE}, {"sync": {"epoch": PLACE, "seq": 0}}, {"sync": {"seq": PLACE}})
DIGITS = "1" * SIZE
FRAMES = {
    "an ack id": f'42{DIGITS}["new_coach",{{}}]',
    "an ack id of /test": f'42/test,{DIGITS}["my event",{{}}]',
    "the id of an answer": f"43{DIGITS}[]",
    "a number of attachments": f'45{DIGITS}-["new_coach",{{}}]',
    "an event's name": f'42["{DIGITS}"]',
    "a namespace's name": f'42/{DIGITS},["new_coach",{{}}]',
    "a namespace to connect to": f"40/{DIGITS},",
    "a namespace with a query": f"40/?{'a=&' * (SIZE // 3)},",
    "a namespace to leave": f"41/{DIGITS},",
    "a ping": f"2{DIGITS}",
    "a packet of no kind": f"4{DIGITS}",
    "brackets": "42" + "[" * SIZE,
    "objects": "42" + '{"a":' * (SIZE // 5),
}


@pytest.fixture(scope="module")
def unpaced(new_server: Callable[..., Server]) -> Iterator[Server]:
    """A server that answers `refresh` at once, however often: its pause is not to be measured."""
    server = new_server(REFRESHES_PER_SECOND="1000")
    yield server.start()
    server.close()


@pytest.fixture
def target(unpaced: Server) -> Server:
    """The server of these tests."""
    return unpaced


@pytest.mark.parametrize("worst", WORST.values(), ids=WORST)
def test_a_field_takes_no_time(worst: Any, connect: Connect, target: Server) -> None:
    client = connect(auth={"sync": True})
    document = orjson.loads(ask(target, "/asyncapi.json")[2])
    slow: dict[str, float] = {}
    for event, cases in _cases(document):
        _measure(target, client, event, cases, packets.encode(worst), slow)
    demo = connect(namespace="/test")
    for event in ("uuid", "hex", "my event"):
        _measure(
            target, demo, event, {"the payload": (PLACE,), "data": ({"data": PLACE},)}, packets.encode(worst), slow
        )
    assert not slow


@pytest.mark.parametrize("worst", WORST.values(), ids=WORST)
def test_what_comes_with_connect_takes_no_time(worst: Any, connect: Connect, target: Server) -> None:
    text = packets.encode(worst)

    def enter(auth: str) -> None:
        client = connect(enter=False)
        with suppress(ConnectionClosed, ConnectionRefused):
            client.enter(Raw(auth))
        client.close()

    auths = [packets.encode(auth).replace(f'"{PLACE}"', text) for auth in AUTHS]
    assert not [auth[:30] for auth in auths if _least(target, lambda auth=auth: enter(auth)) >= MOST_SECONDS]


def test_the_frame_itself_takes_no_time(connect: Connect, target: Server) -> None:
    """Send it; the server may end the connection."""
    slow: dict[str, float] = {}
    for name, frame in FRAMES.items():

        def send(frame: str = frame) -> None:
            client = connect()
            client.allow_stray_acks = True
            with suppress(ConnectionClosed):
                client.send(frame)
                client.round_trip()
            client.close()

        if (taken := _least(target, send)) >= MOST_SECONDS:
            slow[name] = taken
    assert not slow


def _cases(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, tuple[Any, ...]]]]:
    """Each event, with arguments that have the costly value in one place."""
    for key, message in document["channels"]["gym"]["messages"].items():
        if not key.endswith(".request"):
            continue
        cases: dict[str, tuple[Any, ...]] = {
            "the payload": (PLACE,),
            "opts": ({}, PLACE),
            "op": ({}, {"op": PLACE}),
            "base": ({}, {"base": PLACE}),
        }
        for field in {*_fields(document, message["payload"]), "id", "coach_id"}:
            cases[field] = ({field: PLACE},)
            if field in ("coach", "workout_plan"):
                cases[f"{field}.id"] = ({field: {"id": PLACE}},)
        yield message["name"], cases


def _fields(document: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    yield from schema.get("properties", {})
    for inner in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from _fields(document, inner)
    if "$ref" in schema:
        yield from _fields(document, document["components"]["schemas"][schema["$ref"].rpartition("/")[2]])


def _measure(
    server: Server, client: Client, event: str, cases: dict[str, tuple[Any, ...]], text: str, slow: dict[str, float]
) -> None:
    """Note each slow case. If a few of them together are fast, each of them is."""
    bodies = [(name, packets.encode([event, *args]).replace(f'"{PLACE}"', text)) for name, args in cases.items()]

    def ask_for(*bodies: str) -> None:
        for number in [client.emit_raw(body) for body in bodies]:
            client.ack(number)
        client.take()
        client.received.clear()

    for start in range(0, len(bodies), TOGETHER):
        few = bodies[start : start + TOGETHER]
        if seconds(lambda few=few: ask_for(*(body for _, body in few)), server.cpu_seconds) < MOST_SECONDS:
            continue
        for name, body in few:
            if (taken := _least(server, lambda body=body: ask_for(body))) >= MOST_SECONDS:
                slow[f"{event} {name}"] = taken


def _least(server: Server, act: Callable[[], None]) -> float:
    return least(lambda: seconds(act, server.cpu_seconds), MOST_SECONDS)
