"""The demo gym looks real, and has as much of everything as a gym."""

import re
from collections import Counter

import pytest

from tests.seeds.seeding import arrays_of
from tests.support.consistency import Arrays, assert_consistent
from tests.support.server import Server


@pytest.fixture(scope="module")
def gym(seeded: Server) -> Arrays:
    """The four arrays of the seeded gym."""
    return arrays_of(seeded)


def test_as_much_as_a_gym_has(gym: Arrays) -> None:
    assert_consistent(gym)
    assert len(gym["coaches"]) >= 8
    assert len(gym["exercise_moves"]) >= 30
    assert len(gym["workout_plans"]) >= 10
    assert len(gym["schedules"]) >= 40


def test_coaches_have_ages_and_usernames(gym: Arrays) -> None:
    for coach in gym["coaches"]:
        assert " " in coach["name"], f"a first and a last name: {coach}"
        assert coach["age"]
        assert coach["username"]


def test_moves_differ_and_are_described(gym: Arrays) -> None:
    moves = gym["exercise_moves"]
    for field in ("name", "description"):
        assert len({move[field] for move in moves}) == len(moves)
    assert len({move["focus"] for move in moves}) >= 5
    assert all(len(move["description"].split()) >= 6 for move in moves)


def test_plans_have_three_to_eight_moves_each_once(gym: Arrays) -> None:
    assert len({plan["name"] for plan in gym["workout_plans"]}) == len(gym["workout_plans"])
    assert len({plan["difficulty"] for plan in gym["workout_plans"]}) >= 3
    for plan in gym["workout_plans"]:
        ids = [move["id"] for move in plan["exercise_moves"]]
        assert 3 <= len(ids) <= 8
        assert len(set(ids)) == len(ids)


def test_a_week_without_two_classes_of_one_coach_at_once(gym: Arrays) -> None:
    slots = Counter((row["day"], row["hour"], row["coach"]["id"]) for row in gym["schedules"])
    assert set(slots.values()) == {1}
    assert len({row["day"] for row in gym["schedules"]}) >= 6
    assert {row["coach"]["id"] for row in gym["schedules"]} == {coach["id"] for coach in gym["coaches"]}
    assert len({row["workout_plan"]["id"] for row in gym["schedules"]}) == len(gym["workout_plans"])


def test_nothing_reads_like_filler(gym: Arrays) -> None:
    words = set(re.findall(r"\w+", repr(gym).lower()))
    assert not words & {"lorem", "ipsum", "foo", "test", "todo", "asdf", "xxx", "placeholder", "example"}
