"""The append-only log of commits, written in the transaction that writes the data.

`seq` has no gaps and follows the order of commits: it is taken from the head row, which a writer holds locked until it
commits. (A sequence of the database would not do: its values can commit out of order, and a cursor would skip rows.)
"""

import uuid
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, exists, insert, select, text, true, update

from server.database.statement import Prepared
from server.realtime.journal.commit import MOST_CHANGES, Change, Commit
from server.realtime.journal.tables import CHANGE_COLUMNS, COMMIT_COLUMNS, HEAD_COLUMNS, ChangeRow, CommitRow, Head

HEAD = 1
# Read one by one: with what several large requests changed in the same transaction.
_MOST_NEWS = 2 * MOST_CHANGES
_is_head = Head.id == bindparam("head")
_head = select(*HEAD_COLUMNS).where(_is_head)
_read_head = Prepared(_head)
_lock_head = Prepared(_head.with_for_update())
_lock_table = text("LOCK TABLE journal_head IN SHARE ROW EXCLUSIVE MODE")
_moved = update(Head).where(_is_head).values(seq=bindparam("new_seq"))
_advance = Prepared(_moved)
# In the same round trip: a commit that waits for a standby must not be cut short, as if the standby had it.
_advance_unlimited = Prepared(_moved.where(text("set_config('statement_timeout', '0', true) = '0'")))
_insert_commit = Prepared(insert(CommitRow.__table__), ("seq", "at", "event", "actor", "op", "digest", "answer"))
_insert_change = Prepared(insert(ChangeRow.__table__), ("seq", "place", "channel", "record_id", "record", "before"))
_find_op = Prepared(select(CommitRow.digest, CommitRow.answer).where(CommitRow.op == bindparam("op")))
_read_after = Prepared(
    select(*COMMIT_COLUMNS, *CHANGE_COLUMNS)
    .outerjoin(ChangeRow, ChangeRow.seq == CommitRow.seq)
    .where(CommitRow.seq > bindparam("after"))
    .order_by(CommitRow.seq, ChangeRow.place)
    .limit(bindparam("most"))
)
# One row at least, since there is a head.
_news = Prepared(
    select(*HEAD_COLUMNS, *COMMIT_COLUMNS, *CHANGE_COLUMNS)
    .select_from(Head)
    .outerjoin(CommitRow, CommitRow.seq > bindparam("after"))
    .outerjoin(ChangeRow, ChangeRow.seq == CommitRow.seq)
    .where(_is_head)
    .order_by(CommitRow.seq, ChangeRow.place)
    .limit(bindparam("most"))
)
_newer = ChangeRow.__table__.alias().c
_channels: Any = bindparam("channels", expanding=True)
# Not joined by the seq: SQLite would look through all changes of a commit, which may be all records there are.
_existing = (
    select(ChangeRow.seq, *CHANGE_COLUMNS)
    .where(ChangeRow.channel.in_(_channels), ChangeRow.record.is_not(None))
    .where(
        ~exists().where(
            _newer.channel == ChangeRow.channel,
            _newer.record_id == ChangeRow.record_id,
            _newer.channel.in_(_channels),
            _newer.seq > ChangeRow.seq,
        )
    )
    .subquery()
)
# The head and the newest state, as of one moment; one row at least, since there is a head.
_state = (
    select(*HEAD_COLUMNS, *_existing.c)
    .select_from(Head)
    .outerjoin(_existing, true())
    .where(_is_head)
    .order_by(_existing.c.record_id)
)


class HeadState(NamedTuple):
    """The head row as read."""

    epoch: str
    seq: int
    oldest_delta_seq: int
    schema_fingerprint: str
    database_identity: str


class Kept(NamedTuple):
    """What is remembered of a request that had an `op`."""

    digest: str
    answer: bytes


class Entry(NamedTuple):
    """A commit to be appended; `kept` if its request had an `op`."""

    commit: Commit
    kept: Kept | None = None


