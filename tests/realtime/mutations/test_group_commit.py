"""Requests that are committed together, of which one changes too much or takes too long: it is refused, alone.

No event of the gym's changes more than a few records, so the group is handed to a group commit of this
process, beside the server.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import orjson
import pytest
from gevent.event import AsyncResult
from sqlalchemy import Connection

from server.realtime.journal.replica import Replica
from server.realtime.journal.state import State
from server.realtime.mutations import unit_of_work
from server.realtime.mutations.crud import Write
from server.realtime.mutations.group_commit import GroupCommit
from server.realtime.mutations.mutation import Request
from server.realtime.mutations.unit_of_work import UnitOfWork
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.caller import Caller
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource
from server.realtime.resource.row_writer import RowWriter
from tests.support.database import contents
from tests.support.prepared_engine import prepared_engine
from tests.support.server import Server
from tests.support.socketio_client import Client

pytestmark = pytest.mark.kinds("sqlite", "postgres-two", reason="a savepoint ends otherwise in each database")

MOVE = {"focus": "Legs", "description": "Up and down, slowly.", "video_link": ""}
MOST = 3


@pytest.fixture
def group_commit(own_server: Server) -> Iterator[GroupCommit]:
    """That of a process more, on the server's database."""
    with prepared_engine(own_server.database.url) as engine:
        replica = Replica(State(Resource.registry))
        with engine.connect() as connection:
            replica.load(connection)
        writers = {channel: RowWriter(resource) for channel, resource in Resource.registry.items()}
        made = GroupCommit(engine, replica, writers, announce=lambda seq: None, publish=lambda: None)
        made.start()
        yield made
        made.stop(5)


def _nothing(connection: Connection) -> None:
    """Who may do it is not what this is about."""


def _allow(connection: Connection | None, record: Record) -> None:
    """Nor whose record it is."""


def _permit(connection: Connection, resource: Resource, number: int, record: Record) -> None:
    """Nor who may delete what goes along."""


def _request(names: list[str]) -> Request:
    """A request that makes moves of these names."""

    def apply(begun: UnitOfWork) -> Ack:
        made = [
            Write(
                Resource.registry["exercise_moves"], "new", 0, {**MOVE, "name": name}, None, False, _allow, _permit
            ).apply(begun)
            for name in names
        ]
        return Ack(data=b"[" + b",".join(one.data for one in made) + b"]")

    return Request("new_exercise_moves", Caller("here"), apply, _nothing, str(uuid.uuid4()), "digest")


def _groups(group_commit: GroupCommit) -> float:
    [family] = group_commit.sizes.collect()
    return next(sample.value for sample in family.samples if sample.name.endswith("_count"))


def _together(group_commit: GroupCommit, *requests: Request) -> list[dict[str, Any]]:
    """The answers to requests that wait at the same time: they are one group."""
    answers: list[AsyncResult] = [AsyncResult() for _ in requests]
    groups = _groups(group_commit)
    for request, answer in zip(requests, answers, strict=True):
        group_commit.submit(request, answer.set)
    acks = [orjson.loads(answer.get(timeout=20).encode(with_meta=True)) for answer in answers]
    assert _groups(group_commit) == groups + 1
    return acks


def _costing(request: Request, cost: int) -> Request:
    request.cost = cost
    return request


def test_a_group_ends_after_requests_of_some_cost(group_commit: GroupCommit) -> None:
    """So that what waits behind several large ones is served between them."""
    answers: list[AsyncResult] = [AsyncResult() for _ in range(4)]
    groups = _groups(group_commit)
    for answer, cost in zip(answers, (1, 100, 100, 1), strict=True):
        group_commit.submit(_costing(_request(["Costly"]), cost), answer.set)
    assert all(answer.get(timeout=20).ok for answer in answers)
    assert _groups(group_commit) == groups + 3


def _names(server: Server) -> list[str]:
    with closing(Client(server.port, auth={"sync": True})) as client:
        found = client.next_event("sync").args[0]["snapshot"]["exercise_moves"]
    return [row["record"]["name"] for row in found]


