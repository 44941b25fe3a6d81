"""The demo gym, from `gym.json` and `moves.json`. An id is a place in its list, counted from 1."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from server.values.week import DAYS


class Coach(NamedTuple):
    """A coach, and the username that the coach signs in with."""

    name: str
    age: int
    username: str


class Move(NamedTuple):
    """An exercise move. No video: the descriptions are ours, films of them are not."""

    name: str
    focus: str
    description: str


class Planned(NamedTuple):
    """A move of a plan, by its name, and what is to be done there."""

    name: str
    sets: int | None = None
    reps: str = ""
    rest: int | None = None
    notes: str = ""


class Plan(NamedTuple):
    """A workout plan with its moves in order; and how long its classes are, where, for how many."""

    name: str
    difficulty: str
    description: str
    moves: tuple[Planned, ...]
    minutes: int
    room: str
    capacity: int


class Slot(NamedTuple):
    """A weekly class, its hour as records have it; plan and coach are indices of the gym's lists, from 0."""

    day: str
    hour: str
    plan: int
    coach: int
    minutes: int
    room: str
    capacity: int


class OnDate(NamedTuple):
    """What is different so many `weeks` after the next `day` that comes after today.

    The class of that day is given by `coach`, or cancelled without one; without a class the gym is closed. Class and
    coach are indices of the gym's lists, from 0.
    """

    day: str
    weeks: int
    slot: int | None
    coach: int | None
    note: str

    def date(self, today: date) -> date:
        """The date, if it is `today` now."""
        tomorrow = today + timedelta(1)
        return tomorrow + timedelta((DAYS.index(self.day) - tomorrow.weekday()) % 7, weeks=self.weeks)


@dataclass(frozen=True)
class Gym:
    """What `tables.replace` writes. No coach of the demo gym leads two classes at once, and none are in one room."""

    coaches: list[Coach]
    moves: list[Move]
    plans: list[Plan]
    week: list[Slot]
    dates: tuple[OnDate, ...] = ()

    def __str__(self) -> str:
        counts = f"{len(self.coaches):,} coaches, {len(self.moves):,} exercise moves, {len(self.plans):,} workout plans"
        return f"{counts}, {len(self.week):,} classes"


@cache
def data() -> dict[str, Any]:
    """All of `gym.json`: the demo gym, and the names and variations that larger ones are generated from."""
    found: dict[str, Any] = _read("gym.json")
    return found


def demo() -> Gym:
    """The gym that looks real."""
    coaches = [Coach(**coach) for coach in data()["coaches"]]
    # The page offers the first of them to each new gym.
    moves = [Move(**move) for move in [*_read("moves.json"), *data()["moves"]]]
    plans = [Plan(**plan | {"moves": tuple(Planned(**move) for move in plan["moves"])}) for plan in data()["plans"]]
    coach_index = {coach.name: index for index, coach in enumerate(coaches)}
    plan_index = {plan.name: index for index, plan in enumerate(plans)}
    week = [
        Slot(
            day, one["hour"], plan_index[one["plan"]], coach_index[one["coach"]], plan.minutes, plan.room, plan.capacity
        )
        for day, classes in data()["week"].items()
        for one in classes
        for plan in [plans[plan_index[one["plan"]]]]
    ]
    slot_index = {(slot.day, slot.hour): index for index, slot in enumerate(week)}
    dates = tuple(
        OnDate(
            one["day"],
            one["weeks"],
            slot_index[one["day"], one["hour"]] if one["hour"] else None,
            coach_index[one["coach"]] if one["coach"] else None,
            one["note"],
        )
        for one in data()["dates"]
    )
    return Gym(coaches, moves, plans, week, dates)


def _read(name: str) -> Any:
    return json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
