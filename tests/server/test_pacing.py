"""Which writes share a commit, and which commits share a flush. Without sockets: what is sent is noted."""

from collections.abc import Iterator
from statistics import median
from types import SimpleNamespace
from typing import Any

import gevent
import pytest
from sqlalchemy import create_engine

from server.realtime.ack import Ack
from server.realtime.changes import Commit
from server.realtime.committer import Committer
from server.realtime.committer import Job
from server.realtime.log import Log
from server.realtime.publisher import Publisher
from server.realtime.snapshots import Snapshots
from server.realtime.views import EVERYTHING

_WRITERS = 10
_GROUPS = 20
_SECONDS = 5.0


class _Reader:
    """A synced client that keeps what it is sent."""

    synced = True
    view = EVERYTHING

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.outbox = SimpleNamespace(backlog=0, send=self.frames.append)


@pytest.fixture
def log() -> Log:
    return Log(Snapshots({}))


@pytest.fixture
def publisher(log: Log) -> Iterator[Publisher]:
    made = Publisher(log, heartbeat=60.0)
    running = made.start()
    # It waits now.
    gevent.sleep(0)
    yield made
    running.kill()


class _Counting(Committer):
    """One that carries nothing out, and notes the sizes of its groups."""

    def __init__(self, log: Log, publish: Any) -> None:
        super().__init__(create_engine("sqlite://"), log, {}, announce=lambda seq: None, publish=publish)
        self.groups: list[int] = []

    def _commit(self, jobs: list[Job]) -> list[Ack]:
        self.groups.append(len(jobs))
        return [Ack() for _ in jobs]


def test_those_whom_a_group_has_set_free_come_into_the_next_one_together(log: Log) -> None:
    committer = _Counting(log, lambda: None)
    committer.start()
    request: Any = None

    def write(turns: int) -> None:
        # Each needs its own time to notice.
        for _ in range(turns):
            gevent.sleep(0)
        if len(committer.groups) < _GROUPS:
            committer.submit(request, lambda ack: gevent.spawn(write, turns) and None)

    for turns in range(_WRITERS):
        # All at once for a start.
        committer.submit(request, lambda ack, turns=turns: gevent.spawn(write, turns) and None)
    with gevent.Timeout(_SECONDS):
        while len(committer.groups) < _GROUPS:
            gevent.sleep(0)
    committer.stop(1.0)
    assert median(committer.groups) == _WRITERS


def test_whoever_writes_alone_is_not_kept_waiting_for_others(log: Log) -> None:
    committer = _Counting(log, lambda: None)
    committer.start()
    turns: list[int] = []
    for _ in range(_GROUPS):
        answers: list[Ack] = []
        committer.submit(None, answers.append)  # type: ignore[arg-type]
        waited = 0
        while not answers:
            gevent.sleep(0)
            waited += 1
        turns.append(waited)
    committer.stop(1.0)
    assert max(turns) < 10


def test_a_group_is_published_after_its_answers_and_before_the_next_group(log: Log) -> None:
    order: list[str] = []
    committer = _Counting(log, lambda: order.append("published"))
    committer.start()
    request: Any = None
    for _ in range(2):
        committer.submit(request, lambda ack: order.append("answered"))
    gevent.sleep(0.01)
    committer.submit(request, lambda ack: order.append("answered"))
    committer.stop(1.0)
    assert order == ["answered", "answered", "published", "answered", "published"]


def test_a_commit_is_published_at_once_and_the_next_one_when_the_rest_is_over(log: Log, publisher: Publisher) -> None:
    reader: Any = _Reader()
    publisher.join(reader)
    log.extend([Commit(1, 0, "update_coach")])
    publisher.flush_if_rested()
    assert len(reader.frames) == 1
    publisher._rests_until += 0.02
    log.extend([Commit(2, 0, "update_coach")])
    publisher.flush_if_rested()
    log.extend([Commit(3, 0, "update_coach")])
    publisher.flush_if_rested()
    assert len(reader.frames) == 1
    with gevent.Timeout(_SECONDS):
        while len(reader.frames) == 1:
            gevent.sleep(0.001)
    assert len(reader.frames) == 2
    assert b'"prev":1,"seq":3' in reader.frames[1]


def test_what_others_committed_is_published_though_nobody_writes_here(log: Log, publisher: Publisher) -> None:
    reader: Any = _Reader()
    publisher.join(reader)
    log.extend([Commit(1, 0, "update_coach")])
    with gevent.Timeout(_SECONDS):
        while not reader.frames:
            gevent.sleep(0.001)
    assert b'"prev":0,"seq":1' in reader.frames[0]
