"""A part of a channel: the records that a filter is true of, as far as a client may read them."""

from dataclasses import dataclass
from typing import NamedTuple

from server.realtime.protocol.json import encode
from server.realtime.queries.changed_records import ChangedRecord, ChangedRecords
from server.realtime.resource.relations import Record, Relation
from server.realtime.resource.resource import Resource
from server.realtime.resource.view import View
from server.realtime.selection import where
from server.realtime.selection.where_records import may_fit, predicate


class Matches(NamedTuple):
    """Of records that differ, the ids of those that were in a part before, and of those that are in it after."""

    changed: list[ChangedRecord]
    before: frozenset[int]
    after: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Key:
    channel: str
    where: bytes
    view: View


class Part:
    """Equal parts are those of one channel and View whose filters say the same.

    `conditions` is how much it costs to ask whether a record is in it.
    """

    def __init__(self, resource: Resource, filter_: where.Where, view: View) -> None:
        self.channel = resource.channel
        self.view = view
        self.conditions = where.conditions(filter_)
        # Whether it has all records of the channel.
        self.is_all = filter_ == where.ALL and not view.limits(self.channel)
        self._key = _Key(self.channel, encode(filter_.canonical), view)
        self.where = filter_
        self._fits = predicate(filter_)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Part) and other._key == self._key

    def __hash__(self) -> int:
        return hash(self._key)

    def has(self, record: Record) -> bool:
        """Whether the record, with its newest copies, is in it."""
        return self.view.has(self.channel, record) and self._fits(record)

    def matches(self, changed_records: ChangedRecords) -> Matches | None:
        """Which of the records that differ were in it, and which are; None if that is not known, or too much."""
        changed = changed_records.of(self.channel)
        if changed is None or any(self._may_embed(*concern) for concern in changed_records.concerns(self.channel)):
            return None
        return Matches(
            changed,
            frozenset(one.id for one in changed if one.before is not None and self.has(one.before)),
            frozenset(one.id for one in changed if one.after is not None and self.has(one.after)),
        )

    def changes(self, changed_records: ChangedRecords) -> list[bytes] | None:
        """The elements of a `changes` event for a client that has this part alone; None as `matches`."""
        matches = self.matches(changed_records)
        if matches is None:
            return None
        changed, before, after = matches
        return [one.put if one.id in after else one.deleted for one in changed if one.id in after | before]

    def _may_embed(self, relation: Relation | None, number: int) -> bool:
        return relation is None or may_fit(self.where, relation.field, number)
