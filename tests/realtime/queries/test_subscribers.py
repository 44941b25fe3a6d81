"""Clients with equal parts share the comparison and the frame, however many they are."""

from collections.abc import Callable
from typing import Any
from unittest.mock import Mock

import orjson
import pytest

from server import resources

# A coach refers to an account.
from server.accounts import models as models
from server.realtime.journal.commit import Change, Commit
from server.realtime.journal.replica import Replica
from server.realtime.journal.state import State
from server.realtime.queries.delta import Delta
from server.realtime.queries.part import Part
from server.realtime.queries.subscribers import Subscribers
from server.realtime.resource.binding import bind_all
from server.realtime.resource.resource import Resource
from server.realtime.resource.view import EVERYTHING
from server.realtime.selection import where

Publish = Callable[[int, str], None]


class Socket:
    """What a client is, to one who sends to it."""

    view = EVERYTHING

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.send_changes = self.frames.append


@pytest.fixture
def subscribers() -> tuple[Subscribers, Publish]:
    """Some, and what tells them that a coach has a name from then on."""
    resources.load()
    bind_all()
    replica = Replica(State(Resource.registry))
    made = Subscribers(replica)

    def publish(seq: int, name: str) -> None:
        row = replica.state.row("coaches", 1)
        record = orjson.dumps({"id": 1, "name": name, "age": 40, "picture": "", "username": ""})
        commit = Commit(seq, 0, "update_coach", changes=[Change("coaches", 1, seq, record, row and row.record)])
        replica.extend([commit])
        made.publish([commit], Delta.of([commit]), seq)

    return made, publish


def _part(said: Any) -> Part:
    coaches = Resource.registry["coaches"]
    return Part(coaches, where.parse(coaches, said), EVERYTHING)


def test_equal_parts_are_compared_and_encoded_once(subscribers: tuple[Subscribers, Publish]) -> None:
    made, publish = subscribers
    # However the filter is spelled.
    spellings: list[Any] = [
        {"name": {"starts": "a"}, "age": {"gt": 18}},
        {"age": {"gt": 18}, "name": {"starts": "A"}},
    ]
    clients = [Socket() for _ in range(100)]
    parts = [_part(spellings[index % 2]) for index in range(100)]
    compared = Mock(wraps=parts[0].matches)
    for part, client in zip(parts, clients, strict=True):
        part.matches = compared  # type: ignore[method-assign]
        made.join(client, 0, part=part)  # type: ignore[arg-type]
    publish(1, "Ada")
    assert compared.call_count == 1
    assert len({id(client.frames[0]) for client in clients}) == 1
    assert {len(client.frames) for client in clients} == {1}


def test_nothing_is_encoded_for_parts_that_are_not_concerned(subscribers: tuple[Subscribers, Publish]) -> None:
    made, publish = subscribers
    inside, outside = Socket(), Socket()
    made.join(inside, 0, part=_part({"name": "Ada"}))  # type: ignore[arg-type]
    made.join(outside, 0, part=_part({"name": "Bo"}))  # type: ignore[arg-type]
    publish(1, "Ada")
    assert len(inside.frames) == 1 and outside.frames == []
    publish(2, "Bo")
    assert b'"type":"del"' in inside.frames[1] and b'"prev":1' in inside.frames[1]
    assert b'"type":"put"' in outside.frames[0] and b'"prev":0' in outside.frames[0]


def test_who_joins_late_has_a_chain_of_its_own(subscribers: tuple[Subscribers, Publish]) -> None:
    made, publish = subscribers
    early, late = Socket(), Socket()
    part = _part({"name": {"ne": "Nobody"}})
    made.join(early, 0, part=part)  # type: ignore[arg-type]
    made.join(late, 7, part=part)  # type: ignore[arg-type]
    publish(8, "Ada")
    assert b'"prev":0,"seq":8' in early.frames[0] and b'"prev":7,"seq":8' in late.frames[0]
    publish(9, "Bo")
    assert early.frames[1] is late.frames[1]


def test_what_takes_too_long_to_compare_is_asked_for_again(
    subscribers: tuple[Subscribers, Publish], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, publish = subscribers
    monkeypatch.setattr("server.realtime.queries.subscribers._MOST_COMPARISONS", 3)
    cheap, costly = Socket(), Socket()
    made.join(cheap, 0, part=_part({"name": "Ada"}))  # type: ignore[arg-type]
    made.join(costly, 0, part=_part({"or": [{"name": str(number)} for number in range(9)]}))  # type: ignore[arg-type]
    publish(1, "Ada")
    assert b'"prev":0,"seq":1,"changes":[{' in cheap.frames[0]
    assert b'"prev":1,"seq":1,"changes":[]' in costly.frames[0], "it does not follow on what that client has"