def _too_many(patched: pytest.MonkeyPatch) -> Request:
    patched.setattr(unit_of_work, "MOST_CHANGES", MOST)
    return _request([f"Many {number}" for number in range(MOST + 1)])


def _too_big(patched: pytest.MonkeyPatch) -> Request:
    """The neighbours change half of what is too much, each."""
    size = len(orjson.dumps({"id": 1, "name": "Before", **MOVE}))
    patched.setattr(unit_of_work, "MOST_BYTES", 2 * size)
    return _request([f"Big {number}" for number in range(MOST)])


def _slow(patched: pytest.MonkeyPatch, *, busy: float = 0.0, waiting: float = 0.0) -> Request:
    """Its process is busy with it for so many seconds, and it waits for so many; its neighbours take no time."""
    clock, work = Mock(return_value=0.0), Mock(return_value=0.0)
    patched.setattr(unit_of_work, "time", SimpleNamespace(monotonic=clock, thread_time=work))
    request = _request(["Slow 0", "Slow 1"])
    begin = request.apply

    def apply(begun: UnitOfWork) -> Ack:
        clock.return_value += busy + waiting
        work.return_value += busy
        return begin(begun)

    request.apply = apply
    return request


def _too_slow(patched: pytest.MonkeyPatch) -> Request:
    return _slow(patched, busy=1.1)


def _too_long(patched: pytest.MonkeyPatch) -> Request:
    return _slow(patched, waiting=3.1)


def _too_many_for_the_time(patched: pytest.MonkeyPatch) -> Request:
    """A request that had changed a lot when its time was up has no more of it the next time."""
    patched.setattr(unit_of_work, "_MANY_CHANGES", 0)
    return _too_slow(patched)


@pytest.mark.parametrize(
    ("make", "code", "says"),
    [
        (_too_many, "too_large", "more than 3 records"),
        (_too_big, "too_large", "MB in all"),
        (_too_slow, "unavailable", "took too long"),
        (_too_long, "unavailable", "took too long"),
        (_too_many_for_the_time, "too_large", "too many records"),
    ],
    ids=["records", "bytes", "seconds", "seconds of waiting", "records in the time"],
)
def test_one_that_is_too_much_is_refused_and_its_neighbours_are_done(
    make: Callable[[pytest.MonkeyPatch], Request],
    code: str,
    says: str,
    own_server: Server,
    group_commit: GroupCommit,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patched:
        request = make(patched)
        before, refused, after = _together(group_commit, _request(["Before"]), request, _request(["After"]))
        assert (before["ok"], after["ok"]) == (True, True), (before, after)
        assert (refused["ok"], refused["data"], refused["meta"]) == (False, None, {"code": code})
        assert says in refused["errors"]["errors"]
        assert after["meta"]["seq"] == before["meta"]["seq"] + 1
        assert own_server.database.newest_commit() == after["meta"]["seq"]
        found = contents(own_server.database.url)
        assert sorted(row[1] for row in found["exercise_moves"]) == ["After", "Before"]
        assert request.op not in repr(found)
        # As little is done when it comes alone, and again.
        [again] = _together(group_commit, request)
        assert again == refused
        assert contents(own_server.database.url) == found
    # Nothing is in its way any more: it is done now, and only remembered after that.
    [done] = _together(group_commit, request)
    assert done["ok"] and "replayed" not in done["meta"], done
    [replayed] = _together(group_commit, request)
    assert replayed == {**done, "meta": {**done["meta"], "replayed": True}}
    with closing(Client(own_server.port)) as client:
        client.welcome()
        # The server has taken in what was committed beside it when it has written something itself.
        client.ok("new_exercise_move", {**MOVE, "name": "Newest"})
    made = [move["name"] for move in done["data"]]
    assert sorted(_names(own_server)) == sorted(["After", "Before", "Newest", *made])


def test_one_that_waited_for_a_processor_is_done(group_commit: GroupCommit, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a busy machine takes away from the server is not taken away from its clients' largest requests."""
    with monkeypatch.context() as patched:
        [done] = _together(group_commit, _slow(patched, busy=0.9, waiting=1.9))
    assert done["ok"], done
