"""`new_*` of every resource."""

import pytest

from tests.support.catalogue import NAMES, RESOURCES, Text, Url, Username, assert_record
from tests.support.gym import Gym
from tests.support.observers import Observers
from tests.wire.conftest import Connect

EVENTS = [(name, f"new_{name}") for name in NAMES] + [("exercise_move", "new_exercise_moves")]
OPTIONAL = [
    (resource.name, name)
    for resource in RESOURCES.values()
    for name, field in resource.fields.items()
    if isinstance(field, Text | Url | Username) and not field.required
]


@pytest.mark.parametrize(("name", "event"), EVENTS)
def test_the_ack_holds_the_new_record(name: str, event: str, gym: Gym, observers: Observers) -> None:
    payload = gym.payload(name)
    with observers.sends(RESOURCES[name].channel):
        record = gym.client.ok(event, payload)
    assert_record(RESOURCES[name], record)
    for key, sent in payload.items():
        if isinstance(sent, dict):
            assert record[key]["id"] == sent["id"]
        elif isinstance(sent, list):
            assert [element["id"] for element in record[key]] == [element["id"] for element in sent]
        else:
            assert record[key] == sent
    assert observers.plain.replica.arrays[RESOURCES[name].channel] == [record]


@pytest.mark.parametrize("name", NAMES)
def test_everybody_is_sent_the_array_the_actor_too(name: str, gym: Gym, connect: Connect) -> None:
    bystander = connect()
    bystander.welcome()
    payload = gym.payload(name)
    gym.client.take()
    bystander.take()
    record = gym.client.ok(f"new_{name}", payload)
    channel = RESOURCES[name].channel
    for client in (gym.client, bystander):
        while record not in client.next_event(channel).args[0]:
            pass


@pytest.mark.parametrize("name", NAMES)
def test_every_record_has_an_id_of_its_own(name: str, gym: Gym) -> None:
    payload = gym.payload(name)
    identifiers = [gym.client.ok(f"new_{name}", payload)["id"] for _ in range(4)]
    assert len(set(identifiers)) == 4
    assert identifiers == sorted(identifiers)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("blank", ["", None])
def test_a_blank_id_is_ignored(name: str, blank: str | None, gym: Gym) -> None:
    assert type(gym.new(name, id=blank)["id"]) is int


@pytest.mark.parametrize(("name", "field"), OPTIONAL)
@pytest.mark.parametrize("blank", ["", None])
def test_a_blank_optional_text_is_empty(name: str, field: str, blank: str | None, gym: Gym) -> None:
    assert gym.new(name, **{field: blank})[field] == ""


@pytest.mark.parametrize(("name", "field"), OPTIONAL)
def test_an_absent_optional_text_is_empty(name: str, field: str, gym: Gym) -> None:
    payload = gym.payload(name)
    payload.pop(field, None)
    assert gym.client.ok(f"new_{name}", payload)[field] == ""


def test_all_faults_are_told_at_once(gym: Gym, observers: Observers) -> None:
    with observers.sends():
        errors = gym.client.fails("new_coach", {"name": "x", "age": 5, "picture": "nonsense", "hack": 1})
    assert set(errors) == {"errors", "name", "age", "picture", "hack"}


def test_a_fault_in_a_list_names_its_place(gym: Gym, observers: Observers) -> None:
    good = {"id": gym.new("exercise_move")["id"]}
    payload = gym.payload("workout_plan", exercise_moves=[good, good, {"id": 999_999_999}])
    with observers.sends():
        errors = gym.client.fails("new_workout_plan", payload)
    assert list(errors["exercise_moves"]) == ["2"]
    assert errors["exercise_moves"]["2"]["id"]


def test_two_classes_of_one_coach_at_one_hour_are_allowed(gym: Gym) -> None:
    first = gym.new("schedule")
    again = {key: first[key] for key in ("day", "hour", "coach", "workout_plan")}
    assert gym.new("schedule", **again)["id"] != first["id"]
