"""Copies of records inside others: brought up to date when they are read, without a change of the others.

A record in the journal is as it was written. What it embeds may have changed since.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Protocol

import orjson

from server.realtime.protocol.json import same
from server.realtime.resource.relations import Record, Relation
from server.realtime.resource.resource import Resource

# The newest copies by relation and id, of records that exist.
_Known = dict[tuple[Relation, int], Record]


class Records(Protocol):
    """Stored records by channel and id."""

    def stored(self, channel: str, number: int) -> bytes | None:
        """The record as it was written, None if there is none. The copies in it may be old."""


def with_newest_copies(channel: str, records: Iterable[bytes], state: Records) -> Iterator[bytes]:
    """Records of `channel` with each copy as the copied record is now; the same object where nothing changes.

    A copy of a record that does not exist stays, but for those inside of it. The state must not change meanwhile: each
    copied record is read once.
    """
    relations = Resource.registry[channel].relations
    known: _Known = {}
    for encoded in records:
        record = orjson.loads(encoded)
        newest = _updated(record, relations, state, known)
        yield encoded if newest is record else orjson.dumps(newest)


def _updated(record: Record, relations: Iterable[Relation], state: Records, known: _Known) -> Record:
    for relation in relations:
        copies = relation.copies(record)
        # Fields beside those copied belong to the place in the list.
        newest = [{**copy, **_newest_copy(relation, copy, state, known)} for copy in copies]
        if not same(newest, copies):
            record = relation.with_copies(record, newest)
    return record


def _newest_copy(relation: Relation, copy: Record, state: Records, known: _Known) -> Record:
    number = copy["id"]
    try:
        return known[relation, number]
    except KeyError:
        encoded = state.stored(relation.target, number)
    inner = Resource.registry[relation.target].inside(relation)
    if encoded is None:
        return _updated(copy, inner, state, known)
    newest = known[relation, number] = _updated(relation.embed(orjson.loads(encoded)), inner, state, known)
    return newest


def stale_relations(channel: str, before: bytes | None, after: bytes | None) -> Iterator[Relation]:
    """The relations whose copies of a record are stale after it changed from `before` to `after`."""
    embedded_in = Resource.registry[channel].embedded_in
    if not embedded_in or after is None:
        return
    new = orjson.loads(after)
    old = orjson.loads(before) if before else {}
    for relation in embedded_in:
        if not all(same(new.get(field), old.get(field)) for field in relation.only):
            yield relation


def holders(
    relation: Relation, number: int, referrers: Callable[[Relation, int], Collection[int]]
) -> Iterator[tuple[str, Collection[int]]]:
    """By channel, the ids of the records with a copy of record `number` by this relation, also inside other copies."""
    if not (direct := referrers(relation, number)):
        return
    yield relation.owner, direct
    for outer in Resource.registry[relation.owner].embedded_in:
        if relation.field in outer.only:
            for holder in direct:
                yield from holders(outer, holder, referrers)


def embeds_of(resources: Mapping[str, Resource]) -> dict[str, Any]:
    """What `connected` says of copies: `{channel: {field: {"channel", "fields"}}}`, with `many` where it is a list."""
    embeds: dict[str, Any] = {}
    for channel, resource in resources.items():
        for relation in resource.relations:
            many = {"many": True} if relation.is_list else {}
            rule = {"channel": relation.target, "fields": list(relation.only), **many}
            embeds.setdefault(channel, {})[relation.field] = rule
    return embeds
