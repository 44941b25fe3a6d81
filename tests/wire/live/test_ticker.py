"""The ticker in this process: what clients cannot see, such as a task without listeners."""

import time
from collections.abc import Callable
from itertools import pairwise

import gevent
import pytest

from server.live import ticker as module
from server.live.ticker import Ticker

SECONDS = 0.02

Tasks = list[gevent.Greenlet]


@pytest.fixture
def tasks(monkeypatch: pytest.MonkeyPatch) -> Tasks:
    """The tasks that tickers have started."""
    started: Tasks = []

    def spawn(function: Callable[..., object]) -> gevent.Greenlet:
        started.append(gevent.spawn(function))
        return started[-1]

    monkeypatch.setattr(module, "spawn", spawn)
    return started


def running(tasks: Tasks) -> int:
    """How many of them run."""
    gevent.sleep(0)
    return sum(not task.ready() for task in tasks)


class Ticks(list[int]):
    """The indices of the ticks so far."""

    def __call__(self, index: int, moment: float) -> None:
        assert moment == index * SECONDS
        self.append(index)

    def wait(self, count: int) -> None:
        """Return when there are `count` more."""
        wanted = len(self) + count
        with gevent.Timeout(5):
            while len(self) < wanted:
                gevent.sleep(SECONDS / 4)


def test_a_hundred_at_the_same_instant_start_one_task(tasks: Tasks) -> None:
    ticks = Ticks()
    ticker = Ticker(ticks, SECONDS)
    gevent.joinall([gevent.spawn(ticker.join, str(number)) for number in range(100)])
    assert len(tasks) == 1
    ticks.wait(3)
    assert ticks == sorted(set(ticks))
    ticker.stop()


def test_the_task_ends_with_the_last_who_leaves_and_a_new_one_serves_who_comes_then(
    tasks: Tasks,
) -> None:
    ticks = Ticks()
    ticker = Ticker(ticks, SECONDS)
    ticker.join("a")
    ticker.join("b")
    ticker.leave("a")
    ticker.leave("a")
    ticker.leave("never joined")
    ticks.wait(1)
    assert running(tasks) == 1
    ticker.leave("b")
    assert running(tasks) == 0
    # Left and joined in the same moment: the old task must not run beside the new one.
    ticker.join("c")
    ticker.leave("c")
    ticker.join("d")
    assert running(tasks) == 1
    ticks.wait(3)
    assert ticks == sorted(set(ticks))
    ticker.stop()
    assert running(tasks) == 0


def test_a_task_that_could_not_be_started_is_started_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = Ticks()
    ticker = Ticker(ticks, SECONDS)
    monkeypatch.setattr(module, "spawn", None)
    with pytest.raises(TypeError):
        ticker.join("a")
    monkeypatch.undo()
    ticker.join("b")
    ticks.wait(1)
    ticker.stop()


def test_a_tick_that_fails_is_not_the_last() -> None:
    ticks = Ticks()

    def fail(index: int, moment: float) -> None:
        ticks(index, moment)
        raise RuntimeError("a broken tick")

    ticker = Ticker(fail, SECONDS)
    ticker.join("a")
    ticks.wait(3)
    ticker.stop()


def test_ticks_that_a_slow_one_overlapped_are_skipped_not_made_up_for() -> None:
    ticks = Ticks()

    def dawdle(index: int, moment: float) -> None:
        ticks(index, moment)
        gevent.sleep(2.5 * SECONDS)

    ticker = Ticker(dawdle, SECONDS)
    ticker.join("a")
    ticks.wait(4)
    ticker.stop()
    assert all(after - before >= 3 for before, after in pairwise(ticks))


@pytest.mark.parametrize(
    ("step", "why"), [(-SECONDS / 5, "a timer fired early"), (-3600.0, "set back"), (3600.0, "set forward")]
)
def test_the_clock_is_followed_and_no_tick_made_twice(step: float, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = Ticks()
    ahead = 0.0

    class Clock:
        @staticmethod
        def time() -> float:
            return time.time() + ahead

    def turn(index: int, moment: float) -> None:
        nonlocal ahead
        ticks(index, moment)
        ahead = step

    monkeypatch.setattr(module, "time", Clock)
    ticker = Ticker(turn, SECONDS)
    ticker.join("a")
    ticks.wait(4)
    ticker.stop()
    assert len(ticks) == len(set(ticks)), why
    assert abs(ticks[-1] - (time.time() + step) / SECONDS) < 5, why
