"""`list_*`: the records that fit a filter, in an order, page by page."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import gevent
import orjson

from server.database.query_limits import metered
from server.realtime.journal.state import State
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import split
from server.realtime.protocol.errors import invalid, malformed, too_large, unavailable
from server.realtime.queries.finder import Finder, Found, OutOfDate
from server.realtime.resource.lookup import check_readable
from server.realtime.resource.resource import Resource
from server.realtime.resource.view import View
from server.realtime.selection.order import Order
from server.realtime.selection.page import Page
from server.realtime.selection.where_records import predicate
from server.realtime.transport.client import Client
from server.realtime.transport.time_slice import TimeSlice

_KEYS = ("where", "order", "limit", "after", "count")
# A page ends with the record that makes it so large.
_MOST_BYTES = 1_000_000
# So many are judged for one answer, and for so long, if the caller may not read all.
_MOST_JUDGED = 20_000
_TOO_MANY = f"You may not read all of these, and of more than {_MOST_JUDGED:,} it is not looked up. Narrow the filter."
_MOST_SECONDS = 2.0
# So many are looked for at once when some of the first were left out, and so many whose records are read as well.
_CHUNK, _STORED_CHUNK = 1_000, 100
_FREE_MILLISECONDS = 10
_TRIES, _RETRY_SECONDS = 3, 0.1


@dataclass(frozen=True, slots=True)
class ListQuery:
    """`{where?, order?, limit?, after?, count?}`, validated."""

    page: Page
    counts: bool

    @classmethod
    def parse(cls, resource: Resource, data: object) -> "ListQuery":
        """Refuses what does not fit by its name, and keys that are none of these."""
        if data is None:
            data = {}
        if not isinstance(data, Mapping):
            raise malformed("Send an object {where, order, limit, after, count}, or nothing.")
        if unknown := sorted(str(key)[:80] for key in data if key not in _KEYS)[:10]:
            raise invalid({key: [f"There is no such key; there are {', '.join(_KEYS)}."] for key in unknown})
        counts = data.get("count")
        if counts is not None and not isinstance(counts, bool):
            raise invalid({"count": ["Must be true or false."]})
        return cls(Page.parse(resource, data), bool(counts))


def _cost(seconds: float) -> int:
    """How many requests a list counts as: one for each millisecond that the database took, the first few apart.

    Whoever asks for what takes long keeps the database busy for a part of the time.
    """
    return max(1, int(1000 * seconds) - _FREE_MILLISECONDS)


class Listing:
    """Answers `list_*` of one resource: the database finds the ids, memory has the records of a whole channel.

    Memory may be ahead of the database's answer: what no longer fits is left out. `seq` is that of the answer: whoever
    is sent all commits after it misses nothing.
    """

    def __init__(self, resource: Resource, finder: Finder, state: State) -> None:
        self._resource = resource
        self._finder = finder
        self._state = state

    def __call__(self, client: Client, args: Sequence[Any]) -> Ack:
        """The service for `list_*`."""
        data, _ = split(args, required=False)
        query = ListQuery.parse(self._resource, data)
        with metered() as meter:
            try:
                return Ack(data=self._newest_answer(query, client))
            finally:
                client.socket.allowance.charge(_cost(meter.seconds))

    def _newest_answer(self, query: ListQuery, client: Client) -> bytes:
        for _ in range(_TRIES):
            view = client.view
            check_readable(self._resource, view, client.caller)
            try:
                answer = self._answer(query, view)
            except OutOfDate:
                gevent.sleep(_RETRY_SECONDS)
                continue
            if client.view is view:
                return answer
        raise unavailable()

    def _answer(self, query: ListQuery, view: View) -> bytes:
        judges = view.limits(self._resource.channel)
        first = query.page if self._resource.whole else self._chunk(query.page, query.page.after)
        found = self._finder.find(first, counts=query.counts and not judges)
        records, cursor = self._part(query.page, first, found, view)
        count = self._count(query.page, view) if query.counts and judges else found.total
        if self._state.epoch != found.epoch:
            raise OutOfDate
        counted = b"" if count is None else b',"count":%d' % count
        return b'{"records":[%b],"next":%b,"seq":%d%b}' % (
            b",".join(records),
            orjson.dumps(cursor),
            found.seq,
            counted,
        )

    def _chunk(self, page: Page, after: tuple[Any, ...] | None) -> Page:
        """A part of the same list to be looked through, from a place on: no more of it than memory has room for."""
        most = max(page.limit, _CHUNK) if self._resource.whole else min(page.limit, _STORED_CHUNK)
        return replace(page, after=after, limit=most)

    def _part(self, page: Page, part: Page, found: Found, view: View) -> tuple[list[bytes], str | None]:
        """The encoded records of a page, of which the first `part` was found, and the cursor of the next or None."""
        shown: list[bytes] = []
        places: list[Sequence[Any]] = []
        looked = size = 0
        until = time.monotonic() + _MOST_SECONDS
        while True:
            for row, record in self._records(page, found, view):
                if len(shown) == page.limit or size >= _MOST_BYTES:
                    return self._cut(page, view, shown, places)
                if record is not None:
                    shown.append(record)
                    places.append(row)
                    size += len(record)
            if len(found.rows) <= part.limit:
                return shown, None
            looked += len(found.rows)
            if looked > _MOST_JUDGED or time.monotonic() > until:
                raise too_large(_TOO_MANY)
            part = self._chunk(page, page.place(found.rows[-1]))
            found = self._finder.find(part)

    def _cut(
        self, page: Page, view: View, shown: list[bytes], rows: list[Sequence[Any]]
    ) -> tuple[list[bytes], str | None]:
        """The records, and the cursor after the last.

        It tells what the last record is sorted by, as it was found. In a view that has not all records that must be
        what the record says now, which the caller may read: what it was before may not be the caller's to know.
        """
        if view.limits(self._resource.channel):
            while shown and page.order.place(orjson.loads(shown[-1])) != page.place(rows[-1]):
                del shown[-1], rows[-1]
            if not shown:
                raise OutOfDate
        return shown, page.cursor_at(page.place(rows[-1]))

    def _count(self, page: Page, view: View) -> int:
        """How many records of all parts are in a view that has not all."""
        part = self._chunk(replace(page, order=Order.parse(self._resource, None), limit=_CHUNK), None)
        count = looked = 0
        until = time.monotonic() + _MOST_SECONDS
        while True:
            found = self._finder.find(part)
            count += sum(record is not None for _, record in self._records(part, found, view))
            if len(found.rows) <= part.limit:
                return count
            looked += len(found.rows)
            if looked > _MOST_JUDGED or time.monotonic() > until:
                raise too_large(_TOO_MANY)
            part = replace(part, after=part.place(found.rows[-1]))

    def _records(self, page: Page, found: Found, view: View) -> Iterator[tuple[Sequence[Any], bytes | None]]:
        """Each row with its record as it is now, None if that is gone, does not fit any more, or is not in the view.

        Others run meanwhile.
        """
        channel, is_wanted = self._resource.channel, predicate(page.where)
        judges, time_slice = view.limits(channel), TimeSlice()
        for start in range(0, len(found.rows), _STORED_CHUNK):
            some = found.rows[start : start + _STORED_CHUNK]
            is_known = self._state.seq == found.seq
            stored = found.records.rows(channel, [row[0] for row in some])
            for place in some:
                if (row := stored.get(place[0])) is None or (is_known and not judges):
                    yield place, row and row.record
                else:
                    record = orjson.loads(row.record)
                    is_shown = (is_known or is_wanted(record)) and view.has(channel, record)
                    yield place, row.record if is_shown else None
                time_slice.yield_if_spent()
