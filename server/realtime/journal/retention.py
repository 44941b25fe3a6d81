"""How far back the journal reaches: older commits are deleted, but never the newest state of a record."""

import logging
import time

import gevent
from sqlalchemy import Connection, Engine, delete, exists, select, tuple_, update

from server.database.engines import UNREACHABLE, one_line, writing
from server.realtime.journal import journal
from server.realtime.journal.tables import ChangeRow, CommitRow, Head

logger = logging.getLogger("spotter.journal")

_EVERY_SECONDS = 3600.0
_DAY_MS = 24 * 3600 * 1000
# A request's op is remembered for at least a day, however many commits there are.
_OP_MS = _DAY_MS
# Looked at in one transaction: other writers wait no longer than that takes.
_COMMITS, _CHANGES = 2_000, 5_000
# Older versions of SQLite take no more than 999 values in a statement.
_AT_ONCE = 500
_is_needed = exists().where(ChangeRow.seq == CommitRow.seq)


class Retention:
    """Trims the journal every hour to `days` days and `commits` commits. Cursors older than that get a snapshot.

    A commit is deleted only with all before it: one that a wrong clock dated later keeps those after it,
    up to `commits`.
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
        """Delete what is too old. Returns the oldest cursor that a delta can start from.

        Each commit is looked at once: when the deltas can no longer start before it.
        """
        now = int(time.time() * 1000)
        with self._engine.connect() as connection, connection.begin():
            oldest, target = self._reach(connection, now)
        while oldest < target:
            with writing(self._engine) as connection:
                oldest = _delete(connection, target)
            gevent.sleep(0)
        self._delete_ops(oldest, now - _OP_MS)
        return oldest

    def _reach(self, connection: Connection, now: int) -> tuple[int, int]:
        """The oldest cursor that a delta can start from, as it is and as it shall be."""
        head = journal.head(connection)
        if head is None:
            return 0, 0
        # In the order of seq, so that no index by time is needed: no more rows are read than are deleted.
        first_kept = connection.scalar(
            select(CommitRow.seq)
            .where(CommitRow.seq > head.oldest_delta_seq, CommitRow.at >= now - self._days * _DAY_MS)
            .order_by(CommitRow.seq)
            .limit(1)
        )
        old = head.seq if first_kept is None else first_kept - 1
        return head.oldest_delta_seq, max(head.oldest_delta_seq, old, head.seq - self._commits)

    def _delete_ops(self, oldest: int, before: int) -> None:
        """Delete the ops, with their answers, of commits up to `oldest` that were made before that time."""
        last = ""
        while True:
            with self._engine.connect() as connection:
                some = select(CommitRow.op, CommitRow.seq, CommitRow.at).where(CommitRow.op > last)
                rows = connection.execute(some.order_by(CommitRow.op).limit(_COMMITS)).all()
            if expired := [row.seq for row in rows if row.seq <= oldest and row.at < before]:
                with writing(self._engine) as connection:
                    for start in range(0, len(expired), _AT_ONCE):
                        is_one = CommitRow.seq.in_(expired[start : start + _AT_ONCE])
                        connection.execute(update(CommitRow).where(is_one).values(op=None, digest=None, answer=None))
                        connection.execute(delete(CommitRow).where(is_one, ~_is_needed))
            if len(rows) < _COMMITS:
                return
            last = rows[-1].op
            gevent.sleep(0)


def _delete(connection: Connection, target: int) -> int:
    """Let no delta start before some further commits, up to `target`, and delete what nobody can ask for any more.

    Returns the oldest cursor that a delta can start from now.
    """
    head = journal.head(connection, lock=True)
    if head is None or head.oldest_delta_seq >= target:
        return target
    first = head.oldest_delta_seq
    last = min(target, first + _COMMITS)
    is_one = ChangeRow.seq.between(first + 1, last)
    further = select(ChangeRow.seq).where(is_one).order_by(ChangeRow.seq, ChangeRow.place).offset(_CHANGES).limit(1)
    if (beyond := connection.scalar(further)) is not None:
        last = max(first + 1, beyond - 1)
    connection.execute(update(Head).values(oldest_delta_seq=last))
    is_one = ChangeRow.seq.between(first + 1, last)
    place = tuple_(ChangeRow.seq, ChangeRow.place)
    earlier = ChangeRow.__table__.alias().c
    superseded = (
        select(earlier.seq, earlier.place)
        .select_from(ChangeRow)
        .join(earlier.seq.table, (earlier.channel == ChangeRow.channel) & (earlier.record_id == ChangeRow.record_id))
        .where(is_one, earlier.seq < ChangeRow.seq)
    )
    gone = set(connection.scalars(delete(ChangeRow).where(place.in_(superseded)).returning(ChangeRow.seq)))
    connection.execute(delete(ChangeRow).where(is_one, ChangeRow.record.is_(None)))
    # One with an op is remembered, and goes with that.
    is_unneeded = CommitRow.op.is_(None) & ~_is_needed
    connection.execute(delete(CommitRow).where(CommitRow.seq.between(first + 1, last), is_unneeded))
    older = [seq for seq in gone if seq <= first]
    for start in range(0, len(older), _AT_ONCE):
        connection.execute(delete(CommitRow).where(CommitRow.seq.in_(older[start : start + _AT_ONCE]), is_unneeded))
    return last
