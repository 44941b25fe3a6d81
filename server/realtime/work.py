"""One request inside a transaction: what it reads, what it writes, and what that changes elsewhere."""

import time

import orjson
from sqlalchemy import Connection

from server.realtime.changes import Change
from server.realtime.draft import Draft
from server.realtime.draft import State
from server.realtime.errors import Refusal
from server.realtime.errors import too_large
from server.realtime.errors import too_slow
from server.realtime.journal import HeadState
from server.realtime.relations import Record
from server.realtime.resource import Resource
from server.realtime.store import Store

# What one request may change: others wait meanwhile, and it is written into the journal with theirs.
MOST_CHANGES = 5_000
_MOST_BYTES = 10_000_000
# How long it may take. Those that wait with it have four times as much.
SECONDS = 1.0


class Work:
    """`draft` collects the request's changes; `seq` is the commit that they become if all goes well.

    Refuses to change too much, or for too long.
    """

    def __init__(
        self, connection: Connection, below: State, head: HeadState, seq: int, stores: dict[str, Store]
    ) -> None:
        self._until = time.monotonic() + SECONDS
        self._changes = 0
        self._bytes = 0
        self.connection = connection
        self.draft = Draft(below)
        self.head = head
        self.seq = seq
        self.stores = stores

    def read(self, channel: str, number: int) -> Record | None:
        """The record as this request sees it, decoded."""
        return self.draft.read(channel, number)

    def put(self, channel: str, number: int, record: Record | None, *, derived: bool = False) -> None:
        """Note that a record is now as given (None: deleted), and so are the copies that others embed.

        A record whose serialized form stays the same has not changed.
        """
        row = self.draft.row(channel, number)
        before = None if row is None else row.record
        after = None if record is None else orjson.dumps(record)
        if after == before:
            return
        self._count(len(after or b"") + len(before or b""))
        self.draft.put(Change(channel, number, self.seq, after, before, derived))
        if record is not None and before is not None:
            self._put_copies(channel, number, orjson.loads(before), record)

    def _put_copies(self, channel: str, number: int, before: Record, after: Record) -> None:
        for relation in Resource.registry[channel].embedded_in:
            if all(before[field] == after[field] for field in relation.only):
                continue
            copy = relation.embed(after)
            owners = relation.owners(self.connection, number)
            if self._changes + len(owners) > MOST_CHANGES:
                raise _too_many(self._changes + len(owners))
            for owner in owners:
                record = self.read(relation.owner, owner)
                if record is not None:
                    self.put(relation.owner, owner, relation.with_copy(record, copy), derived=True)

    def _count(self, size: int) -> None:
        self._changes += 1
        self._bytes += size
        if self._changes > MOST_CHANGES:
            raise _too_many(self._changes)
        if self._bytes > _MOST_BYTES:
            line = f"This changes records of more than {_MOST_BYTES // 1_000_000} MB in all, which is the most at once."
            raise too_large(line)
        if time.monotonic() > self._until:
            raise too_slow()


def _too_many(changes: int) -> Refusal:
    return too_large(f"This changes {changes:,} records, and {MOST_CHANGES:,} are the most at once.")
