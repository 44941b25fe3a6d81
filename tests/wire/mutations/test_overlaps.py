"""Classes that overlap in time, of one coach or in one room: saved all the same, and named in `meta.warnings`."""

from typing import Any

import pytest

from tests.support.catalogue import DAYS
from tests.support.gym import Gym, Record


@pytest.fixture
def teaches(gym: Gym) -> Any:
    """`teaches(day, hour, minutes)`: the warnings at a new class of one coach."""
    coach, plan = gym.new("coach", name="Maya Lindqvist"), gym.new("workout_plan", name="Push Day")

    def save(day: str, hour: str, minutes: int = 60, **opts: Any) -> list[str]:
        slot = {"day": day, "hour": hour, "minutes": minutes, "coach": coach, "workout_plan": plan}
        return _warnings(gym, "new_schedule", slot, **opts)

    return save


def _warnings(gym: Gym, event: str, data: Record, **opts: Any) -> list[str]:
    ack = gym.client.call(event, data, opts)
    assert ack["ok"], ack
    lines: list[str] = ack["meta"].get("warnings", [])
    return lines


@pytest.mark.parametrize(
    ("day", "hour", "minutes", "meets"),
    [
        ("Monday", "900", 60, True),
        ("Monday", "959", 5, True),
        ("Monday", "1000", 60, False),
        ("Monday", "800", 60, False),
        ("Monday", "800", 61, True),
        ("Monday", "105", 480, True),
        ("Monday", "100", 480, False),
        ("Monday", "930", 5, True),
        ("Monday", "845", 480, True),
        ("Tuesday", "900", 60, False),
        ("Sunday", "900", 60, False),
    ],
)
def test_what_meets_a_class_from_nine_to_ten(day: str, hour: str, minutes: int, meets: bool, teaches: Any) -> None:
    assert teaches("Monday", "900") == []
    told = ["Maya Lindqvist teaches Push Day on Monday from 09:00 to 10:00."] if meets else []
    assert teaches(day, hour, minutes) == told


@pytest.mark.parametrize("place", range(7))
def test_across_midnight_and_the_end_of_the_week(place: int, teaches: Any) -> None:
    """The longest class, seen from both days that it is on."""
    day, following = DAYS[place], DAYS[(place + 1) % 7]
    assert teaches(day, "2359", 480) == []
    late = [f"Maya Lindqvist teaches Push Day on {day} from 23:59 to 07:59."]
    for on, hour, minutes, told in (
        (following, "759", 60, []),
        (following, "758", 60, late),
        (following, "000", 5, late),
        (day, "2300", 59, []),
        (day, "2300", 60, late),
        (DAYS[place - 1], "2359", 480, []),
        (day, "758", 5, []),
    ):
        assert teaches(on, hour, minutes, check=True) == told, (on, hour)
    assert teaches(following, "758", 60) == late
    early = [f"Maya Lindqvist teaches Push Day on {following} from 07:58 to 08:58."]
    assert teaches(following, "757", 5, check=True) == [*late, *early]


def test_a_room_is_taken_by_others_too(gym: Gym) -> None:
    plan = gym.new("workout_plan", name="Push Day")
    first = gym.new("schedule", day="Friday", hour="1730", minutes=45, room="Studio 2", workout_plan=plan)
    for room, meets in (("Studio 2", True), (" Studio 2 ", True), ("Studio 1", False), ("", False)):
        other = gym.payload("schedule", day="Friday", hour="1800", minutes=15, room=room)
        lines = _warnings(gym, "new_schedule", other, check=True)
        assert lines == (["Studio 2 has Push Day on Friday from 17:30 to 18:15."] if meets else [])
    gym.new("schedule", day="Friday", hour="1800", room="")
    nowhere = gym.payload("schedule", day="Friday", hour="1800", room="")
    assert _warnings(gym, "new_schedule", nowhere) == [], "classes without a room share none"
    assert _warnings(gym, "update_schedule", {**first, "minutes": 46}) == [], "it does not meet itself"


def test_a_coach_and_a_room_at_once(gym: Gym) -> None:
    first = gym.new("schedule")
    lines = _warnings(gym, "new_schedule", {key: value for key, value in first.items() if key != "id"})
    assert [line.split(" on ")[0] for line in lines] == [
        f"{first['coach']['name']} teaches {first['workout_plan']['name']}",
        f"{first['room']} has {first['workout_plan']['name']}",
    ]


def test_an_edit_of_another_field_is_warned_too_and_one_that_ends_it_is_not(gym: Gym) -> None:
    first = gym.new("schedule", minutes=60)
    second = gym.new("schedule", minutes=60, coach=first["coach"], hour="930")
    assert _warnings(gym, "update_schedule", {"id": second["id"], "capacity": 3})
    assert _warnings(gym, "update_schedule", {"id": first["id"], "minutes": 30}) == []
    assert _warnings(gym, "update_schedule", {"id": first["id"], "minutes": 31}, check=True)
    assert _warnings(gym, "delete_schedule", {"id": first["id"]}) == []


def test_many_are_not_all_named(gym: Gym) -> None:
    first = gym.new("schedule")
    slot = {key: value for key, value in first.items() if key not in ("id", "room")}
    found = [_warnings(gym, "new_schedule", slot) for _ in range(5)]
    assert [len(lines) for lines in found] == [1, 2, 3, 4, 4]
    assert found[-1][-1] == f"{first['coach']['name']} teaches more classes at that time."


def test_those_of_the_same_batch_count(gym: Gym) -> None:
    one, other = gym.payload("schedule", room="Studio 2"), gym.payload("schedule", room="Studio 2", hour="915")
    writes = [{"event": "new_schedule", "data": data} for data in (one, other)]
    ack = gym.client.call("batch", {"writes": writes}, {"check": True})
    assert [line.split(": Studio 2 has ")[0] for line in ack["meta"]["warnings"]] == [
        "Write 1 (new schedule)",
        "Write 2 (new schedule)",
    ]
