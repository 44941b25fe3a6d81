"""How long something takes, on a machine that has other things to do as well."""

import time
from collections.abc import Callable

TRIES = 5


def least(measure: Callable[[], float], bound: float, tries: int = TRIES) -> float:
    """The least of some measurements, and no more of them than it takes to get one below the bound.

    Other programs make a single one longer, and never shorter; what is slow by itself is so each time.
    """
    smallest = measure()
    for _ in range(tries - 1):
        if smallest < bound:
            break
        smallest = min(smallest, measure())
    return smallest


def seconds(act: Callable[[], object], clock: Callable[[], float] = time.monotonic) -> float:
    """How long it took, by that clock."""
    began = clock()
    act()
    return clock() - began
