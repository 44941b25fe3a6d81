"""The records as a transaction sees them: committed state, with what the transaction has changed so far on top."""

from collections.abc import Iterator
from typing import Protocol

import orjson

from server.realtime.changes import Change
from server.realtime.relations import Record
from server.realtime.snapshots import Row


class State(Protocol):
    """Anything that knows records by channel and id."""

    def row(self, channel: str, number: int) -> Row | None: ...

    def highest(self, channel: str) -> int: ...


class Draft:
    """Changes over a `below` that stays as it is: thrown away they never were, merged they are part of it."""

    def __init__(self, below: State) -> None:
        self._below = below
        self._changes: dict[tuple[str, int], Change] = {}
        self._highest: dict[str, int] = {}

    def row(self, channel: str, number: int) -> Row | None:
        """The record `number` of `channel`, or None."""
        change = self._changes.get((channel, number))
        if change is None:
            return self._below.row(channel, number)
        return None if change.record is None else Row(change.rev, change.record)

    def highest(self, channel: str) -> int:
        """The highest id that a record of `channel` has or had."""
        return max(self._highest.get(channel, 0), self._below.highest(channel))

    def read(self, channel: str, number: int) -> Record | None:
        """The same, decoded: a copy that the caller may keep."""
        row = self.row(channel, number)
        if row is None:
            return None
        record: Record = orjson.loads(row.record)
        return record

    def put(self, change: Change) -> None:
        """Let the record be as `change` has it. Of a record's first state in this draft, `before` is kept."""
        earlier = self._changes.get((change.channel, change.id))
        if earlier is not None:
            change.before, change.derived = earlier.before, earlier.derived and change.derived
        self._changes[change.channel, change.id] = change
        self._highest[change.channel] = max(self._highest.get(change.channel, 0), change.id)

    def merge(self, upper: "Draft") -> None:
        """Take over what `upper`, a draft on this one, has changed."""
        self._changes.update(upper._changes)
        for channel, number in upper._highest.items():
            self._highest[channel] = max(self._highest.get(channel, 0), number)

    def __iter__(self) -> Iterator[Change]:
        """The changes, each record once, in the order in which they were first changed."""
        return iter(self._changes.values())
