"""One request inside a transaction: what it reads, what it writes, and what that changes elsewhere."""

import orjson
from sqlalchemy import Connection

from server.realtime.changes import Change
from server.realtime.draft import Draft
from server.realtime.draft import State
from server.realtime.journal import HeadState
from server.realtime.relations import Record
from server.realtime.resource import Resource
from server.realtime.store import Store


class Work:
    """`draft` collects the request's changes; `seq` is the commit that they become if all goes well."""

    def __init__(
        self, connection: Connection, below: State, head: HeadState, seq: int, stores: dict[str, Store]
    ) -> None:
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
        self.draft.put(Change(channel, number, self.seq, after, before, derived))
        if record is not None and before is not None:
            self._put_copies(channel, number, orjson.loads(before), record)

    def _put_copies(self, channel: str, number: int, before: Record, after: Record) -> None:
        for relation in Resource.registry[channel].embedded_in:
            if all(before[field] == after[field] for field in relation.only):
                continue
            copy = relation.embed(after)
            for owner in relation.owners(self.connection, number):
                record = self.read(relation.owner, owner)
                if record is not None:
                    self.put(relation.owner, owner, relation.with_copy(record, copy), derived=True)
