"""Redis only wakes processes: without it they hear of each other a little later, and of everything."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from tests.support.gym import Gym
from tests.support.observer import Observer
from tests.support.socketio_client import Client
from tests.support.timing import least
from tests.wire.processes.conftest import Site

SOON, LATER, ACK = 0.5, 15.0, 10.0


def _write_and_see(gym: Gym, observer: Observer) -> tuple[float, float]:
    """Seconds until a write is acked, and until a client of the other process has it."""
    began = time.monotonic()
    number = gym.new("exercise_move")["id"]
    acked = time.monotonic() - began
    observer.read_until(lambda replica: number in replica.channels["exercise_moves"], "the write")
    return acked, time.monotonic() - began


@pytest.fixture
def gym(site: Site) -> Iterator[Gym]:
    """Writes at one process."""
    with closing(Client(site.one.port, auth={"sync": True})) as client:
        yield Gym(client)


@pytest.fixture
def observer(site: Site) -> Iterator[Observer]:
    """Watches at the other."""
    with closing(Observer(site.other, synced=True)) as observers:
        yield observers


def test_a_write_on_one_process_is_seen_on_the_other_at_once(gym: Gym, observer: Observer) -> None:
    """Sooner than they would look by themselves: Redis wakes them."""
    assert least(lambda: statistics.median(_write_and_see(gym, observer)[1] for _ in range(20)), SOON) < SOON


@pytest.mark.parametrize(
    ("away", "back"),
    [
        pytest.param(lambda site: site.redis.kill(), lambda site: site.redis.start(), id="killed"),
        pytest.param(lambda site: site.redis.freeze(), lambda site: site.redis.thaw(), id="frozen"),
    ],
)
def test_redis_goes_away_and_comes_back(
    away: Callable[[Site], None], back: Callable[[Site], None], site: Site, gym: Gym, observer: Observer
) -> None:
    epoch = (observer.replica.cursor or {})["epoch"]
    _write_and_see(gym, observer)
    away(site)
    try:
        for _ in range(4):
            acked, seen = _write_and_see(gym, observer)
            assert acked < ACK and seen < LATER, (acked, seen)
    finally:
        back(site)
    # While it starts, too; and once it is there, they wake each other again.
    deadline = time.monotonic() + 60
    recent = [LATER]
    while statistics.median(recent) >= SOON:
        assert time.monotonic() < deadline, f"not woken again: {recent}"
        acked, seen = _write_and_see(gym, observer)
        assert acked < ACK and seen < LATER, (acked, seen)
        recent = [*recent[-4:], seen]
    with closing(Client(site.other.port)) as fresh:
        assert observer.replica.plain_arrays == fresh.welcome()[1], "something was lost on the way"
    assert observer.replica.cursor is not None and observer.replica.cursor["epoch"] == epoch
    assert observer.resyncs == 0, "what was missed came by itself"
