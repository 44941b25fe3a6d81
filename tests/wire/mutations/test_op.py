"""`op` names a request: however often it arrives, it is done once and answered the same."""

import uuid
from contextlib import closing
from typing import Any

import pytest

from tests.support.acks import assert_failure, assert_success
from tests.support.catalogue import NAMES, RESOURCES
from tests.support.gym import Gym
from tests.support.observers import Observers
from tests.support.server import Server
from tests.support.socketio_client import PASSWORD, Client
from tests.wire.conftest import Connect, Follow

BAD_OPS: tuple[Any, ...] = (
    "", " ", "op", 5, 0, True, [], {}, 1.5, "x" * 50_000, "\0", "12345678-1234-1234-1234-12345678901",
    "g2345678-1234-1234-1234-123456789012", "' or 1=1",
)  # fmt: skip
BAD_OPTS: tuple[Any, ...] = ("text", 5, True, [], [{}], 1.5, "")


def _op() -> dict[str, str]:
    return {"op": str(uuid.uuid4())}


def _request(gym: Gym, verb: str, name: str) -> tuple[str, Any]:
    if verb == "new":
        return f"new_{name}", gym.payload(name)
    record = gym.new(name)
    if verb == "delete":
        return f"delete_{name}", {"id": record["id"]}
    return f"update_{name}", {"id": record["id"], **({"day": "Sunday"} if name == "schedule" else {"name": "Renamed"})}


def _assert_replay(first: dict[str, Any], again: dict[str, Any]) -> None:
    assert_success(again, extended=True)
    assert again["meta"].pop("replayed") is True
    assert not first["meta"].get("replayed")
    first["meta"].pop("replayed", None)
    assert again == first


@pytest.mark.parametrize("verb", ["new", "update", "delete"])
@pytest.mark.parametrize("name", NAMES)
def test_a_retry_is_answered_again_and_done_once(
    verb: str, name: str, gym: Gym, observers: Observers, connect: Connect
) -> None:
    event, data = _request(gym, verb, name)
    opts = _op()
    first = gym.client.call(event, data, opts)
    assert_success(first, extended=True)
    with observers.sends():
        _assert_replay(first, gym.client.call(event, data, opts))
        _assert_replay(first, connect().call(event, data, opts))


def test_a_retry_after_other_writes_still_gets_the_first_ack(gym: Gym, observers: Observers) -> None:
    coach = gym.new("coach")
    opts = _op()
    first = gym.client.call("update_coach", {"id": coach["id"], "name": "First"}, opts)
    gym.update("coach", id=coach["id"], name="Second")
    with observers.sends():
        _assert_replay(first, gym.client.call("update_coach", {"id": coach["id"], "name": "First"}, opts))
    assert gym.update("coach", id=coach["id"])["name"] == "Second"


def test_a_retry_after_a_kill(own_server: Server, gym: Gym) -> None:
    payload, opts = gym.payload("coach"), _op()
    first = gym.client.call("new_coach", payload, opts)
    own_server.restart()
    with closing(Client(own_server.port)) as client:
        assert client.welcome()[1]["coaches"] == [first["data"]]
        _assert_replay(first, client.call("new_coach", payload, opts))
    with closing(Client(own_server.port)) as fresh:
        assert fresh.welcome()[1]["coaches"] == [first["data"]]


def test_retries_on_many_sockets_at_once(gym: Gym, connect: Connect, observers: Observers) -> None:
    clients = [connect() for _ in range(6)]
    payload, opts = gym.payload("coach"), _op()
    numbers = [client.emit("new_coach", payload, opts) for client in clients]
    acks = [client.ack(number) for client, number in zip(clients, numbers, strict=True)]
    assert len({ack["data"]["id"] for ack in acks}) == 1
    assert sum(not ack["meta"].get("replayed") for ack in acks) == 1
    observers.wait_until_published()
    assert observers.plain.replica.arrays["coaches"] == [acks[0]["data"]]


def test_retries_pipelined_on_one_socket(gym: Gym) -> None:
    payload, opts = gym.payload("coach"), _op()
    acks = gym.client.pipeline([("new_coach", payload, opts)] * 5)
    assert {ack["data"]["id"] for ack in acks} == {acks[0]["data"]["id"]}
    assert [bool(ack["meta"].get("replayed")) for ack in acks] == [False, True, True, True, True]


