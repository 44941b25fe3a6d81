"""Forms that know only the fields that records had once: they lose none of those that came later."""

from typing import Any

import pytest

from tests.support.catalogue import PRESCRIPTION, without_own
from tests.support.gym import Gym
from tests.support.observers import Observers

LATER = ("minutes", "room", "capacity")
NOTHING = {"sets": None, "reps": "", "rest": None, "notes": ""}


def _plan(gym: Gym, *moves: dict[str, Any]) -> dict[str, Any]:
    return gym.new("workout_plan", exercise_moves=[{**move, **gym.prescription()} for move in moves])


def _ids(places: list[dict[str, Any]]) -> list[dict[str, int]]:
    return [{"id": place["id"]} for place in places]


def test_a_class_of_an_older_form(gym: Gym) -> None:
    payload = {key: value for key, value in gym.payload("schedule").items() if key not in LATER}
    slot = gym.new("schedule")
    older = gym.client.ok("new_schedule", payload)
    assert {key: older[key] for key in LATER} == {"minutes": 60, "room": "", "capacity": None}
    echo = {key: value for key, value in slot.items() if key not in LATER}
    assert gym.update("schedule", **{**echo, "hour": "1000"}) == {**slot, "hour": "1000"}


@pytest.mark.parametrize("blank", ["", " ", None])
def test_a_blank_length_is_an_hour_and_a_blank_capacity_none(blank: str | None, gym: Gym) -> None:
    slot = gym.new("schedule", minutes=blank, room=blank, capacity=blank)
    assert {key: slot[key] for key in LATER} == {"minutes": 60, "room": "", "capacity": None}
    other = gym.new("schedule")
    emptied = gym.update("schedule", id=other["id"], **dict.fromkeys(LATER, blank))
    assert {key: emptied[key] for key in LATER} == {"minutes": 60, "room": "", "capacity": None}


@pytest.mark.parametrize(("field", "values"), [("minutes", (5, 480, "90")), ("capacity", (1, 1000, "12"))])
def test_numbers_at_their_limits(field: str, values: tuple[int | str, ...], gym: Gym) -> None:
    slot = gym.new("schedule")
    for value in values:
        assert gym.update("schedule", id=slot["id"], **{field: value})[field] == int(value)


def test_a_plan_written_by_ids_alone_keeps_what_is_to_be_done(gym: Gym, observers: Observers) -> None:
    one, two, three = (gym.new("exercise_move") for _ in range(3))
    plan = _plan(gym, one, two, one)
    with observers.sends():
        assert gym.update("workout_plan", id=plan["id"], exercise_moves=_ids(plan["exercise_moves"])) == plan
    first, second, third = plan["exercise_moves"]
    after = gym.update("workout_plan", id=plan["id"], name="Other", exercise_moves=_ids([two, three, one, one, one]))
    assert after["exercise_moves"] == [second, three | NOTHING, first, third, one | NOTHING]


def test_a_plan_echoed_with_moves_as_they_were_once_keeps_it_too(gym: Gym) -> None:
    plan = _plan(gym, gym.new("exercise_move"), gym.new("exercise_move"))
    echo = {**plan, "difficulty": "Other", "exercise_moves": [without_own(move) for move in plan["exercise_moves"]]}
    assert gym.update("workout_plan", **echo) == {**plan, "difficulty": "Other"}


def test_a_place_that_says_one_of_them_says_them_all(gym: Gym) -> None:
    plan = _plan(gym, gym.new("exercise_move"))
    [place] = plan["exercise_moves"]
    for key, value in (("sets", "3"), ("reps", " AMRAP "), ("rest", 0), ("notes", "Slowly.")):
        after = gym.update("workout_plan", id=plan["id"], exercise_moves=[{"id": place["id"], key: value}])
        shown = int(value) if key in ("sets", "rest") else str(value).strip()
        assert after["exercise_moves"] == [without_own(place) | NOTHING | {key: shown}]
    emptied = gym.update("workout_plan", id=plan["id"], exercise_moves=[{"id": place["id"], "notes": None}])
    assert emptied["exercise_moves"] == [without_own(place) | NOTHING]


def test_a_plan_of_an_older_form_prescribes_nothing(gym: Gym) -> None:
    moves = [gym.new("exercise_move") for _ in range(2)]
    plan = gym.new("workout_plan", exercise_moves=_ids(moves))
    assert plan["exercise_moves"] == [move | NOTHING for move in moves]
    assert NOTHING.keys() == PRESCRIPTION.keys()
