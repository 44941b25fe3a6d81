"""The newest committed state of every channel, as encoded JSON: what is sent is never serialized twice."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial

from server.realtime.journal.commit import Change, Row
from server.realtime.journal.embedded_copies import stale_relations, with_newest_copies
from server.realtime.journal.reference_index import ReferenceIndex
from server.realtime.resource.relations import Relation
from server.realtime.resource.resource import Resource
from server.realtime.resource.view import View


class ChannelState:
    """The records of one channel by id, and the bytes made of them, kept until a record changes.

    The copies in a stale record are brought up to date when it is read: a record that thousands embed may change often
    between two reads.
    """

    def __init__(self, with_newest_copies: Callable[[Iterable[bytes]], Iterator[bytes]]) -> None:
        # The highest id of all records that there ever were, as far as is known.
        self.highest = 0
        self.revs: dict[int, int] = {}
        self._with_newest_copies = with_newest_copies
        self._records: dict[int, bytes] = {}
        self._is_sorted = True
        self._stale: set[int] = set()
        self._array: bytes | None = None
        self._revised: bytes | None = None

    def put(self, number: int, rev: int, record: bytes) -> None:
        """Set a record."""
        if number not in self._records and self._records and number < next(reversed(self._records)):
            self._is_sorted = False
        self._records[number] = record
        self.revs[number] = rev
        self.highest = max(self.highest, number)
        self._array = self._revised = None

    def delete(self, number: int) -> None:
        """Remove a record."""
        del self._records[number], self.revs[number]
        self._stale.discard(number)
        self._array = self._revised = None

    def mark_stale(self, numbers: Collection[int]) -> None:
        """The copies in these records may be old."""
        self._stale.update(numbers)
        self._array = self._revised = None

    def stored(self, number: int) -> bytes | None:
        """The record as it was put, or as it was last read."""
        return self._records.get(number)

    def record(self, number: int) -> bytes | None:
        """The record, None if there is none."""
        if number in self._stale:
            [self._records[number]] = self._with_newest_copies([self._records[number]])
            self._stale.discard(number)
        return self._records.get(number)

    @property
    def records(self) -> Mapping[int, bytes]:
        """All records, by id."""
        stale = [self._records[number] for number in self._stale]
        self._records.update(zip(self._stale, self._with_newest_copies(stale), strict=True))
        self._stale.clear()
        if not self._is_sorted:
            # Here, not for each of thousands that come back.
            self._records = dict(sorted(self._records.items()))
            self._is_sorted = True
        return self._records

    @property
    def array(self) -> bytes:
        """The channel as plain clients get it: `[record, ...]`, sorted by id."""
        if self._array is None:
            self._array = b"[" + b",".join(self.records.values()) + b"]"
        return self._array

    @property
    def revised(self) -> bytes:
        """The channel as a sync's snapshot has it: `[{"rev", "record"}, ...]`, sorted by id."""
        if self._revised is None:
            self._revised = self.revise(self.records.items())
        return self._revised

    def revise(self, records: Iterable[tuple[int, bytes]]) -> bytes:
        """These records, given with their ids, as a sync's snapshot has them."""
        revs = self.revs
        return b"[%b]" % b",".join(b'{"rev":%d,"record":%b}' % (revs[number], record) for number, record in records)


class State:
    """Every channel as of commit `seq` of `epoch`."""

    def __init__(self, channels: Iterable[str]) -> None:
        self._names = list(channels)
        self.epoch = ""
        self.seq = 0
        self._clear()

    def _clear(self) -> None:
        self.channels = {name: ChannelState(partial(with_newest_copies, name, state=self)) for name in self._names}
        self._references = ReferenceIndex()

    def row(self, channel: str, number: int) -> Row | None:
        """The record `number` of `channel`, or None."""
        rows = self.channels[channel]
        record = rows.record(number)
        return None if record is None else Row(rows.revs[number], record)

    def stored(self, channel: str, number: int) -> bytes | None:
        """The record as it was written: the copies in it may be old."""
        return self.channels[channel].stored(number)

    def referrers(self, relation: Relation, number: int) -> Collection[int]:
        """The ids of the records that refer to record `number` by this relation."""
        return self._references.referrers(relation, number)

    def highest(self, channel: str) -> int:
        """The highest id that a record of `channel` has or had."""
        return self.channels[channel].highest

    def apply(self, changes: Iterable[Change], seq: int) -> set[str]:
        """Advance by the changes of the commits up to `seq`, given in their order.

        Returns the channels whose arrays changed: those of the changes, and those with copies of changed records.
        """
        changed: set[str] = set()
        for change in changes:
            channel = self.channels.get(change.channel)
            if channel is None:
                continue
            changed.add(change.channel)
            before = channel.stored(change.id)
            self._references.update(change.channel, change.id, before, change.record)
            if change.record is not None:
                channel.put(change.id, change.rev, change.record)
            elif before is not None:
                channel.delete(change.id)
            for relation in stale_relations(change.channel, before, change.record):
                self._mark_stale(relation, change.id, changed)
        self.seq = seq
        return changed

    def _mark_stale(self, relation: Relation, number: int, changed: set[str]) -> None:
        """Mark the copies of record `number` by this relation, and the copies that contain those."""
        if not (referrers := self._references.referrers(relation, number)):
            return
        changed.add(relation.owner)
        self.channels[relation.owner].mark_stale(referrers)
        for outer in Resource.registry[relation.owner].embedded_in:
            if relation.field in outer.only:
                for referrer in referrers:
                    self._mark_stale(outer, referrer, changed)

    def replace(self, epoch: str, seq: int, changes: Iterable[Change], highest: Mapping[str, int]) -> None:
        """Start over from the newest change of each record, and the highest id that each channel ever had."""
        self._clear()
        self.epoch = epoch
        self.apply(changes, seq)
        for name, number in highest.items():
            self.channels[name].highest = max(self.channels[name].highest, number)
        for name, channel in self.channels.items():
            if Resource.registry[name].relations:
                # A copied record may have changed after the record with the copy was written.
                channel.mark_stale(channel.revs)

    def revised(self, view: View) -> bytes:
        """All channels as a sync's snapshot has them: `{channel: [{"rev", "record"}, ...]}`, as far as in the view."""
        return b"{%b}" % b",".join(
            b'"%b":%b'
            % (name.encode(), rows.revise(view.choose(name, rows.records)) if view.limits(name) else rows.revised)
            for name, rows in self.channels.items()
        )