def test_another_payload_under_the_same_op(gym: Gym, observers: Observers) -> None:
    payload, opts = gym.payload("coach"), _op()
    coach = gym.client.ok("new_coach", payload, opts)
    others = [
        ("new_coach", {**payload, "name": "Somebody else"}),
        ("new_exercise_move", gym.payload("exercise_move")),
        ("update_coach", {"id": coach["id"], "name": "Renamed"}),
        ("delete_coach", {"id": coach["id"]}),
    ]
    with observers.sends():
        for event, data in others:
            ack = gym.client.call(event, data, opts)
            assert_failure(ack, extended=True)
            assert ack["meta"]["code"] == "op_reused"


def test_a_request_that_failed_may_be_tried_again_under_its_op(gym: Gym) -> None:
    coach = gym.new("coach", username="taken", password=PASSWORD)
    payload, opts = gym.payload("coach", username="taken"), _op()
    gym.client.fails("new_coach", payload, opts)
    gym.update("coach", id=coach["id"], username="free")
    ack = gym.client.call("new_coach", payload, opts)
    assert_success(ack, extended=True)
    assert not ack["meta"].get("replayed")


def test_a_request_that_changes_nothing_is_remembered_or_harmless(gym: Gym, observers: Observers) -> None:
    coach = gym.new("coach")
    opts = _op()
    with observers.sends():
        for _ in range(2):
            assert gym.client.ok("update_coach", {"id": coach["id"]}, opts) == coach


def test_the_op_comes_back_in_changes(gym: Gym, follow: Follow) -> None:
    follower = follow()
    opts = _op()
    coach = gym.client.ok("new_coach", gym.payload("coach"), opts)
    follower.read_until(lambda replica: coach["id"] in replica.channels["coaches"], "the coach")
    (change,) = [
        change for event in follower.client.take() if event.name == "changes" for change in event.args[0]["changes"]
    ]
    assert change["op"] == opts["op"]


@pytest.mark.parametrize("op", BAD_OPS, ids=lambda op: ascii(op)[:20])
def test_an_op_that_is_no_uuid(op: Any, gym: Gym, observers: Observers) -> None:
    with observers.sends():
        ack = gym.client.call("new_coach", gym.payload("coach"), {"op": op})
    assert_failure(ack, extended=True)
    assert ack["meta"]["code"] == "invalid"


@pytest.mark.parametrize("opts", BAD_OPTS, ids=ascii)
def test_opts_that_are_no_object(opts: Any, gym: Gym, observers: Observers) -> None:
    with observers.sends():
        ack = gym.client.call("new_coach", gym.payload("coach"), opts)
    assert_failure(ack, extended=None)


@pytest.mark.parametrize("name", NAMES)
def test_empty_opts_add_meta_and_nothing_else(name: str, gym: Gym) -> None:
    ack = gym.client.call(f"new_{name}", gym.payload(name), {})
    assert_success(ack, extended=True)
    ack = gym.client.call(f"new_{name}", {}, {})
    assert_failure(ack, extended=True)
    assert ack["meta"]["code"] == "invalid"


def test_codes(gym: Gym) -> None:
    schedule = gym.new("schedule")
    for event, data, code in (
        ("update_coach", {"id": 999_999_999}, "not_found"),
        ("delete_coach", {"id": 999_999_999}, "not_found"),
        ("delete_coach", {"id": schedule["coach"]["id"]}, "in_use"),
        ("no_such_event", {}, "unknown_event"),
        ("new_coach", {"name": "", "age": 30}, "invalid"),
    ):
        ack = gym.client.call(event, data, {})
        assert_failure(ack, extended=True)
        assert ack["meta"]["code"] == code, ack


def test_two_classes_of_one_coach_at_one_hour_are_flagged(gym: Gym) -> None:
    first = gym.new("schedule")
    again = {key: first[key] for key in ("day", "hour", "coach", "workout_plan")}
    ack = gym.client.call("new_schedule", again, {})
    assert_success(ack, extended=True)
    assert ack["meta"]["warnings"], "a gym sometimes means it, but a person should be told"
    assert all(isinstance(warning, str) for warning in ack["meta"]["warnings"])
    other = gym.client.call("new_schedule", {**again, "hour": "1000"}, {})
    assert not other["meta"].get("warnings")


def test_payloads_of_all_resources_are_told_apart(gym: Gym) -> None:
    """The same JSON under another event is another request."""
    opts = _op()
    plan = gym.new("workout_plan")
    gym.client.ok("delete_workout_plan", {"id": plan["id"]}, opts)
    for name in NAMES:
        if name != "workout_plan":
            ack = gym.client.call(f"delete_{name}", {"id": plan["id"]}, opts)
            assert ack["meta"]["code"] == "op_reused", RESOURCES[name].channel
