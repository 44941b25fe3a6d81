"""What some commits changed of a channel's records, also of those whose copies alone changed: before and after."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import orjson

from server.realtime.journal.commit import Change, Commit
from server.realtime.journal.embedded_copies import stale_relations, with_newest_copies
from server.realtime.journal.state import State
from server.realtime.queries.delta import Newest
from server.realtime.resource.relations import Record, Relation
from server.realtime.resource.resource import Resource

# To compare more of them with filters would take the process from others.
MOST_CHANGED = 2_000


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """One record, None where there was none: its copies are as they were then, and as they are now.

    `put` and `deleted` are the elements of a `changes` event that say so.
    """

    id: int
    rev: int
    before: Record | None
    after: Record | None
    encoded: bytes | None
    put: bytes
    deleted: bytes


class Concern(NamedTuple):
    """A record that changed, of which records that are not in memory may have copies by a relation; None: by any."""

    relation: Relation | None
    number: int


class ChangedRecords:
    """The records that commits changed, given by their newest changes. `state` must be as of the last of them."""

    def __init__(self, newest: Iterable[Newest], state: State) -> None:
        self._newest = list(newest)
        self._state = state
        self._channels = {each.change.channel for each in self._newest}
        self._before = _Overlay({_key(each.change): each.before for each in self._newest}, state)
        self._after = _Overlay({_key(each.change): each.change.record for each in self._newest}, state)
        self._changed: dict[str, list[ChangedRecord] | None] = {}
        self._concerns: dict[str, set[Concern]] = {}

    def of(self, channel: str) -> list[ChangedRecord] | None:
        """The channel's records that are known to differ, in the order of the newest changes; None: too many."""
        if channel not in self._changed:
            found: list[ChangedRecord] | None = []
            if self._concern(channel):
                changes = self._changes(channel)
                found = None if len(changes) > MOST_CHANGED else list(self._compared(channel, changes))
            self._changed[channel] = found
        return self._changed[channel]

    def concerns(self, channel: str) -> Collection[Concern]:
        """Of a channel that is not in memory: which copies have changed in records that are not known here."""
        if channel not in self._concerns:
            found: set[Concern] = set()
            if channel not in self._state.channels and self._concern(channel):
                for _, change, relation in self._copied(channel):
                    found.update(self._concerns_by(channel, relation, change.id))
            self._concerns[channel] = found
        return self._concerns[channel]

    def _concern(self, channel: str) -> bool:
        return not self._channels.isdisjoint({channel} | Resource.registry[channel].sources)

    def _copied(self, channel: str) -> Iterator[tuple[Commit, Change, Relation]]:
        """The changes of records that the channel's have copies of, by which relation of whomever."""
        sources = Resource.registry[channel].sources
        for commit, change, before in self._newest:
            # Of a new record nobody had a copy.
            if change.channel in sources and before is not None:
                for relation in stale_relations(change.channel, before, change.record):
                    yield commit, change, relation

    def _concerns_by(self, channel: str, relation: Relation, number: int) -> Iterator[Concern]:
        if relation.owner == channel:
            yield Concern(relation, number)
        elif relation.owner not in self._state.channels:
            yield Concern(None, number)
        else:
            for name, numbers in self._state.holders(relation, number):
                for outer in Resource.registry[name].embedded_in:
                    if outer.owner == channel:
                        yield from (Concern(outer, holder) for holder in numbers)

    def _changes(self, channel: str) -> list[tuple[Commit, Change]]:
        """The channel's changes, and one of each record in memory in which only copies changed."""
        changes = [
            (commit, replace(change, before=before))
            for commit, change, before in self._newest
            if change.channel == channel
        ]
        holding: dict[int, Commit] = {}
        for commit, change, relation in self._copied(channel) if channel in self._state.channels else ():
            for name, numbers in self._state.holders(relation, change.id):
                if name == channel:
                    # The op was for another record.
                    holding |= dict.fromkeys(numbers, replace(commit, op=None))
            if len(changes) + len(holding) > MOST_CHANGED + len(self._newest):
                break
        for number, commit in holding.items():
            if (channel, number) not in self._before.records:
                row = self._state.row(channel, number)
                assert row is not None
                changes.append((commit, Change(channel, number, row.rev, row.record, row.record)))
        return changes

    def _compared(self, channel: str, changes: list[tuple[Commit, Change]]) -> Iterator[ChangedRecord]:
        before = iter(with_newest_copies(channel, [one.before for _, one in changes if one.before], self._before))
        after = iter(with_newest_copies(channel, [one.record for _, one in changes if one.record], self._after))
        for commit, change in changes:
            old = next(before) if change.before else None
            new = next(after) if change.record else None
            # A record that was changed back has another rev.
            if old != new or (new is not None and (channel, change.id) in self._before.records):
                yield ChangedRecord(
                    change.id,
                    change.rev,
                    None if old is None else orjson.loads(old),
                    None if new is None else orjson.loads(new),
                    new,
                    commit.encode(replace(change, record=new)),
                    commit.encode(replace(change, record=None)),
                )


@dataclass(frozen=True, slots=True)
class _Overlay:
    """The state, but for these records."""

    records: dict[tuple[str, int], bytes | None]
    state: State

    def stored(self, channel: str, number: int) -> bytes | None:
        """The record as it was then; the copies in it may be older."""
        key = (channel, number)
        return self.records[key] if key in self.records else self.state.stored(channel, number)


def _key(change: Change) -> tuple[str, int]:
    return change.channel, change.id
