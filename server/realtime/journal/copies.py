"""Copies follow by rule: who embeds a record shows it as it is, without a change of its own.

A record in the journal is as it was written. What it embeds may have changed since: it is renewed when it is read.
"""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any
from typing import Protocol

import orjson

from server.realtime.protocol.json import same
from server.realtime.resource.relations import Record
from server.realtime.resource.relations import Relation
from server.realtime.resource.resource import Resource

# The newest copies by relation and id, None of what is not there.
_Known = dict[tuple[Relation, int], Record | None]


class Records(Protocol):
    """Anything that knows records by channel and id."""

    def stored(self, channel: str, number: int) -> bytes | None:
        """The record as it was written, None if there is none. The copies in it may be old."""


def renewed(channel: str, records: Iterable[bytes], state: Records) -> Iterator[bytes]:
    """Records of `channel` with each copy as the record copied is now; the same object where nothing changes.

    A copy of what is not there stays. The state must not change in between: each record copied is read once.
    """
    relations = Resource.registry[channel].relations
    known: _Known = {}
    for encoded in records:
        record = orjson.loads(encoded)
        fresh = _mended(record, relations, state, known)
        yield encoded if fresh is record else orjson.dumps(fresh)


def _mended(record: Record, relations: Iterable[Relation], state: Records, known: _Known) -> Record:
    for relation in relations:
        copies = relation.copies(record)
        # What else the owner keeps beside a copy is its own.
        fresh = [{**copy, **(_newest(relation, copy["id"], state, known) or {})} for copy in copies]
        if not same(fresh, copies):
            record = relation.with_copies(record, fresh)
    return record


def _newest(relation: Relation, number: int, state: Records, known: _Known) -> Record | None:
    try:
        return known[relation, number]
    except KeyError:
        encoded = state.stored(relation.target, number)
    copy = None
    if encoded is not None:
        inner = Resource.registry[relation.target].inside(relation)
        copy = _mended(relation.embed(orjson.loads(encoded)), inner, state, known)
    known[relation, number] = copy
    return copy


def followers(channel: str, before: bytes | None, after: bytes | None) -> Iterator[Relation]:
    """The relations whose copies of a record are other ones now that it is as `after`, and was as `before`."""
    embedded_in = Resource.registry[channel].embedded_in
    if not embedded_in or after is None:
        return
    now = orjson.loads(after)
    was = {} if before is None else orjson.loads(before)
    for relation in embedded_in:
        if not all(same(now.get(field), was.get(field)) for field in relation.only):
            yield relation


def embeds_of(resources: Mapping[str, Resource]) -> dict[str, Any]:
    """The rule as clients are told it: `{channel: {field: {"channel", "fields"}}}`, with `many` where it is a list."""
    told: dict[str, Any] = {}
    for channel, resource in resources.items():
        for relation in resource.relations:
            many = {"many": True} if relation.is_list else {}
            rule = {"channel": relation.target, "fields": list(relation.only), **many}
            told.setdefault(channel, {})[relation.field] = rule
    return told


class Copies:
    """An index of who refers to what: of each relation, from the id of the record to those of its owners."""

    def __init__(self) -> None:
        self._owners: dict[tuple[str, str], dict[int, set[int]]] = {}

    def owners(self, relation: Relation, number: int) -> Collection[int]:
        """The owners that refer to record `number`."""
        return self._owners.get(relation.key, {}).get(number, ())

    def move(self, channel: str, number: int, before: bytes | None, after: bytes | None) -> None:
        """Note that record `number` of `channel` is as `after` now, and was as `before`; None where it is not there."""
        if not (relations := Resource.registry[channel].relations):
            return
        was, now = _decoded(before), _decoded(after)
        for relation in relations:
            old, new = set(relation.ids(was)), set(relation.ids(now))
            owners = self._owners.setdefault(relation.key, {})
            for target in old - new:
                owners[target].discard(number)
                if not owners[target]:
                    del owners[target]
            for target in new - old:
                owners.setdefault(target, set()).add(number)


def _decoded(encoded: bytes | None) -> Record:
    return {} if encoded is None else dict(orjson.loads(encoded))
