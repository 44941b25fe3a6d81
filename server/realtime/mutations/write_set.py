"""The records as a transaction sees them: committed state, with what the transaction has changed so far on top."""

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

import orjson

from server.realtime.journal import embedded_copies
from server.realtime.journal.commit import Change, Row
from server.realtime.journal.embedded_copies import with_newest_copies
from server.realtime.journal.reference_index import ReferenceIndex
from server.realtime.resource.comparison import differs
from server.realtime.resource.relations import Record, Relation
from server.realtime.resource.resource import Resource


class IndexedRecords(embedded_copies.Records, Protocol):
    """Anything that knows records by channel and id, and who embeds them."""

    def row(self, channel: str, number: int) -> Row | None:
        """The record as it is sent, None if there is none."""

    def referrers(self, relation: Relation, numbers: Collection[int]) -> dict[int, Collection[int]]:
        """The ids of the records that refer by this relation to each of these records, MOST_REFERRERS at most in all.

        Of a channel in memory there may be more.
        """

    def fetch(self, channel: str, numbers: Iterable[int]) -> None:
        """These records will be read: in one query, if they are not in memory."""

    def highest(self, channel: str) -> int:
        """The highest id that a record of `channel` has or had."""


def _is_as_before(change: Change) -> bool:
    if change.record is None or change.before is None:
        return change.record is change.before
    if change.record == change.before:
        return True
    resource, now, then = Resource.registry[change.channel], orjson.loads(change.record), orjson.loads(change.before)
    return now.keys() == then.keys() and not any(differs(resource, field, now, then) for field in now if field != "id")


class WriteSet:
    """Changes over a `below` that stays as it is: thrown away they never were, merged they are part of it."""

    def __init__(self, below: IndexedRecords) -> None:
        self._below = below
        self._changes: dict[tuple[str, int], Change] = {}
        self._highest: dict[str, int] = {}
        # Of the changes, once somebody asks: most requests delete nothing.
        self._references: ReferenceIndex | None = None

    def row(self, channel: str, number: int) -> Row | None:
        """The record `number` of `channel`, or None."""
        change = self._changes.get((channel, number))
        if change is None:
            row = self._below.row(channel, number)
        else:
            row = None if change.record is None else Row(change.rev, change.record)
        if row is None or Resource.registry[channel].sources.isdisjoint(self._highest):
            return row
        [record] = with_newest_copies(channel, [row.record], self)
        return Row(row.rev, record)

    def stored(self, channel: str, number: int) -> bytes | None:
        """The record as it was written: the copies in it may be old."""
        change = self._changes.get((channel, number))
        return self._below.stored(channel, number) if change is None else change.record

    def referrers(self, relation: Relation, numbers: Collection[int]) -> dict[int, Collection[int]]:
        """The ids of the records that refer by this relation to each of these records."""
        below = self._below.referrers(relation, numbers)
        if relation.owner not in self._highest:
            return below
        if self._references is None:
            self._references = ReferenceIndex()
            for change in self:
                self._references.update(change.channel, change.id, None, change.record)
        return {
            number: {one for one in referrers if (relation.owner, one) not in self._changes}.union(
                self._references.referrers(relation, number)
            )
            for number, referrers in below.items()
        }

    def fetch(self, channel: str, numbers: Iterable[int]) -> None:
        """These records will be read."""
        self._below.fetch(channel, (number for number in numbers if (channel, number) not in self._changes))

    def highest(self, channel: str) -> int:
        """The highest id that a record of `channel` has or had."""
        return max(self._highest.get(channel, 0), self._below.highest(channel))

    def read(self, channel: str, number: int) -> Record | None:
        """The record as `row` has it, decoded: a copy that the caller may keep."""
        row = self.row(channel, number)
        if row is None:
            return None
        record: Record = orjson.loads(row.record)
        return record

    def put(self, change: Change) -> None:
        """Let the record be as `change` has it. Of a record's first state in this draft, `before` is kept."""
        earlier = self._changes.get((change.channel, change.id))
        if earlier is not None:
            change.before = earlier.before
        self._take(change)

    def merge(self, upper: "WriteSet") -> None:
        """Take over what `upper`, a draft on this one, has changed."""
        for change in upper:
            self._take(change)

    def absorb(self, upper: "WriteSet") -> None:
        """Take over what `upper`, a draft of the same request on this one, has changed."""
        for change in upper:
            self.put(change)

    def drop_unchanged(self) -> None:
        """Forget the changes of records that are again as they were before all of them, but for copies."""
        for key, change in list(self._changes.items()):
            if _is_as_before(change):
                del self._changes[key]

    def _take(self, change: Change) -> None:
        key = (change.channel, change.id)
        # Dropped first, so that the order is that of the last writes.
        earlier = self._changes.pop(key, None)
        if self._references is not None:
            before = None if earlier is None else earlier.record
            self._references.update(change.channel, change.id, before, change.record)
        self._changes[key] = change
        self._highest[change.channel] = max(self._highest.get(change.channel, 0), change.id)

    def __iter__(self) -> Iterator[Change]:
        """The changes, each record once, in the order in which they were last changed.

        So a record is changed after those that are copied into it, or its copies follow by what comes later.
        """
        return iter(self._changes.values())