def head(connection: Connection, *, lock: bool = False) -> HeadState | None:
    """The head row, None before the first start. With `lock`, no other writer goes on until this transaction ends.

    SQLite has no row locks: there the caller's transaction began IMMEDIATE, which locks the whole database.
    """
    read = _lock_head if lock else _read_head
    row = read.run(connection, {"head": HEAD}).fetchone()
    if row is None and lock and connection.dialect.name == "postgresql":
        # Two processes may start at once on an empty database: the second finds the row that the first made.
        connection.execute(_lock_table)
        row = read.run(connection, {"head": HEAD}).fetchone()
    return None if row is None else HeadState(*row)


def has_head(connection: Connection) -> bool:
    """Whether the journal was made, by whatever version."""
    return connection.scalar(select(Head.id).where(Head.id == HEAD)) is not None


def renew_epoch(connection: Connection) -> None:
    """Say that the data is no continuation of what clients know: their cursors lead to a snapshot.

    The caller's transaction must hold the write lock.
    """
    connection.execute(update(Head).where(Head.id == HEAD).values(epoch=str(uuid.uuid4())))


def set_database_identity(connection: Connection, identity: str) -> None:
    """Note in which database the journal is. The caller's transaction must hold the write lock."""
    connection.execute(update(Head).where(Head.id == HEAD).values(database_identity=identity))


def append(connection: Connection, entries: Sequence[Entry]) -> None:
    """Write commits and their changes, in one statement each. Their seqs must follow the head's; `advance` moves it."""
    if not entries:
        return
    commits = [
        {
            "seq": commit.seq,
            "at": commit.at,
            "event": commit.event,
            "actor": commit.actor,
            "op": commit.op,
            "digest": kept and kept.digest,
            "answer": kept and kept.answer.decode(),
        }
        for commit, kept in entries
    ]
    _insert_commit.run_many(connection, commits)
    changes = [
        {
            "seq": commit.seq,
            "place": place,
            "channel": change.channel,
            "record_id": change.id,
            "record": change.record and change.record.decode(),
            "before": change.before and change.before.decode(),
        }
        for commit, _ in entries
        for place, change in enumerate(commit.changes)
    ]
    if changes:
        _insert_change.run_many(connection, changes)


def advance(connection: Connection, seq: int) -> None:
    """Let the head say that `seq` is the newest commit."""
    moved = _advance_unlimited if connection.dialect.name == "postgresql" else _advance
    moved.run(connection, {"new_seq": seq, "head": HEAD})


def find_op(connection: Connection, op: str) -> Kept | None:
    """What is remembered of the request that `op` named."""
    row = _find_op.run(connection, {"op": op}).fetchone()
    return None if row is None else Kept(row[0], row[1].encode())


def read_after(connection: Connection, seq: int) -> list[Commit] | None:
    """The commits after `seq`, in order, with their changes; None if these are too many to be taken in one by one."""
    return _commits(_read_after.run(connection, {"after": seq, "most": _MOST_NEWS + 1}).fetchall())


def news(connection: Connection, seq: int) -> tuple[HeadState | None, list[Commit] | None]:
    """The head, and the commits after `seq` up to it as `read_after` has them, in one round trip."""
    rows = _news.run(connection, {"after": seq, "head": HEAD, "most": _MOST_NEWS + 1}).fetchall()
    if not rows:
        return None, []
    return HeadState(*rows[0][:5]), _commits([row[5:] for row in rows if row[5] is not None])


def _commits(rows: Sequence[Sequence[Any]]) -> list[Commit] | None:
    if len(rows) > _MOST_NEWS:
        return None
    commits: list[Commit] = []
    for row in rows:
        if not commits or commits[-1].seq != row[0]:
            commits.append(Commit(*row[:5]))
        # A request with an `op` is remembered even if it changed nothing.
        if row[5] is not None:
            commits[-1].changes.append(change_of((row[0], *row[5:])))
    return commits


def state(connection: Connection, channels: Collection[str]) -> tuple[HeadState, Iterable[Change]]:
    """The head, and the newest change of each record of `channels` that exists, by id: both as of the same moment."""
    rows = connection.execute(_state, {"head": HEAD, "channels": list(channels)}).all()
    return HeadState(*rows[0][:5]), (change_of(row[5:]) for row in rows if row[5] is not None)


def change_of(row: Sequence[Any]) -> Change:
    """The change of a row with its seq and CHANGE_COLUMNS."""
    seq, channel, number, record, before = row
    return Change(channel, number, seq, record and record.encode(), before and before.encode())
