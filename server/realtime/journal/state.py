"""The newest committed state of every channel, as encoded JSON: what is sent is never serialized twice."""

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from functools import partial

from server.realtime.journal.commit import Change
from server.realtime.journal.commit import Row
from server.realtime.journal.copies import Copies
from server.realtime.journal.copies import followers
from server.realtime.journal.copies import renewed
from server.realtime.resource.relations import Relation
from server.realtime.resource.resource import Resource
from server.realtime.resource.view import View


class Channel:
    """The rows of one channel by id, and the bytes made of them, kept until a row changes.

    The copies in a row that was put, or is said to be outdated, are renewed by `renew` when somebody reads it: a record
    that thousands embed may change often between two reads.
    """

    def __init__(self, name: str, renew: Callable[[Iterable[bytes]], Iterator[bytes]]) -> None:
        self.name = name
        # Of all records that there ever were, as far as is known.
        self.highest = 0
        self.revs: dict[int, int] = {}
        self._renew = renew
        self._records: dict[int, bytes] = {}
        self._outdated: set[int] = set()
        self._array: bytes | None = None
        self._revised: bytes | None = None

    def put(self, number: int, rev: int, record: bytes) -> None:
        """Set a row. Rows stay in the order of their ids, which is the order in which they are sent."""
        unsorted = number not in self._records and self._records and number < next(reversed(self._records))
        self._records[number] = record
        self.revs[number] = rev
        self.highest = max(self.highest, number)
        if unsorted:
            self._records = dict(sorted(self._records.items()))
        self._array = self._revised = None

    def delete(self, number: int) -> None:
        """Take a row out."""
        del self._records[number], self.revs[number]
        self._outdated.discard(number)
        self._array = self._revised = None

    def outdate(self, numbers: Collection[int]) -> None:
        """The copies in these rows may be old."""
        self._outdated.update(numbers)
        self._array = self._revised = None

    def stored(self, number: int) -> bytes | None:
        """The record as it was put, or as it was last read."""
        return self._records.get(number)

    def record(self, number: int) -> bytes | None:
        """The record, None if there is none."""
        if number in self._outdated:
            [self._records[number]] = self._renew([self._records[number]])
            self._outdated.discard(number)
        return self._records.get(number)

    @property
    def records(self) -> Mapping[int, bytes]:
        """All records, by id."""
        outdated = [self._records[number] for number in self._outdated]
        self._records.update(zip(self._outdated, self._renew(outdated), strict=True))
        self._outdated.clear()
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
        """Those of its records that are given, with their ids, as a sync's snapshot has them."""
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
        self.channels = {name: Channel(name, partial(renewed, name, state=self)) for name in self._names}
        self._copies = Copies()

    def row(self, channel: str, number: int) -> Row | None:
        """The record `number` of `channel`, or None."""
        rows = self.channels[channel]
        record = rows.record(number)
        return None if record is None else Row(rows.revs[number], record)

    def stored(self, channel: str, number: int) -> bytes | None:
        """The record as it was written: the copies in it may be old."""
        return self.channels[channel].stored(number)

    def owners(self, relation: Relation, number: int) -> Collection[int]:
        """The ids of the relation's owners that refer to record `number`."""
        return self._copies.owners(relation, number)

    def highest(self, channel: str) -> int:
        """The highest id that a record of `channel` has or had."""
        return self.channels[channel].highest

    def apply(self, changes: Iterable[Change], seq: int) -> set[str]:
        """Advance by the changes of the commits up to `seq`, given in their order.

        Returns the channels whose arrays are others now: those of the changes, and those with copies of what changed.
        """
        touched: set[str] = set()
        for change in changes:
            channel = self.channels.get(change.channel)
            if channel is None:
                continue
            touched.add(change.channel)
            before = channel.stored(change.id)
            self._copies.move(change.channel, change.id, before, change.record)
            if change.record is not None:
                channel.put(change.id, change.rev, change.record)
            elif before is not None:
                channel.delete(change.id)
            for relation in followers(change.channel, before, change.record):
                self._outdate(relation, change.id, touched)
        self.seq = seq
        return touched

    def _outdate(self, relation: Relation, number: int, touched: set[str]) -> None:
        """The copies of record `number` by this relation are old, and what has those copies inside."""
        if not (owners := self._copies.owners(relation, number)):
            return
        touched.add(relation.owner)
        self.channels[relation.owner].outdate(owners)
        for outer in Resource.registry[relation.owner].embedded_in:
            if relation.field in outer.only:
                for owner in owners:
                    self._outdate(outer, owner, touched)

    def replace(self, epoch: str, seq: int, changes: Iterable[Change], highest: Mapping[str, int]) -> None:
        """Start over from the newest change of each record, and the highest id that each channel ever had."""
        self._clear()
        self.epoch = epoch
        self.apply(changes, seq)
        for name, number in highest.items():
            self.channels[name].highest = max(self.channels[name].highest, number)
        for name, channel in self.channels.items():
            if Resource.registry[name].relations:
                # What was copied may have changed after whoever has the copy was written.
                channel.outdate(channel.revs)

    def revised(self, view: View) -> bytes:
        """All channels as a sync's snapshot has them: `{channel: [{"rev", "record"}, ...]}`, as far as in the view."""
        return b"{%b}" % b",".join(
            b'"%b":%b'
            % (name.encode(), rows.revise(view.choose(name, rows.records)) if view.limits(name) else rows.revised)
            for name, rows in self.channels.items()
        )
