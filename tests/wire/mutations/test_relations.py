"""Records that others embed: which channels a change is sent on, and in which order a plan keeps its moves."""

import pytest

from tests.support.catalogue import NOT_PRESCRIBED
from tests.support.gym import Gym
from tests.support.observers import Observers


def test_a_coachs_new_name_changes_schedules(gym: Gym, observers: Observers) -> None:
    schedule = gym.new("schedule")
    with observers.sends("coaches", copies=["schedules"]):
        gym.update("coach", id=schedule["coach"]["id"], name="Renamed")
    assert observers.plain.replica.arrays["schedules"][0]["coach"]["name"] == "Renamed"


@pytest.mark.parametrize(
    ("field", "value"), [("age", 77), ("picture", "https://gym.example/new.png"), ("username", "me")]
)
def test_what_schedules_do_not_show_of_a_coach_does_not_change_them(
    field: str, value: object, gym: Gym, observers: Observers
) -> None:
    schedule = gym.new("schedule")
    with observers.sends("coaches"):
        gym.update("coach", id=schedule["coach"]["id"], **{field: value})


def test_the_name_of_a_coach_without_classes_changes_coaches_alone(gym: Gym, observers: Observers) -> None:
    gym.new("schedule")
    coach = gym.new("coach")
    with observers.sends("coaches"):
        gym.update("coach", id=coach["id"], name="Renamed")


@pytest.mark.parametrize("field", ["name", "difficulty"])
def test_what_schedules_show_of_a_plan_changes_them(field: str, gym: Gym, observers: Observers) -> None:
    schedule = gym.new("schedule")
    with observers.sends("workout_plans", copies=["schedules"]):
        gym.update("workout_plan", id=schedule["workout_plan"]["id"], **{field: "Renamed"})
    assert observers.plain.replica.arrays["schedules"][0]["workout_plan"][field] == "Renamed"


def test_what_schedules_do_not_show_of_a_plan_does_not_change_them(gym: Gym, observers: Observers) -> None:
    schedule = gym.new("schedule")
    move = gym.new("exercise_move")
    plan = schedule["workout_plan"]["id"]
    with observers.sends("workout_plans"):
        gym.update(
            "workout_plan", id=plan, description="Another description of it.", exercise_moves=[{"id": move["id"]}]
        )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Renamed"),
        ("focus", "Balance"),
        ("description", "Another way to do it."),
        ("video_link", "https://gym.example/new.mp4"),
    ],
)
def test_a_move_changes_every_plan_that_has_it(field: str, value: str, gym: Gym, observers: Observers) -> None:
    move = gym.new("exercise_move")
    plans = [gym.new("workout_plan", exercise_moves=[{"id": move["id"]}]) for _ in range(3)]
    gym.new("schedule", workout_plan={"id": plans[0]["id"]})
    with observers.sends("exercise_moves", copies=["workout_plans"]):
        gym.update("exercise_move", id=move["id"], **{field: value})
    shown = {plan["id"]: plan["exercise_moves"][0][field] for plan in observers.plain.replica.arrays["workout_plans"]}
    assert shown.items() >= {plan["id"]: value for plan in plans}.items()


def test_a_move_in_no_plan_changes_moves_alone(gym: Gym, observers: Observers) -> None:
    gym.new("workout_plan")
    move = gym.new("exercise_move")
    with observers.sends("exercise_moves"):
        gym.update("exercise_move", id=move["id"], name="Renamed")


def test_a_plan_keeps_the_order_of_its_moves(gym: Gym, observers: Observers) -> None:
    moves = [gym.new("exercise_move")["id"] for _ in range(5)]
    order = [moves[place] for place in (3, 0, 4, 1, 2)]
    plan = gym.new("workout_plan", exercise_moves=[{"id": move} for move in order])
    assert [move["id"] for move in plan["exercise_moves"]] == order
    with observers.sends("workout_plans"):
        after = gym.update("workout_plan", id=plan["id"], exercise_moves=[{"id": move} for move in order[::-1]])
    assert [move["id"] for move in after["exercise_moves"]] == order[::-1]
    assert observers.plain.replica.arrays["workout_plans"] == [after]


def test_moves_given_as_whole_records_are_read_by_their_ids(gym: Gym, observers: Observers) -> None:
    """Other keys of each element are ignored: a picker sends what it shows, however old that is."""
    moves = [gym.new("exercise_move") for _ in range(2)]
    stale = [{**move, "name": "An old name", "chosen": True} for move in moves]
    payload = gym.payload("workout_plan", exercise_moves=stale)
    with observers.sends("workout_plans"):
        plan = gym.client.ok("new_workout_plan", payload)
    assert plan["exercise_moves"] == [{**move, **NOT_PRESCRIBED} for move in moves]


def test_a_nested_name_that_a_form_echoes_is_ignored(gym: Gym, observers: Observers) -> None:
    schedule = gym.new("schedule")
    echo = {**schedule, "day": "Sunday", "coach": {**schedule["coach"], "name": "An old name"}}
    with observers.sends("schedules"):
        after = gym.update("schedule", **echo)
    assert after == {**schedule, "day": "Sunday"}


@pytest.mark.parametrize("field", ["coach", "workout_plan"])
def test_a_reference_by_its_id_alone(field: str, gym: Gym) -> None:
    other = gym.new(field)
    schedule = gym.new("schedule", **{f"{field}_id": other["id"]})
    assert schedule[field]["id"] == other["id"]
    another = gym.new(field)
    assert (
        gym.update("schedule", id=schedule["id"], **{f"{field}_id": str(another["id"])})[field]["id"] == another["id"]
    )


@pytest.mark.parametrize("field", ["coach", "workout_plan"])
def test_a_reference_whose_id_is_a_string(field: str, gym: Gym) -> None:
    other = gym.new(field)
    assert gym.new("schedule", **{field: {"id": str(other["id"])}})[field]["id"] == other["id"]


def test_a_list_of_references_whose_ids_are_strings(gym: Gym) -> None:
    move = gym.new("exercise_move")
    plan = gym.new("workout_plan", exercise_moves=[{"id": str(move["id"])}])
    assert plan["exercise_moves"] == [{**move, **NOT_PRESCRIBED}]


def test_a_schedule_moves_to_another_coach_and_both_can_be_told_apart(gym: Gym) -> None:
    schedule, other = gym.new("schedule"), gym.new("coach")
    former = schedule["coach"]["id"]
    gym.update("schedule", id=schedule["id"], coach={"id": other["id"]})
    gym.delete("coach", former)
    gym.client.fails("delete_coach", other)
