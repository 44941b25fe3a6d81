"""How far back the journal reaches by age: a commit is forgotten with all before it, once it is old enough."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from sqlalchemy import Engine, func, select, update

from server.realtime.journal.retention import Retention
from server.realtime.journal.tables import CommitRow, Head
from tests.support.gym import Gym
from tests.support.prepared_engine import prepared_engine
from tests.support.server import Server
from tests.support.socketio_client import Client

_DAY_MS = 24 * 3600 * 1000
_MANY = 1_000_000


@pytest.fixture
def engine(own_server: Server) -> Iterator[Engine]:
    """Of a gym with a dozen commits more than it began with; the server is stopped."""
    with closing(Client(own_server.port)) as client:
        gym = Gym(client)
        for _ in range(12):
            gym.new("coach")
    own_server.stop()
    with prepared_engine(own_server.database.url) as made:
        yield made


def _seq(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(select(Head.seq)).scalar_one()


def _date(engine: Engine, days_ago: Callable[[int], float]) -> None:
    """Let commits that came so many commits before the newest have been made so many days ago."""
    newest, now = _seq(engine), int(time.time() * 1000)
    with engine.begin() as connection:
        for seq in list(connection.scalars(select(CommitRow.seq))):
            at = now - int(days_ago(newest - seq) * _DAY_MS)
            connection.execute(update(CommitRow).where(CommitRow.seq == seq).values(at=at))


def test_what_is_older_than_its_days_is_forgotten(engine: Engine) -> None:
    newest = _seq(engine)
    _date(engine, lambda back: 0.5 if back < 5 else 1.5)
    assert Retention(engine, days=2, commits=_MANY).trim() == 0
    assert Retention(engine, days=1, commits=_MANY).trim() == newest - 5
    # Not again: what is left is new enough.
    assert Retention(engine, days=1, commits=_MANY).trim() == newest - 5


def test_all_may_be_old(engine: Engine) -> None:
    _date(engine, lambda back: 3)
    assert Retention(engine, days=2, commits=_MANY).trim() == _seq(engine)
    # The newest state of each record stays.
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(CommitRow)) > 0


def test_a_commit_that_a_clock_put_into_the_future_keeps_those_after_it(engine: Engine) -> None:
    newest = _seq(engine)
    _date(engine, lambda back: -400 if back == 4 else 3)
    assert Retention(engine, days=2, commits=_MANY).trim() == newest - 5
    assert Retention(engine, days=2, commits=2).trim() == newest - 2
