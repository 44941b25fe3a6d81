"""The demo gym, from `gym.json`. An id is a place in its list, counted from 1."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple


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


class Plan(NamedTuple):
    """A workout plan; its moves by their names, in the plan's order."""

    name: str
    difficulty: str
    description: str
    moves: tuple[str, ...]


class Slot(NamedTuple):
    """A weekly class, its hour as records have it; plan and coach are indices of the gym's lists, from 0."""

    day: str
    hour: str
    plan: int
    coach: int


@dataclass(frozen=True)
class Gym:
    """What `tables.replace` writes. No coach of the demo gym leads two classes at once."""

    coaches: list[Coach]
    moves: list[Move]
    plans: list[Plan]
    week: list[Slot]

    def __str__(self) -> str:
        counts = f"{len(self.coaches):,} coaches, {len(self.moves):,} exercise moves, {len(self.plans):,} workout plans"
        return f"{counts}, {len(self.week):,} classes"


@cache
def data() -> dict[str, Any]:
    """All of `gym.json`: the demo gym, and the names and variations that larger ones are generated from."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("gym.json").read_text(encoding="utf-8"))
    return found


def demo() -> Gym:
    """The gym that looks real."""
    coaches = [Coach(**coach) for coach in data()["coaches"]]
    moves = [Move(**move) for move in data()["moves"]]
    plans = [Plan(**plan | {"moves": tuple(plan["moves"])}) for plan in data()["plans"]]
    coach_index = {coach.name: index for index, coach in enumerate(coaches)}
    plan_index = {plan.name: index for index, plan in enumerate(plans)}
    week = [
        Slot(day, one["hour"], plan_index[one["plan"]], coach_index[one["coach"]])
        for day, classes in data()["week"].items()
        for one in classes
    ]
    return Gym(coaches, moves, plans, week)
