"""One request inside a transaction: what it reads, and what it writes."""

import time
from copy import copy
from functools import cache
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, bindparam, select

from server.database.statement import Prepared
from server.fields.numbers import LARGEST_INTEGER
from server.realtime.journal.commit import MOST_BYTES, MOST_CHANGES, Change, Row
from server.realtime.journal.ids import expected_id, next_ids
from server.realtime.journal.journal import HeadState
from server.realtime.mutations.write_set import IndexedRecords, WriteSet
from server.realtime.protocol.errors import too_large, too_slow
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource
from server.realtime.resource.row_writer import RowWriter
from server.realtime.resource.view import EVERYTHING, View

# How long it may keep the process busy, and how long it may take, where it waits for a processor or a disk.
# Those that wait with it have a little more.
SECONDS = 1.0
_WAITING_SECONDS = 3.0
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
        self._began = time.monotonic()
        self._busy_until = time.thread_time() + SECONDS
        self._changes = 0
        self._announced = 0
        self._bytes = 0
        self._expected_ids: dict[str, int] = {}
        self._below = below
        self.connection = connection
        self.writes = WriteSet(below)
        self.head = head
        self.seq = seq
        self.writers = writers
        self.view = view

    def draft(self) -> "UnitOfWork":
        """A draft on this one: it sees what was written so far, and what it writes counts once `take` has it."""
        draft = copy(self)
        draft.writes = WriteSet(self.writes)
        draft._expected_ids = dict(self._expected_ids)
        return draft

    def take(self, draft: "UnitOfWork") -> None:
        """Take over what a draft has written."""
        self.writes.absorb(draft.writes)
        self._announced, self._changes, self._bytes = draft._announced, draft._changes, draft._bytes
        self._expected_ids = draft._expected_ids

    def earlier(self, channel: str, number: int) -> Row | None:
        """The record as it was before this request."""
        return self._below.row(channel, number)

    def new_ids(self, channel: str, count: int, *, check: bool) -> list[int]:
        """Ids for records that are made together; with `check` those that they would get, which are not used up."""
        table = Resource.registry[channel].table
        if not check:
            return next_ids(self.connection, table, count)
        first = self._expected_ids.get(channel) or expected_id(self.connection, table)
        self._expected_ids[channel] = first
        return list(range(first, first + count))

    def read(self, channel: str, number: int) -> Record | None:
        """The record as this request sees it, decoded."""
        return self.writes.read(channel, number)

    def visible(self, channel: str, number: int) -> Record | None:
        """The same, None as well if it is not for who asks to see."""
        record = self.read(channel, number)
        return record if record is not None and self.view.has(channel, record) else None

    def find(self, channel: str, condition: ColumnElement[bool], most: int, **values: Any) -> list[Record]:
        """The first `most` of the channel's visible records, by id, that the condition on its columns is true of.

        `values` are those of its bindparams. One condition is one statement, however often it is used.
        """
        # Which records are visible is not known to the database.
        limit = LARGEST_INTEGER if self.view.limits(channel) else most
        found = _matching(channel, condition).run(self.connection, {**values, "most": limit})
        numbers = [number for (number,) in found.fetchall()]
        self.writes.fetch(channel, numbers)
        records = (self.visible(channel, number) for number in numbers)
        return list(islice((record for record in records if record is not None), most))

    def shown(self, channel: str, record: bytes) -> bytes:
        """A record's JSON as the ack has it: null if it is not for who asks to see."""
        return record if self.view.has_encoded(channel, record) else b"null"

    def put(self, channel: str, number: int, record: Record | None) -> Row | None:
        """Note that a record is now as given (None: deleted), and get it as it is sent. Whoever embeds it follows.

        A record whose serialized form stays the same has not changed.
        """
        row = None if number > self.writes.highest(channel) else self.writes.row(channel, number)
        before = None if row is None else row.record
        after = None if record is None else orjson.dumps(_with_copies_of_itself(channel, record))
        if after == before:
            return row
        self._count(len(after or b"") + len(before or b""))
        if number >= self._expected_ids.get(channel, number + 1):
            self._expected_ids[channel] = number + 1
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
        if self._is_time_up():
            if self._announced < _MANY_CHANGES:
                raise too_slow()
            line = f"This changes too many records: {self._announced:,} of them took all the time that a request has."
            raise too_large(line)

    def _is_time_up(self) -> bool:
        taken = time.monotonic() - self._began
        return taken > SECONDS and (taken > _WAITING_SECONDS or time.thread_time() > self._busy_until)

    def _count(self, size: int) -> None:
        self.announce(1)
        self._changes += 1
        self._bytes += size
        if self._bytes > MOST_BYTES:
            line = f"This changes records of more than {MOST_BYTES // 1_000_000} MB in all, which is the most at once."
            raise too_large(line)


@cache
def _matching(channel: str, condition: ColumnElement[bool]) -> Prepared:
    number = Resource.registry[channel].table.c.id
    return Prepared(select(number).where(condition).order_by(number).limit(bindparam("most")))


def _with_copies_of_itself(channel: str, record: Record) -> Record:
    for relation in Resource.registry[channel].relations:
        if relation.target == channel and record["id"] in relation.ids(record):
            own = relation.embed(record)
            copies = [{**copy, **own} if copy["id"] == record["id"] else copy for copy in relation.copies(record)]
            record = relation.with_copies(record, copies)
    return record
