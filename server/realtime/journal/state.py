"""The newest committed state of every channel, as encoded JSON: what is sent is never serialized twice."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial

from server.realtime.journal.commit import Change, Commit, Row
from server.realtime.journal.copied_records import CopiedRecords
from server.realtime.journal.embedded_copies import holders, stale_relations, with_newest_copies
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
    """The channels called `names` as of commit `seq` of `epoch`: `channels` has the records of those that are whole."""

    def __init__(self, channels: Iterable[str]) -> None:
        self.names = list(channels)
        self.epoch = ""
        self.seq = 0
        self._clear()

    def _clear(self) -> None:
        self.channels = {
            name: ChannelState(partial(with_newest_copies, name, state=self))
            for name in self.names
            if Resource.registry[name].whole
        }
        # The highest id of all records that there ever were, as far as is known.
        self._highest = dict.fromkeys(self.names, 0)
        self._references = ReferenceIndex()
        self._copied = CopiedRecords(self._references)

    def row(self, channel: str, number: int) -> Row | None:
        """The record `number` of `channel`, which is whole, or None."""
        rows = self.channels[channel]
        record = rows.record(number)
        return None if record is None else Row(rows.revs[number], record)

    def rows(self, channel: str, numbers: Iterable[int]) -> dict[int, Row]:
        """Those of these records that exist, as they are sent."""
        return {number: row for number in numbers if (row := self.row(channel, number)) is not None}

    def stored(self, channel: str, number: int) -> bytes | None:
        """The record as it was written: the copies in it may be old. Of a channel that is not whole see `is_known`."""
        rows = self.channels.get(channel)
        return self._copied.stored(channel, number) if rows is None else rows.stored(number)

    def is_known(self, channel: str, number: int) -> bool:
        """Whether the record would be here if there was one: of a channel that is not whole, if one here embeds it.

        Then what is embedded of it is here.
        """
        return channel not in self._highest or channel in self.channels or bool(self._copied.stored(channel, number))

    def known(self, commits: Iterable[Commit]) -> Iterator[tuple[Commit, Change]]:
        """The changes of such records: they and the copies of them are all that changed of the channels here."""
        for commit in commits:
            for change in commit.changes:
                if self.is_known(change.channel, change.id):
                    yield commit, change

    @property
    def copied(self) -> Collection[tuple[str, int]]:
        """The channel and id of each record that is embedded here, of channels that are not whole."""
        return self._copied.keys

    def referrers(self, relation: Relation, numbers: Iterable[int]) -> dict[int, Collection[int]]:
        """The ids of the records here that refer by this relation to each of these records."""
        return {number: self._references.referrers(relation, number) for number in numbers}

    def holders(self, relation: Relation, number: int) -> Iterator[tuple[str, Collection[int]]]:
        """By channel, the ids of the records here with a copy of record `number` by this relation, also in others."""
        return holders(relation, number, self._references.referrers)

    def fetch(self, channel: str, numbers: Iterable[int]) -> None:
        """Whatever is here can be read."""

    def highest(self, channel: str) -> int:
        """The highest id that a record of `channel` has or had."""
        return self._highest[channel]

    def apply(self, changes: Iterable[Change], seq: int) -> set[str]:
        """Advance by the changes of the commits up to `seq`, given in their order.

        Returns the channels whose arrays changed: those of the changes, and those with copies of changed records.
        """
        changed: set[str] = set()
        for change in changes:
            if change.channel not in self._highest:
                continue
            self._highest[change.channel] = max(self._highest[change.channel], change.id)
            before, after = self.stored(change.channel, change.id), change.record
            channel = self.channels.get(change.channel)
            if channel is not None:
                changed.add(change.channel)
                self._references.update(change.channel, change.id, before, after)
                self._copied.refer(change.channel, before, after)
                if after is not None:
                    channel.put(change.id, change.rev, after)
                elif before is not None:
                    channel.delete(change.id)
            elif before is None or after is None:
                # Nobody here embeds it. A copy of a record that does not exist stays.
                continue
            else:
                after = self._copied.put(change.channel, change.id, after)
            for relation in stale_relations(change.channel, before, after):
                for name, numbers in self.holders(relation, change.id):
                    changed.add(name)
                    self.channels[name].mark_stale(numbers)
        self.seq = seq
        return changed

    def replace(self, epoch: str, seq: int, changes: Iterable[Change], highest: Mapping[str, int]) -> None:
        """Start over from the newest change of each record, and the highest id that each channel ever had."""
        self._clear()
        self.epoch = epoch
        self.apply(changes, seq)
        for name, number in highest.items():
            self._highest[name] = max(self._highest[name], number)
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
