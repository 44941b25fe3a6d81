"""How far back the journal reaches: older commits are forgotten, but never the newest state of a record."""

import logging
import time

import gevent
from sqlalchemy import Connection, Engine, delete, exists, select, update
from sqlalchemy.orm import aliased

from server.database.engines import UNREACHABLE, one_line, writing
from server.realtime.journal import journal
from server.realtime.journal.tables import ChangeRow, CommitRow, Head

logger = logging.getLogger("spotter.journal")

_EVERY_SECONDS = 3600.0
_DAY_MS = 24 * 3600 * 1000
# A request's op is remembered for at least a day, however many commits there are.
_OP_MS = _DAY_MS
# Commits looked at in one transaction: other writers wait no longer than that takes.
_CHUNK = 2_000


class Retention:
    """Trims the journal every hour to `days` days and `commits` commits. Cursors older than that get a snapshot.

    A commit goes only with all before it: one that a clock put into the future keeps those after it, up to `commits`.
    """

    def __init__(self, engine: Engine, days: int, commits: int) -> None:
        self._engine = engine
        self._days = days
        self._commits = commits

    def start(self) -> gevent.Greenlet:
        """Trim until killed."""
        return gevent.spawn(self._run)

    def _run(self) -> None:
        while True:
            try:
                self.trim()
            except UNREACHABLE as error:
                logger.warning("the journal could not be trimmed: %s", one_line(error))
            gevent.sleep(_EVERY_SECONDS)

    def trim(self) -> int:
        """Forget what is too old. Returns the oldest cursor that a delta can start from."""
        now = int(time.time() * 1000)
        with writing(self._engine) as connection:
            oldest = self._raise_oldest_delta_seq(connection, now)
        for first in range(0, oldest + 1, _CHUNK):
            with writing(self._engine) as connection:
                _forget(connection, first, min(first + _CHUNK - 1, oldest), now)
            gevent.sleep(0)
        return oldest

    def _raise_oldest_delta_seq(self, connection: Connection, now: int) -> int:
        head = journal.head(connection, lock=True)
        if head is None:
            return 0
        # In the order of seq, so that no index by time is needed: no more is looked at than is forgotten.
        first_kept = connection.scalar(
            select(CommitRow.seq)
            .where(CommitRow.seq > head.oldest_delta_seq, CommitRow.at >= now - self._days * _DAY_MS)
            .order_by(CommitRow.seq)
            .limit(1)
        )
        old = head.seq if first_kept is None else first_kept - 1
        oldest = max(head.oldest_delta_seq, old, head.seq - self._commits)
        if oldest > head.oldest_delta_seq:
            connection.execute(update(Head).values(oldest_delta_seq=oldest))
        return oldest


def _forget(connection: Connection, first: int, last: int, now: int) -> None:
    """Delete, of the commits from `first` to `last`, what nobody can ask for any more."""
    newer = aliased(ChangeRow)
    superseded = exists().where(
        newer.channel == ChangeRow.channel, newer.record_id == ChangeRow.record_id, newer.seq > ChangeRow.seq
    )
    connection.execute(
        delete(ChangeRow).where(ChangeRow.seq.between(first, last), ChangeRow.record.is_(None) | superseded)
    )
    needed = exists().where(ChangeRow.seq == CommitRow.seq)
    remembered = CommitRow.op.is_not(None) & (CommitRow.at >= now - _OP_MS)
    connection.execute(delete(CommitRow).where(CommitRow.seq.between(first, last), ~needed, ~remembered))
