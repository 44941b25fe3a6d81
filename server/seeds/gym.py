"""A whole gym, as lists: an id is a place in its list, counted from 1."""

from collections.abc import Mapping
from dataclasses import dataclass

from server.seeds import plans
from server.seeds import week
from server.seeds.coaches import COACHES
from server.seeds.coaches import Person
from server.seeds.coaches import coaches
from server.seeds.moves import MOVES
from server.seeds.moves import Move
from server.seeds.moves import moves
from server.seeds.plans import PLANS
from server.seeds.plans import Plan
from server.seeds.week import Slot


@dataclass(frozen=True)
class Gym:
    """What `tables.replace` writes."""

    coaches: list[Person]
    moves: list[Move]
    plans: list[Plan]
    week: list[Slot]

    def __str__(self) -> str:
        counts = f"{len(self.coaches):,} coaches, {len(self.moves):,} exercise moves, {len(self.plans):,} workout plans"
        return f"{counts}, {len(self.week):,} classes"


def real() -> Gym:
    """One that looks real."""
    timetable = week.week([coach.name for coach in COACHES], [plan.name for plan in PLANS])
    return Gym(list(COACHES), list(MOVES), list(PLANS), timetable)


def of_size(sizes: Mapping[str, int]) -> Gym:
    """One with so many `coaches`, `moves`, `plans` and `schedules`; as many as the real one has, if not given."""
    usual = real()
    people = coaches(sizes.get("coaches", len(usual.coaches)))
    known = moves(sizes.get("moves", len(usual.moves)))
    made = plans.made_up(sizes.get("plans", len(usual.plans)), known)
    classes = week.made_up(sizes.get("schedules", len(usual.week)), len(people), len(made))
    return Gym(people, known, made, classes)
