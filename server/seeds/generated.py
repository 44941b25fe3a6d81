"""A gym of any size: the demo gym's records first, then ones generated from it, the same in each run."""

import random
from collections.abc import Mapping

from server.seeds import gym
from server.seeds.gym import Coach, Gym, Move, Plan, Planned, Slot
from server.values.week import DAYS

_STRENGTH = ("Legs", "Hamstrings", "Glutes", "Chest", "Back", "Shoulders", "Arms")
_MOVES_OF_A_PLAN = 6
# Full hours first; a coach with more classes than a week has full hours gets the half hours, then the quarters.
_HOURS = range(6, 22)
_MINUTES = (0, 30, 15, 45)
_LENGTHS = (60, 45, 30)
_FULL_HOURS = len(DAYS) * len(_HOURS)
# No common divisor with the number of full hours, nor a multiple of 7: one coach's classes lie all over the week.
_STRIDE = 45
_COACH_STRIDE = 5


def of_size(sizes: Mapping[str, int]) -> Gym:
    """One with so many `coaches`, `moves`, `plans` and `schedules`; as many as the demo gym has, if not given."""
    demo = gym.demo()
    coaches = _coaches(sizes.get("coaches", len(demo.coaches)), demo.coaches)
    moves = _moves(sizes.get("moves", len(demo.moves)), demo.moves)
    plans = _plans(sizes.get("plans", len(demo.plans)), demo, moves)
    week = _week(sizes.get("schedules", len(demo.week)), len(coaches), len(plans))
    return Gym(coaches, moves, plans, week)


def _coaches(count: int, known: list[Coach]) -> list[Coach]:
    """No username comes twice."""
    # The two lists' lengths have no common divisor: going round both at once, no name comes twice in their product.
    first_names, last_names = gym.data()["first_names"], gym.data()["last_names"]
    coaches = known[:count]
    for number in range(count - len(coaches)):
        first, last = first_names[number % len(first_names)], last_names[number % len(last_names)]
        again = number // (len(first_names) * len(last_names))
        username = f"{first}.{last}".lower() + (str(again + 1) if again else "")
        coaches.append(Coach(f"{first} {last}", 19 + number * 7 % 46, username))
    return coaches


def _moves(count: int, known: list[Move]) -> list[Move]:
    """Variations of strength moves after the known ones."""
    variations = gym.data()["variations"]
    strength = [move for move in known if move.focus in _STRENGTH]
    moves = known[:count]
    for number in range(count - len(moves)):
        move = strength[number % len(strength)]
        again, index = divmod(number // len(strength), len(variations))
        name = f"{variations[index]['prefix']} {move.name}" + (f" {again + 1}" if again else "")
        moves.append(Move(name, move.focus, f"{variations[index]['change']} {move.description}"))
    return moves


def _plans(count: int, demo: Gym, moves: list[Move]) -> list[Plan]:
    """Plans of six moves each, or of all moves if there are fewer.

    The first ones keep as much of the demo gym's plans as they can; later weeks of a plan train the same with other
    moves.
    """
    chance = random.Random(1)
    names = [move.name for move in moves]
    known = set(names)
    focus = {move.name: move.focus for move in demo.moves}
    foci = [{focus[move.name] for move in plan.moves} for plan in demo.plans]
    pools = [[move.name for move in moves if move.focus in trained] for trained in foci]
    plans = []
    for number in range(count):
        week, index = divmod(number, len(demo.plans))
        plan, pool = demo.plans[index], pools[index]
        chosen = [] if week else [move.name for move in plan.moves if move.name in known]
        chosen += chance.sample(pool, min(_MOVES_OF_A_PLAN, len(pool)))
        chosen += chance.sample(names, min(2 * _MOVES_OF_A_PLAN, len(names)))
        distinct = tuple(dict.fromkeys(chosen))[:_MOVES_OF_A_PLAN]
        # What is to be done there stays, whichever move it is done with.
        moves_of_plan = tuple(
            Planned(name, *plan.moves[place % len(plan.moves)][1:4]) for place, name in enumerate(distinct)
        )
        plans.append(plan._replace(name=plan.name + (f", week {week + 1}" if week else ""), moves=moves_of_plan))
    return plans


def _week(count: int, coaches: int, plans: int) -> list[Slot]:
    """Classes spread evenly over coaches and plans, of up to an hour, each coach's in a room of his or her own.

    A coach with up to 112 classes has no two at once, and with up to 448 no two at the same day and hour.
    """
    slots = []
    for number in range(count):
        nth, coach = divmod(number, coaches)
        finer, coarse = divmod(nth, _FULL_HOURS)
        hour, day = divmod((coarse * _STRIDE + coach * _COACH_STRIDE) % _FULL_HOURS, len(DAYS))
        minute = _MINUTES[finer % len(_MINUTES)]
        length = _LENGTHS[number % len(_LENGTHS)]
        slots.append(
            Slot(DAYS[day], f"{_HOURS[hour]}{minute:02}", number % plans, coach, length, f"Studio {coach + 1}", 12)
        )
    return slots
