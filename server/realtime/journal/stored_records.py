"""Records of all channels for one who has a connection: whole channels from memory, the others from the database."""

from collections.abc import Collection, Iterable

import orjson
from sqlalchemy import Connection, select

from server.realtime.journal.commit import MOST_CHANGES, Row
from server.realtime.journal.embedded_copies import with_newest_copies
from server.realtime.journal.record_queries import newest
from server.realtime.journal.state import State
from server.realtime.resource.relations import Record, Relation
from server.realtime.resource.resource import Resource

# Of one who has so many, more than one request may change are left, whatever the requests of a transaction changed.
MOST_REFERRERS = 3 * MOST_CHANGES + 1
# Of those referred to, in one statement.
_AT_ONCE = 500


class StoredRecords:
    """What was committed as the connection's transaction sees it, and what is in memory.

    What is read is kept: it can be had when the transaction has ended, and what is not here then is not found. Who
    refers to what is read from the rows: those that the transaction wrote itself are as it wrote them.
    """

    def __init__(self, state: State, connection: Connection) -> None:
        self._state = state
        self._connection = connection
        self._found: dict[tuple[str, int], Row | None] = {}
        # Those whose copied records were read as well.
        self._followed: set[tuple[str, int]] = set()

    def row(self, channel: str, number: int) -> Row | None:
        """The record `number` of `channel` as it is sent, or None."""
        if channel in self._state.channels:
            return self._state.row(channel, number)
        return self.rows(channel, (number,)).get(number)

    def rows(self, channel: str, numbers: Collection[int]) -> dict[int, Row]:
        """Those of these records that exist, as they are sent."""
        if channel in self._state.channels:
            return self._state.rows(channel, numbers)
        self.load(channel, numbers)
        rows = {number: row for number in numbers if (row := self._found.get((channel, number))) is not None}
        if not Resource.registry[channel].sources:
            return rows
        records = with_newest_copies(channel, (row.record for row in rows.values()), self)
        return {number: Row(row.rev, record) for (number, row), record in zip(rows.items(), records, strict=True)}

    def stored(self, channel: str, number: int) -> bytes | None:
        """The record as it was written: the copies in it may be old."""
        if channel in self._state.channels:
            return self._state.stored(channel, number)
        self.fetch(channel, (number,))
        row = self._found.get((channel, number))
        # With the connection closed: what a record in memory embeds by now.
        return self._state.stored(channel, number) if row is None else row.record

    def load(self, channel: str, numbers: Collection[int]) -> None:
        """Read these records, and what they embed, if that is not in memory and was not read yet."""
        self.fetch(channel, numbers)
        if Resource.registry[channel].sources:
            new = {(channel, number) for number in numbers} - self._followed
            self._followed |= new
            found = (self._found.get(key) for key in new)
            self._fetch_copied(Resource.registry[channel].relations, (row.record for row in found if row is not None))

    def fetch(self, channel: str, numbers: Iterable[int]) -> None:
        """Read these records in one query, if they are not in memory and were not read yet."""
        if channel in self._state.channels or self._connection.closed:
            return
        missing = [number for number in numbers if (channel, number) not in self._found]
        if missing:
            found = newest(self._connection, channel, missing)
            self._found.update(((channel, number), found.get(number)) for number in missing)

    def _fetch_copied(self, relations: Iterable[Relation], records: Iterable[bytes]) -> None:
        """Read the records of other channels that these embed, and those that these embed."""
        decoded: list[Record] = [orjson.loads(record) for record in records]
        for relation in relations:
            if relation.only == ("id",):
                continue
            numbers = {number for record in decoded for number in relation.ids(record)}
            self.fetch(relation.target, numbers)
            if inner := Resource.registry[relation.target].inside(relation):
                stored = (self.stored(relation.target, number) for number in numbers)
                self._fetch_copied(inner, filter(None, stored))

    def referrers(self, relation: Relation, numbers: Collection[int]) -> dict[int, Collection[int]]:
        """The ids of the records that refer by this relation to each of these records.

        Of a channel that is not whole MOST_REFERRERS at most, in all.
        """
        if relation.owner in self._state.channels:
            return self._state.referrers(relation, numbers)
        found: dict[int, set[int]] = {number: set() for number in numbers}
        asked, left = list(found), MOST_REFERRERS
        target, owner = relation.ends
        for start in range(0, len(asked), _AT_ONCE):
            some = target.in_(asked[start : start + _AT_ONCE])
            rows = self._connection.execute(select(target, owner).where(some).limit(left)).all()
            for number, referrer in rows:
                found[number].add(referrer)
            left -= len(rows)
            if not left:
                break
        return dict(found)

    def highest(self, channel: str) -> int:
        """The highest id that a record of `channel` has or had."""
        return self._state.highest(channel)
