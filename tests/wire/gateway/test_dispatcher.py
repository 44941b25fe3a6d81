"""Every request gets exactly one ack, whatever it is; without a number it gets none."""

import json
import uuid
from typing import Any

import pytest

from tests.support.acks import assert_failure
from tests.support.catalogue import NAMES
from tests.support.gym import Gym
from tests.support.http import ask
from tests.support.observers import Observers
from tests.support.packets import Ack, Raw
from tests.support.server import Server
from tests.support.socketio_client import ConnectionClosed
from tests.wire.conftest import Connect

UNKNOWN = (
    "no_such_event", "new_coaches", "New_coach", "new_coach ", "create_coach", "coaches", "schedules", "connected",
    "new_", "_", "", " ", "*", "__init__", "__class__", "constructor", "perform", "message", "json", "error", "é",
    "\U0001f4aa", "new_coach\0", "x" * 5_000, "connect", "disconnect", "connect_error", "disconnecting", "changes",
)  # fmt: skip

BROKEN = (
    '["new_coach",{"name":', '["new_coach"', '["new_coach",{"name":NaN}]', '["new_coach",{"name":Infinity}]',
    "['new_coach',{}]", '["new_coach",{"a":1,}]', "[", "[,]", '["new_coach" {}]', '["new_coach"]]',
    '["new_coach","\x01"]', '["new_coach",tru]', '["new_coach",01]', '["new_coach",1e]',
)  # fmt: skip

# The name is missing, or no text.
NAMELESS = ("[]", "[null]", "[5]", "[[]]", "[true]", '[{"name":"new_coach"}]', "[1.5,{}]")

# No array: Socket.IO's own servers end the connection. An ack is right, too; no answer at all is not.
NO_EVENTS = ("{}", '{"0":"new_coach"}', '"new_coach"', "null", "true", "]", "nonsense", "nul", " ", "\n", "-1", "x[]")


@pytest.mark.parametrize("event", UNKNOWN, ids=ascii)
def test_an_unknown_event(event: str, gym: Gym, observers: Observers) -> None:
    arguments: tuple[tuple[Any, ...], ...] = ((), (None,), ({},), ({"id": 1}, {"name": "x"}), ("text", 5, [], {}))
    requests = [(event, *args) for args in arguments]
    with observers.sends():
        acks = gym.client.pipeline(requests)
    for ack in acks:
        assert_failure(ack, extended=None)


@pytest.mark.parametrize("body", BROKEN, ids=ascii)
def test_broken_json_with_an_ack_id(body: str, gym: Gym) -> None:
    assert_failure(gym.client.ack(gym.client.emit_raw(body)))
    gym.new("coach")


@pytest.mark.parametrize("body", NAMELESS, ids=ascii)
def test_an_event_without_a_name(body: str, gym: Gym) -> None:
    assert_failure(gym.client.ack(gym.client.emit_raw(body)))
    gym.new("coach")


@pytest.mark.parametrize("body", NO_EVENTS, ids=ascii)
def test_what_is_no_event_is_answered_or_ends_the_connection(body: str, gym: Gym, connect: Connect) -> None:
    client = connect()
    client.welcome()
    number = client.emit_raw(body)
    try:
        assert_failure(client.ack(number))
    except ConnectionClosed:
        pass
    gym.new("coach")


@pytest.mark.parametrize("depth", [50, 500, 5_000, 40_000])
def test_deep_nesting(depth: int, gym: Gym) -> None:
    for body in (f'["new_coach",{"[" * depth}{"]" * depth}]', f'["new_coach",{"[" * depth}', "[" * depth):
        assert_failure(gym.client.ack(gym.client.emit_raw(body)))
    nested = f'{{"name":{"[" * depth}{"]" * depth}}}'
    assert_failure(gym.client.ack(gym.client.emit_raw(f'["new_coach",{nested}]')))
    gym.new("coach")


