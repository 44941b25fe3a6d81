"""One request inside a transaction: what it reads, and what it writes."""

import time

import orjson
from sqlalchemy import Connection

from server.realtime.journal.commit import Change, Row
from server.realtime.journal.journal import HeadState
from server.realtime.mutations.write_set import IndexedRecords, WriteSet
from server.realtime.protocol.errors import too_large, too_slow
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource
from server.realtime.resource.row_writer import RowWriter
from server.realtime.resource.view import EVERYTHING, View

# What one request may change: others wait meanwhile, and it is written into the journal with theirs.
MOST_CHANGES = 5_000
_MOST_BYTES = 10_000_000
# How long it may take. Those that wait with it have four times as much.
SECONDS = 1.0
# Whoever wants to change so many, and had not the time, would fail again: it is not that the database is slow.
_MANY_CHANGES = 500


class UnitOfWork:
    """`writes` collects the request's changes; `seq` is the commit that they become if all goes well. `view` is what
    the caller may see.

    Refuses to change too much, or for too long.
    """

    def __init__(
        self,
        connection: Connection,
        below: IndexedRecords,
        head: HeadState,
        seq: int,
        writers: dict[str, RowWriter],
        view: View = EVERYTHING,
    ) -> None:
        self._until = time.monotonic() + SECONDS
        self._changes = 0
        self._announced = 0
        self._bytes = 0
        self.connection = connection
        self.writes = WriteSet(below)
        self.head = head
        self.seq = seq
        self.writers = writers
        self.view = view

    def read(self, channel: str, number: int) -> Record | None:
        """The record as this request sees it, decoded."""
        return self.writes.read(channel, number)

    def visible(self, channel: str, number: int) -> Record | None:
        """The same, None as well if it is not for who asks to see."""
        record = self.read(channel, number)
        return record if record is not None and self.view.has(channel, record) else None

    def shown(self, channel: str, record: bytes) -> bytes:
        """A record's JSON as the ack has it: null if it is not for who asks to see."""
        return record if self.view.has_encoded(channel, record) else b"null"

    def put(self, channel: str, number: int, record: Record | None) -> Row | None:
        """Note that a record is now as given (None: deleted), and get it as it is sent. Whoever embeds it follows.

        A record whose serialized form stays the same has not changed.
        """
        row = self.writes.row(channel, number)
        before = None if row is None else row.record
        after = None if record is None else orjson.dumps(_with_copies_of_itself(channel, record))
        if after == before:
            return row
        self._count(len(after or b"") + len(before or b""))
        self.writes.put(Change(channel, number, self.seq, after, before))
        if channel in Resource.registry[channel].sources:
            # A copy inside its own copies follows it too.
            return self.writes.row(channel, number)
        return None if after is None else Row(self.seq, after)

    def announce(self, changes: int) -> None:
        """Refuse so many further changes before they are begun, if they are too many, or the time is up."""
        self._announced = max(self._announced, self._changes + changes)
        if self._announced > MOST_CHANGES:
            raise too_large(f"This changes more than {MOST_CHANGES:,} records, which are the most at once.")
        if time.monotonic() > self._until:
            if self._announced < _MANY_CHANGES:
                raise too_slow()
            line = f"This changes too many records: {self._announced:,} of them took all the time that a request has."
            raise too_large(line)

    def _count(self, size: int) -> None:
        self.announce(1)
        self._changes += 1
        self._bytes += size
        if self._bytes > _MOST_BYTES:
            line = f"This changes records of more than {_MOST_BYTES // 1_000_000} MB in all, which is the most at once."
            raise too_large(line)


def _with_copies_of_itself(channel: str, record: Record) -> Record:
    for relation in Resource.registry[channel].relations:
        if relation.target == channel and record["id"] in relation.ids(record):
            own = relation.embed(record)
            copies = [{**copy, **own} if copy["id"] == record["id"] else copy for copy in relation.copies(record)]
            record = relation.with_copies(record, copies)
    return record
