"""What a scenario is made of: its pace, the lanes that it ran, and what was found."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from bench.load import Lane, Load

Say = Callable[[str], None]


@dataclass(frozen=True)
class Pace:
    """How long everything takes. Fewer rounds and seconds make noisier figures."""

    rounds: int = 5
    seconds: float = 2.5
    naive_rounds: int = 2
    storms: int = 3
    many_rows: int = 100_000
    visits: int = 1_000_000
    idle_clients: int = 1000
    hold: float = 6


QUICK = Pace(
    rounds=1, seconds=1.5, naive_rounds=1, storms=1, many_rows=20_000, visits=100_000, idle_clients=400, hold=2
)


@dataclass(frozen=True)
class Finding:
    """A figure, and the limit that an issue sets for it; none when it is there for information."""

    text: str
    value: float
    unit: str = "x"
    bound: Literal["at least", "at most", "more than"] | None = None
    limit: float = 0

    @property
    def met(self) -> bool | None:
        if self.bound is None:
            return None
        if self.bound == "at most":
            return self.value <= self.limit
        return self.value > self.limit if self.bound == "more than" else self.value >= self.limit


@dataclass
class Outcome:
    lanes: list[Lane] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


# Ten people at work while two hundred look on. Each goes on when all have seen the last write.
GYM = Load(audience="synced", subscribers=200, writers=10, wait_all=True)


def at_least(text: str, value: float, limit: float, unit: str = "x") -> Finding:
    return Finding(text, value, unit, "at least", limit)


def at_most(text: str, value: float, limit: float, unit: str = "x") -> Finding:
    return Finding(text, value, unit, "at most", limit)