def _asked(server: Server) -> list[str]:
    """Every event that clients may emit, by /asyncapi.json."""
    messages = json.loads(ask(server, "/asyncapi.json")[2])["channels"]["gym"]["messages"]
    return [name.removesuffix(".request") for name in messages if name.endswith(".request")]


def _nested(levels: int) -> Raw:
    return Raw("[" * levels + "]" * levels)


# An event is one level by itself. Beyond some 250 the server's own encoder gives up, beyond 1,024 its decoder.
@pytest.mark.parametrize("levels", [100, 300, 996])
def test_what_is_nested_too_deep_is_refused_whatever_the_event(levels: int, gym: Gym, target: Server) -> None:
    """Also where a digest is made of it, or an error names it. An event that uses up a right says nothing of rights."""
    nested = _nested(levels)
    for event in _asked(target):
        for data, opts in (
            (nested, {"op": str(uuid.uuid4())}),
            ({"id": nested, "coach": {"id": nested}, "coach_id": nested}, {"op": str(uuid.uuid4())}),
            ({"id": 1}, {"op": nested}),
            ({"epoch": nested, "seq": nested}, {"base": nested}),
        ):
            ack = gym.client.call(event, data, opts)
            if event == "login":
                assert (ack.pop("user"), ack.pop("token")) == (None, None)
            assert_failure(ack, extended=True)
            assert ack["meta"]["code"] == "invalid", (event, ack)
            assert "nested too deep" in ack["errors"]["errors"], (event, ack)


def test_what_is_nested_as_deep_as_allowed_is_looked_at(gym: Gym, target: Server) -> None:
    for event in _asked(target):
        ack = gym.client.call(event, {"id": _nested(96), "seq": _nested(96)}, {"op": str(uuid.uuid4())})
        assert ack["meta"].get("code") not in ("internal", "unavailable"), (event, ack)


@pytest.mark.parametrize("name", NAMES)
def test_requests_without_an_ack_id_work_and_get_none(name: str, gym: Gym, observers: Observers) -> None:
    payload = gym.payload(name)
    gym.client.tell(f"new_{name}", payload)
    gym.client.tell(f"new_{name}", {})
    gym.client.tell("no_such_event")
    gym.client.round_trip()
    acks = [packet for packet in gym.client.received if isinstance(packet, Ack)]
    assert acks[-1].id == len(acks)
    observers.wait_until_published("coach" if name != "coach" else "exercise_move")
    channel = {"coach": "coaches"}.get(name, f"{name}s")
    assert len(observers.plain.replica.arrays[channel]) == 1


def test_ack_ids_need_not_count(gym: Gym) -> None:
    """A client may number its requests as it likes, from 0 and with gaps."""
    for number in (0, 5, 3, 999_999_999_999):
        gym.client.request(number, f'42{number}["no_such_event"]')
        assert_failure(gym.client.ack(number))


def test_the_same_ack_id_again_is_another_request(gym: Gym) -> None:
    for _ in range(3):
        gym.client.request(7, '427["no_such_event"]')
        gym.client.ack(7)


def test_a_duplicate_key_is_one_key(gym: Gym) -> None:
    """The last one counts, as in every JSON parser of a browser."""
    coach = gym.new("coach")
    number = gym.client.emit_raw(f'["update_coach",{{"id":{coach["id"]},"name":"First","name":"Last"}}]')
    assert gym.client.ack(number)["data"]["name"] == "Last"


def test_numbers_that_are_none(gym: Gym, observers: Observers) -> None:
    with observers.sends():
        for text in ("NaN", "Infinity", "-Infinity", "1e400", "-1e400", "1e309"):
            assert_failure(gym.client.call("new_coach", gym.payload("coach", age=Raw(text))))
            assert_failure(gym.client.call("new_coach", {**gym.payload("coach"), "hack": Raw(text)}))
            assert_failure(gym.client.call("delete_coach", {"id": Raw(text)}))
