"""The newest committed state of every channel, as encoded JSON: what is sent is never serialized twice."""

from collections.abc import Iterable
from collections.abc import Mapping
from typing import NamedTuple

from server.realtime.changes import Change


class Row(NamedTuple):
    """A record as it is sent, and the seq of its last change."""

    rev: int
    record: bytes


class Channel:
    """The rows of one channel by id, and the bytes made of them, kept until a row changes."""

    def __init__(self, name: str) -> None:
        self.name = name
        # Of all records that there ever were, as far as is known.
        self.highest = 0
        self.records: dict[int, bytes] = {}
        self.revs: dict[int, int] = {}
        self._array: bytes | None = None
        self._revised: bytes | None = None

    def put(self, number: int, rev: int, record: bytes) -> None:
        """Set a row. Rows stay in the order of their ids, which is the order in which they are sent."""
        unsorted = number not in self.records and self.records and number < next(reversed(self.records))
        self.records[number] = record
        self.revs[number] = rev
        self.highest = max(self.highest, number)
        if unsorted:
            self.records = dict(sorted(self.records.items()))
        self._array = self._revised = None

    def delete(self, number: int) -> None:
        """Take a row out."""
        del self.records[number], self.revs[number]
        self._array = self._revised = None

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
            revs = self.revs
            rows = (b'{"rev":%d,"record":%b}' % (revs[number], record) for number, record in self.records.items())
            self._revised = b"[" + b",".join(rows) + b"]"
        return self._revised


class Snapshots:
    """Every channel as of commit `seq` of `epoch`."""

    def __init__(self, channels: Iterable[str]) -> None:
        self.channels = {name: Channel(name) for name in channels}
        self.epoch = ""
        self.seq = 0

    def row(self, channel: str, number: int) -> Row | None:
        """The record `number` of `channel`, or None."""
        rows = self.channels[channel]
        record = rows.records.get(number)
        return None if record is None else Row(rows.revs[number], record)

    def highest(self, channel: str) -> int:
        """The highest id that a record of `channel` has or had."""
        return self.channels[channel].highest

    def apply(self, changes: Iterable[Change], seq: int) -> None:
        """Advance by the changes of the commits up to `seq`, given in their order."""
        for change in changes:
            channel = self.channels.get(change.channel)
            if channel is None:
                continue
            if change.record is None:
                if change.id in channel.records:
                    channel.delete(change.id)
            else:
                channel.put(change.id, change.rev, change.record)
        self.seq = seq

    def replace(self, epoch: str, seq: int, changes: Iterable[Change], highest: Mapping[str, int]) -> None:
        """Start over from the newest change of each record, and the highest id that each channel ever had."""
        self.channels = {name: Channel(name) for name in self.channels}
        self.epoch = epoch
        self.apply(changes, seq)
        for name, number in highest.items():
            self.channels[name].highest = max(self.channels[name].highest, number)

    @property
    def revised(self) -> bytes:
        """All channels as a sync's snapshot has them: `{channel: [{"rev", "record"}, ...]}`."""
        return b"{" + b",".join(b'"%b":%b' % (name.encode(), c.revised) for name, c in self.channels.items()) + b"}"
