"""`delete_*` of every resource, and what must not be deleted."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.catalogue import NAMES, RESOURCES
from tests.support.gym import Gym, Record
from tests.support.observers import Observers

FORMS: dict[str, Callable[[Record], Any]] = {
    "the record": lambda record: record,
    "an object with the id": lambda record: {"id": record["id"]},
    "an object with the id as a string": lambda record: {"id": str(record["id"])},
    "the id": lambda record: record["id"],
    "the id as a string": lambda record: str(record["id"]),
}

# What is used, and what makes a user of it. The message names the user, so that a person knows where to look.
USES = [("coach", "schedule", "coach"), ("workout_plan", "schedule", "workout_plan")]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", FORMS)
def test_the_ack_holds_the_record_as_it_was(name: str, form: str, gym: Gym, observers: Observers) -> None:
    kept, record = gym.new(name), gym.new(name)
    with observers.sends(RESOURCES[name].channel):
        assert gym.delete(name, FORMS[form](record)) == record
    assert observers.plain.replica.arrays[RESOURCES[name].channel] == [kept]


@pytest.mark.parametrize("name", NAMES)
def test_it_can_be_deleted_once(name: str, gym: Gym, observers: Observers) -> None:
    record = gym.new(name)
    gym.delete(name, record)
    with observers.sends():
        gym.client.fails(f"delete_{name}", record)


@pytest.mark.parametrize("name", NAMES)
def test_a_stale_echo_deletes_what_is_there_now(name: str, gym: Gym) -> None:
    """The id decides: a form may hold a record that has changed since."""
    record = gym.new(name)
    field = "day" if name == "schedule" else "name"
    after = gym.update(name, id=record["id"], **{field: "Friday"})
    assert gym.delete(name, record) == after


@pytest.mark.parametrize(("name", "user", "field"), USES)
def test_what_a_schedule_uses_stays(name: str, user: str, field: str, gym: Gym, observers: Observers) -> None:
    record = gym.new(name)
    using = gym.new(user, day="Thursday", hour="1845", **{field: {"id": record["id"]}})
    with observers.sends():
        errors = gym.client.fails(f"delete_{name}", {"id": record["id"]})
    assert "Thursday" in errors["errors"] or "schedule" in errors["errors"] or "class" in errors["errors"]
    gym.delete(user, using)
    assert gym.delete(name, record) == record


def test_a_move_that_plans_use_stays_and_the_message_names_a_plan(gym: Gym, observers: Observers) -> None:
    move = gym.new("exercise_move")
    plan = gym.new("workout_plan", name="Heavy Tuesday", exercise_moves=[{"id": move["id"]}])
    with observers.sends():
        errors = gym.client.fails("delete_exercise_move", move)
    assert "Heavy Tuesday" in errors["errors"] or "plan" in errors["errors"]
    gym.update("workout_plan", id=plan["id"], exercise_moves=[{"id": gym.new("exercise_move")["id"]}])
    assert gym.delete("exercise_move", move) == move


def test_a_move_that_many_plans_use_is_told_in_one_line(gym: Gym) -> None:
    move = gym.new("exercise_move")
    for _ in range(30):
        gym.new("workout_plan", exercise_moves=[{"id": move["id"]}])
    gym.client.fails("delete_exercise_move", move)


def test_deleting_a_plan_leaves_its_moves(gym: Gym, observers: Observers) -> None:
    plan = gym.new("workout_plan")
    with observers.sends("workout_plans"):
        gym.delete("workout_plan", plan)
    left = {move["id"] for move in observers.plain.replica.arrays["exercise_moves"]}
    assert left == {move["id"] for move in plan["exercise_moves"]}


def test_a_new_record_does_not_take_the_id_of_a_deleted_one(gym: Gym) -> None:
    """A screen that still shows the old record would edit the new one."""
    for name in NAMES:
        payload = gym.payload(name)
        old = gym.client.ok(f"new_{name}", payload)
        gym.delete(name, old)
        assert gym.client.ok(f"new_{name}", payload)["id"] > old["id"]
