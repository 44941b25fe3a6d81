"""The demo gym looks real, and has as much of everything as a gym."""

import re
from collections import Counter
from contextlib import closing
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from spotter import Replica

from server.resources.exceptions import flaws
from tests.seeds.seeding import arrays_of
from tests.support.catalogue import DAYS
from tests.support.consistency import Arrays, assert_consistent
from tests.support.server import Server
from tests.support.socketio_client import Client


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


def test_every_move_of_a_plan_says_what_is_to_be_done(gym: Arrays) -> None:
    moves = [move for plan in gym["workout_plans"] for move in plan["exercise_moves"]]
    assert all(move["sets"] and move["reps"] for move in moves)
    assert any(move["rest"] is None for move in moves) and any(move["notes"] for move in moves)


@pytest.mark.parametrize("who", ["coach", "room"])
def test_a_week_without_two_classes_of_one_coach_or_in_one_room_at_once(who: str, gym: Arrays) -> None:
    taken = Counter(
        (row[who]["id"] if who == "coach" else row[who], minute)
        for row in gym["schedules"]
        for minute in range(_minute(row), _minute(row) + row["minutes"])
    )
    assert set(taken.values()) == {1}


def _minute(row: dict[str, Any]) -> int:
    """Of the week."""
    return DAYS.index(row["day"]) * 1440 + int(row["hour"][:-2]) * 60 + int(row["hour"][-2:])


def test_classes_of_the_whole_week_differ(gym: Arrays) -> None:
    for field in ("minutes", "room", "capacity"):
        assert len({row[field] for row in gym["schedules"]}) >= 3
    assert len({row["day"] for row in gym["schedules"]}) >= 6
    assert {row["coach"]["id"] for row in gym["schedules"]} == {coach["id"] for coach in gym["coaches"]}
    assert len({row["workout_plan"]["id"] for row in gym["schedules"]}) == len(gym["workout_plans"])


def test_nothing_reads_like_filler(gym: Arrays) -> None:
    words = set(re.findall(r"\w+", repr(gym).lower()))
    assert not words & {"lorem", "ipsum", "foo", "test", "todo", "asdf", "xxx", "placeholder", "example"}


def test_dates_of_the_coming_weeks(seeded: Server) -> None:
    """Two classes, one of them cancelled and one given by another coach who is free then; and a day off."""
    seeded.start()
    with closing(Client(seeded.port)) as client:
        timezone = client.welcome()[0]["timezone"]
        snapshot = Replica()
        snapshot.take_sync(client.ok("sync", None))
    seeded.stop()
    assert_consistent(snapshot.arrays)
    given, cancelled, closed = snapshot.arrays["exceptions"]
    today = datetime.now(ZoneInfo(timezone)).date()
    for one, weeks in ((given, 0), (cancelled, 1), (closed, 2)):
        # The gym was seeded when the test began, perhaps yesterday.
        assert 7 * weeks <= (date.fromisoformat(one["date"]) - today).days <= 7 * (weeks + 1)
        assert one["note"] and not flaws(one)
    assert (given["cancelled"], cancelled["cancelled"], closed["schedule"]) == (False, True, None)
    [slot] = [row for row in snapshot.arrays["schedules"] if row["id"] == given["schedule"]["id"]]
    own = [row for row in snapshot.arrays["schedules"] if row["coach"]["id"] == given["coach"]["id"]]
    assert not [
        row
        for row in own
        if _minute(row) < _minute(slot) + slot["minutes"] and _minute(slot) < _minute(row) + row["minutes"]
    ]
