"""A time of day in all the forms that clients write, in the one form that is sent."""

import pytest

from tests.support.catalogue import DAYS
from tests.support.gym import Gym
from tests.support.observers import Observers

FORMS = {
    "900": (900, "900", "0900", "09:00", " 09:00 "),
    "915": (915, "915", "0915", "09:15"),
    "1000": (1000, "1000", "10:00"),
    "1730": (1730, "1730", "17:30"),
    "2359": (2359, "2359", "23:59"),
}
MIDNIGHT = (0, "0000", "00:00")
HALF_PAST_MIDNIGHT = ("0030", "00:30")


@pytest.mark.parametrize("hour", FORMS)
def test_every_form_is_sent_as_one(hour: str, gym: Gym) -> None:
    schedule = gym.new("schedule")
    for form in FORMS[hour]:
        assert gym.new("schedule", **{**_references(schedule), "hour": form})["hour"] == hour
        assert gym.update("schedule", id=schedule["id"], hour=form)["hour"] == hour


@pytest.mark.parametrize("forms", [MIDNIGHT, HALF_PAST_MIDNIGHT])
def test_the_first_hour_of_the_day_has_one_form_too(forms: tuple[int | str, ...], gym: Gym) -> None:
    schedule = gym.new("schedule")
    assert len({gym.update("schedule", id=schedule["id"], hour=form)["hour"] for form in forms}) == 1


def test_the_same_hour_in_another_form_is_no_change(gym: Gym, observers: Observers) -> None:
    schedule = gym.new("schedule", hour="900")
    with observers.sends():
        assert gym.update("schedule", id=schedule["id"], hour="09:00") == schedule


@pytest.mark.parametrize("day", DAYS)
def test_every_day(day: str, gym: Gym) -> None:
    assert gym.new("schedule", day=day)["day"] == day


def _references(schedule: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    return {key: {"id": schedule[key]["id"]} for key in ("coach", "workout_plan")}
