"""The records of a part as of one commit: what a subscriber is sent first."""

from collections import OrderedDict
from dataclasses import dataclass, replace

import gevent
import orjson

from server.realtime.journal.replica import Replica
from server.realtime.protocol.errors import too_large, unavailable
from server.realtime.queries.changed_records import ChangedRecords
from server.realtime.queries.delta import Delta
from server.realtime.queries.finder import Finder, Found, OutOfDate
from server.realtime.queries.part import Matches, Part
from server.realtime.resource.resource import Resource
from server.realtime.selection.order import Order
from server.realtime.selection.page import MOST_RECORDS, Page
from server.realtime.transport.time_slice import TimeSlice

_ROWS_PER_LOOK = 50
# While it is read more may change than can be taken in.
_TRIES, _RETRY_SECONDS = 4, 0.1
# Of a channel that is not in memory.
_MOST_OF_DATABASE = 10_000
_KEPT = 64
# Of all of them.
_MOST_KEPT_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class PartSnapshot:
    """The part's records by id, sorted, each as a snapshot has it, as of commit `seq` of `epoch`."""

    epoch: str
    seq: int
    rows: dict[int, bytes]

    def encoded(self) -> bytes:
        """As a snapshot has them: `[{"rev", "record"}, ...]`."""
        return b"[%b]" % b",".join(self.rows.values())


class PartSnapshots:
    """Reads the records of parts. Those of the last few are kept: clients that come back together ask for the same."""

    def __init__(self, replica: Replica, finder: Finder) -> None:
        self._replica = replica
        self._finder = finder
        self._kept: OrderedDict[Part, PartSnapshot] = OrderedDict()

    def read(self, part: Part) -> PartSnapshot:
        """The records as of the newest commit. Other greenlets run meanwhile, but not between that commit and now."""
        snapshot = self._kept.get(part)
        for _ in range(_TRIES):
            newest = None if snapshot is None else self._newest(part, snapshot)
            if newest is not None:
                self._keep(part, newest)
                return newest
            try:
                snapshot = self._read(part)
            except OutOfDate:
                gevent.sleep(_RETRY_SECONDS)
        raise unavailable()

    def _newest(self, part: Part, snapshot: PartSnapshot) -> PartSnapshot | None:
        """The same records as of the newest commit; None if what changed since is not known, or too much."""
        replica = self._replica
        if snapshot.epoch != replica.state.epoch:
            return None
        commits = [] if snapshot.seq == replica.state.seq else replica.recent_after(snapshot.seq)
        matches = None if commits is None else part.matches(ChangedRecords(Delta.of(commits).newest, replica.state))
        if matches is None:
            return None
        return PartSnapshot(snapshot.epoch, replica.state.seq, _applied(snapshot.rows, matches))

    def _read(self, part: Part) -> PartSnapshot:
        return self._from_memory(part) if part.channel in self._replica.state.channels else self._from_database(part)

    def _from_memory(self, part: Part) -> PartSnapshot:
        state = self._replica.state
        channel = state.channels[part.channel]
        epoch, seq, revs = state.epoch, state.seq, dict(channel.revs)
        rows: dict[int, bytes] = {}
        time_slice = TimeSlice()
        for place, (number, record) in enumerate(list(channel.records.items())):
            if part.is_all or part.has(orjson.loads(record)):
                rows[number] = _row(revs[number], record)
            if place % _ROWS_PER_LOOK == 0:
                time_slice.yield_if_spent()
        return PartSnapshot(epoch, seq, rows)

    def _from_database(self, part: Part) -> PartSnapshot:
        """Page by page. What is committed meanwhile is in some of them: `_newest` leads on from before the first."""
        resource = Resource.registry[part.channel]
        page = Page(resource, part.where, Order.parse(resource, None), MOST_RECORDS)
        rows: dict[int, bytes] = {}
        start: Found | None = None
        while True:
            found = self._finder.find(page)
            start = start or found
            found_rows = found.records.rows(part.channel, [number for number, *_ in found.rows[: page.limit]])
            for number, row in found_rows.items():
                if part.view.has_encoded(part.channel, row.record):
                    rows[number] = _row(row.rev, row.record)
            if len(found.rows) <= page.limit:
                return PartSnapshot(start.epoch, start.seq, rows)
            if len(rows) > _MOST_OF_DATABASE:
                raise too_large(f"This part has more than {_MOST_OF_DATABASE:,} records. Narrow its filter.")
            page = replace(page, after=page.place(found.rows[page.limit - 1]))

    def _keep(self, part: Part, snapshot: PartSnapshot) -> None:
        self._kept[part] = snapshot
        self._kept.move_to_end(part)
        while len(self._kept) > _KEPT or sum(len(each.rows) for each in self._kept.values()) > _MOST_KEPT_ROWS:
            self._kept.popitem(last=False)


def _row(rev: int, record: bytes) -> bytes:
    return b'{"rev":%d,"record":%b}' % (rev, record)


def _applied(rows: dict[int, bytes], matches: Matches) -> dict[int, bytes]:
    if not matches.changed:
        return rows
    applied = dict(rows)
    for one in matches.changed:
        if one.id in matches.after and one.encoded is not None:
            applied[one.id] = _row(one.rev, one.encoded)
        else:
            applied.pop(one.id, None)
    return applied if list(applied) == sorted(applied) else dict(sorted(applied.items()))
