"""How far back the journal reaches by age: a commit is forgotten with all before it, once it is old enough."""

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from sqlalchemy import Engine, func, select, update

from server.realtime.journal import retention
from server.realtime.journal.retention import Retention
from server.realtime.journal.tables import ChangeRow, CommitRow, Head
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


@pytest.fixture
def edited(own_server: Server) -> Iterator[Engine]:
    """Of a gym with three coaches: one was edited twice, with ops, and one deleted; the server is stopped."""
    with closing(Client(own_server.port)) as client:
        edited, deleted, kept = (Gym(client).new("coach") for _ in range(3))
        for name in ("First", "Second"):
            client.call("update_coach", {"id": edited["id"], "name": name}, {"op": str(uuid.uuid4())})
        client.ok("delete_coach", deleted)
        client.ok("update_coach", {"id": kept["id"], "name": "Third"})
    own_server.stop()
    with prepared_engine(own_server.database.url) as made:
        yield made


def _left(engine: Engine) -> tuple[list[tuple[int, int]], list[tuple[int, bool]]]:
    """The seq and record of each change, and the seq of each commit with whether its op is remembered."""
    with engine.connect() as connection:
        changes = connection.execute(select(ChangeRow.seq, ChangeRow.record_id).order_by(ChangeRow.seq)).all()
        commits = connection.execute(select(CommitRow.seq, CommitRow.op).order_by(CommitRow.seq)).all()
    return [tuple(change) for change in changes], [(seq, op is not None) for seq, op in commits]


def test_what_is_left_is_the_newest_state_of_each_record_and_each_op_of_a_day(edited: Engine) -> None:
    one, two, three = 1, 2, 3
    assert _left(edited) == (
        [(1, one), (2, two), (3, three), (4, one), (5, one), (6, two), (7, three)],
        [(1, False), (2, False), (3, False), (4, True), (5, True), (6, False), (7, False)],
    )
    # What the newest commit superseded may still be asked for: a conflict with it tells what it was.
    assert Retention(edited, days=1000, commits=1).trim() == 6
    assert _left(edited) == (
        [(3, three), (5, one), (7, three)],
        [(3, False), (4, True), (5, True), (7, False)],
    )
    _date(edited, lambda back: 2)
    assert Retention(edited, days=1000, commits=1).trim() == 6
    assert _left(edited) == ([(3, three), (5, one), (7, three)], [(3, False), (5, False), (7, False)])
    assert Retention(edited, days=1, commits=1).trim() == 7
    assert _left(edited) == ([(5, one), (7, three)], [(5, False), (7, False)])


def test_a_long_journal_is_trimmed_in_several_transactions(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "_COMMITS", 3)
    monkeypatch.setattr(retention, "_CHANGES", 2)
    newest, before = _seq(engine), _left(engine)
    _date(engine, lambda back: 3)
    assert Retention(engine, days=2, commits=_MANY).trim() == newest
    # Nothing of it was superseded.
    assert _left(engine) == before
