"""Which writes share a commit, and which commits share a flush. Without sockets: what is sent is noted."""

from collections.abc import Iterator
from statistics import median
from types import SimpleNamespace
from typing import Any

import gevent
import pytest
from sqlalchemy import create_engine

from server.realtime.journal.commit import Commit
from server.realtime.journal.replica import Replica
from server.realtime.journal.state import State
from server.realtime.mutations.group_commit import GroupCommit, Job
from server.realtime.protocol.ack import Ack
from server.realtime.queries.publisher import Publisher
from server.realtime.resource.view import EVERYTHING

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
def replica() -> Replica:
    return Replica(State({}))


@pytest.fixture
def publisher(replica: Replica) -> Iterator[Publisher]:
    made = Publisher(replica, heartbeat=60.0)
    running = made.start()
    # It waits now.
    gevent.sleep(0)
    yield made
    running.kill()


class _Counting(GroupCommit):
    """One that carries nothing out, and notes the sizes of its groups."""

    def __init__(self, replica: Replica, publish: Any) -> None:
        super().__init__(create_engine("sqlite://"), replica, {}, announce=lambda seq: None, publish=publish)
        self.groups: list[int] = []

    def _commit(self, jobs: list[Job]) -> list[Ack]:
        self.groups.append(len(jobs))
        return [Ack() for _ in jobs]


def test_those_whom_a_group_has_set_free_come_into_the_next_one_together(replica: Replica) -> None:
    group_commit = _Counting(replica, lambda: None)
    group_commit.start()
    request: Any = None

    def write(turns: int) -> None:
        # Each needs its own time to notice.
        for _ in range(turns):
            gevent.sleep(0)
        if len(group_commit.groups) < _GROUPS:
            group_commit.submit(request, lambda ack: gevent.spawn(write, turns) and None)

    for turns in range(_WRITERS):
        # All at once for a start.
        group_commit.submit(request, lambda ack, turns=turns: gevent.spawn(write, turns) and None)
    with gevent.Timeout(_SECONDS):
        while len(group_commit.groups) < _GROUPS:
            gevent.sleep(0)
    group_commit.stop(1.0)
    assert median(group_commit.groups) == _WRITERS


def test_whoever_writes_alone_is_not_kept_waiting_for_others(replica: Replica) -> None:
    group_commit = _Counting(replica, lambda: None)
    group_commit.start()
    turns: list[int] = []
    for _ in range(_GROUPS):
        answers: list[Ack] = []
        group_commit.submit(None, answers.append)  # type: ignore[arg-type]
        waited = 0
        while not answers:
            gevent.sleep(0)
            waited += 1
        turns.append(waited)
    group_commit.stop(1.0)
    assert max(turns) < 10


def test_a_group_is_published_after_its_answers_and_before_the_next_group(replica: Replica) -> None:
    order: list[str] = []
    group_commit = _Counting(replica, lambda: order.append("published"))
    group_commit.start()
    request: Any = None
    for _ in range(2):
        group_commit.submit(request, lambda ack: order.append("answered"))
    gevent.sleep(0.01)
    group_commit.submit(request, lambda ack: order.append("answered"))
    group_commit.stop(1.0)
    assert order == ["answered", "answered", "published", "answered", "published"]


def test_a_commit_is_published_at_once_and_the_next_one_when_the_rest_is_over(
    replica: Replica, publisher: Publisher
) -> None:
    reader: Any = _Reader()
    publisher.join(reader)
    replica.extend([Commit(1, 0, "update_coach")])
    publisher.flush_if_rested()
    assert len(reader.frames) == 1
    publisher._rests_until += 0.02
    replica.extend([Commit(2, 0, "update_coach")])
    publisher.flush_if_rested()
    replica.extend([Commit(3, 0, "update_coach")])
    publisher.flush_if_rested()
    assert len(reader.frames) == 1
    with gevent.Timeout(_SECONDS):
        while len(reader.frames) == 1:
            gevent.sleep(0.001)
    assert len(reader.frames) == 2
    assert b'"prev":1,"seq":3' in reader.frames[1]


def test_what_others_committed_is_published_though_nobody_writes_here(replica: Replica, publisher: Publisher) -> None:
    reader: Any = _Reader()
    publisher.join(reader)
    replica.extend([Commit(1, 0, "update_coach")])
    with gevent.Timeout(_SECONDS):
        while not reader.frames:
            gevent.sleep(0.001)
    assert b'"prev":0,"seq":1' in reader.frames[0]
