"""Which records fit a filter, in an order, and records that are not in memory: asked of the database for clients."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

import gevent
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from server.database.query_limits import is_cut_off, on_the_meter
from server.realtime.journal import journal
from server.realtime.journal.commit import Row
from server.realtime.journal.journal import HeadState
from server.realtime.journal.record_queries import following
from server.realtime.journal.state import State
from server.realtime.journal.stored_records import StoredRecords
from server.realtime.protocol.errors import rate_limited, too_large, unavailable
from server.realtime.selection.page import Page

_TOO_SLOW = "This takes too long to find. Narrow the filter, or filter and sort by a field that has an index."
_TRIES, _RETRY_SECONDS = 3, 0.1
_BUSY_SECONDS = 1.0

Answer = TypeVar("Answer")


class OutOfDate(Exception):
    """What was read is of other data than what is in memory: it has to be read again."""


class Records(Protocol):
    """Records by channel and id."""

    def rows(self, channel: str, numbers: Collection[int]) -> Mapping[int, Row]:
        """Those of these records that exist, as they are sent."""


class Found(NamedTuple):
    """Rows of `Page.statement`, and how many records there are in all if that was asked for: as of commit `seq`.

    `records` has the records as they are in memory, or as of that commit if they are not.
    """

    epoch: str
    seq: int
    rows: Sequence[Sequence[Any]]
    total: int | None
    records: Records


class Finder:
    """Finds in bounded time, as of a commit that memory has. `follow()` reads what other processes committed."""

    def __init__(self, engine: Engine, state: State, follow: Callable[[], None]) -> None:
        self._engine = engine
        self.state = state
        self._follow = follow

    def find(self, page: Page, *, counts: bool = False) -> Found:
        """The ids of a page, and its records.

        Refuses what takes too long. Raises OutOfDate if the state is being read anew.
        """
        channel = page.resource.channel

        def query(connection: Connection) -> tuple[Sequence[Any], int | None, Records]:
            rows = connection.execute(page.statement()).all()
            total = connection.scalar(page.count()) if counts else None
            if channel in self.state.channels:
                return rows, total, self.state
            return rows, total, self._stored(connection, channel, [row[0] for row in rows])

        head, (rows, total, records) = self._read(query)
        return Found(head.epoch, head.seq, rows, total, records)

    def rows(self, channel: str, numbers: Collection[int]) -> Mapping[int, Row]:
        """Those of these records that exist, as they are sent. Of a whole channel they are read from memory."""
        if channel in self.state.channels:
            return self.state.rows(channel, numbers)
        return self._patiently(lambda connection: self._stored(connection, channel, numbers)).rows(channel, numbers)

    def following(self, channel: str, after: int) -> tuple[Mapping[int, Row], int | None]:
        """Some hundred records of a channel that is not whole, as they are sent: see `record_queries.following`."""

        def query(connection: Connection) -> tuple[StoredRecords, list[int], int | None]:
            rows, end = following(connection, channel, after)
            return self._stored(connection, channel, rows), list(rows), end

        stored, numbers, end = self._patiently(query)
        return stored.rows(channel, numbers), end

    def _stored(self, connection: Connection, channel: str, numbers: Collection[int]) -> StoredRecords:
        """What has these records as long as the connection's transaction lasts, and afterwards."""
        records = StoredRecords(self.state, connection)
        records.load(channel, numbers)
        return records

    def _read(self, query: Callable[[Connection], Answer]) -> tuple[HeadState, Answer]:
        """What the query answers, as of the head; the state in memory is as new, or newer."""
        try:
            with self._engine.connect() as connection, on_the_meter(), connection.begin():
                head = journal.head(connection)
                answer = query(connection)
        except PoolTimeout as error:
            # Others ask for what takes long.
            raise rate_limited(_BUSY_SECONDS) from error
        except DBAPIError as error:
            if is_cut_off(error):
                raise too_large(_TOO_SLOW) from error
            raise
        if head is None:
            raise unavailable()
        if not self._has(head):
            self._follow()
        if not self._has(head):
            raise OutOfDate
        return head, answer

    def _patiently(self, query: Callable[[Connection], Answer]) -> Answer:
        for _ in range(_TRIES):
            try:
                return self._read(query)[1]
            except OutOfDate:
                gevent.sleep(_RETRY_SECONDS)
        raise unavailable()

    def _has(self, head: HeadState) -> bool:
        return self.state.epoch == head.epoch and self.state.seq >= head.seq
