"""`check: true`: what would happen, and nothing happens."""

from typing import Any

import pytest

from tests.support.acks import assert_failure, assert_success
from tests.support.audit import between, wrote
from tests.support.catalogue import NAMES, RESOURCES
from tests.support.database import contents
from tests.support.gym import Gym
from tests.support.observers import Observers
from tests.support.published import MARKER
from tests.support.server import Server
from tests.support.socketio_client import NEW_PASSWORD, PASSWORD

CHECK = {"check": True}
OP = {"op": "0f8e2f64-5c1f-4a8e-9d53-6a4a3f0f9b77", "check": True}


@pytest.mark.parametrize("name", NAMES)
def test_each_write_is_answered_as_if_it_were_done(name: str, gym: Gym, observers: Observers, target: Server) -> None:
    logged, payload = target.log_size(), gym.payload(name)
    record = gym.new(name)
    with observers.sends():
        before = contents(target.database.url)
        new = _checked(gym, f"new_{name}", payload)
        echo = _checked(gym, f"update_{name}", record)
        gone = _checked(gym, f"delete_{name}", record)
        assert contents(target.database.url) == before
    assert new["id"] is None and echo == record and gone == record
    made = gym.new(name, **payload)
    assert made == new | {"id": made["id"]}
    new_one, channel = f"new_{name}", RESOURCES[name].channel
    audited = between(target, logged, wrote(new_one, channel, record), wrote(new_one, channel, made))
    assert [line["event"] for line in audited] == 2 * MARKER, "a check has no line in the audit"
    _checked(gym, f"new_{name}", payload)
    assert gym.new(name, **payload)["id"] == made["id"] + 1, "an id was used up"


def test_an_update_shows_what_it_would_be(gym: Gym, observers: Observers) -> None:
    coach = gym.new("coach")
    with observers.sends():
        assert _checked(gym, "update_coach", {"id": coach["id"], "name": " Other "}) == coach | {"name": "Other"}
    assert gym.update("coach", id=coach["id"]) == coach


def test_the_same_errors_and_warnings(gym: Gym, observers: Observers) -> None:
    schedule = gym.new("schedule")
    again = {key: schedule[key] for key in ("day", "hour", "coach", "workout_plan")}
    for event, data in (
        ("new_coach", {"name": "x", "hack": 1}),
        ("update_coach", {"id": 999_999_999, "name": "Nobody"}),
        ("delete_coach", schedule["coach"]),
        ("new_schedule", again | {"coach": {"id": 999_999_999}}),
        ("undo", {"seq": 999_999_999}),
    ):
        with observers.sends():
            checked, done = (gym.client.call(event, data, opts) for opts in (CHECK, {}))
        assert_failure(checked, extended=True)
        assert checked == done
    checked, done = (gym.client.call("new_schedule", again, opts) for opts in (CHECK, {}))
    assert checked["meta"] == {"warnings": done["meta"]["warnings"]}


def test_an_op_is_not_remembered(gym: Gym) -> None:
    payload = gym.payload("coach")
    first = gym.client.call("new_coach", payload, OP)
    second = gym.client.call("new_coach", payload, {"op": OP["op"]})
    assert first["data"]["id"] is None and "replayed" not in second["meta"] and second["data"]["id"]
    assert gym.client.call("new_coach", payload, OP)["meta"]["replayed"], "it would be the first answer again"


def test_a_password_and_an_account_stay(gym: Gym, observers: Observers, target: Server) -> None:
    coach = gym.new("coach", username="ada", password=PASSWORD)
    with observers.sends():
        before = contents(target.database.url)
        changed = {"id": coach["id"], "username": "grace", "password": NEW_PASSWORD}
        assert _checked(gym, "update_coach", changed)["username"] == "grace"
        other = _checked(gym, "new_coach", gym.payload("coach", username="other", password=PASSWORD))
        assert other["username"] == "other"
        assert "username" in gym.client.fails("new_coach", gym.payload("coach", username="ada"), CHECK)
        assert contents(target.database.url) == before


def test_an_undo_can_be_checked(gym: Gym, observers: Observers) -> None:
    coach = gym.new("coach")
    seq = gym.client.call("delete_coach", coach, {})["meta"]["seq"]
    with observers.sends():
        assert _checked(gym, "undo", {"seq": seq}) == coach
    gym.client.fails("update_coach", {"id": coach["id"]})


@pytest.mark.parametrize(
    ("opts", "field"),
    [
        ({"chek": True}, "chek"),
        ({"ops": None}, "ops"),
        ({"check": 1}, "check"),
        ({"check": "true"}, "check"),
        ({"": 1}, ""),
        ({"x" * 50_000: 1}, "x" * 80),
    ],
)
def test_what_is_no_option_is_an_error(opts: dict[str, Any], field: str, gym: Gym, observers: Observers) -> None:
    with observers.sends():
        assert field in gym.client.fails("new_coach", gym.payload("coach"), opts)


def _checked(gym: Gym, event: str, data: Any) -> Any:
    ack = gym.client.call(event, data, CHECK)
    assert_success(ack, extended=True)
    assert ack["meta"].keys() <= {"warnings"}
    return ack["data"]
