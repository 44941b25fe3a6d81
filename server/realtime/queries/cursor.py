"""A cursor: the commit up to which a client's copy is complete; and what was changed since, read from the journal."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, exists, func, select, true

from server.database.statement import Prepared
from server.realtime.journal.commit import Change, Commit
from server.realtime.journal.journal import HEAD, change_of
from server.realtime.journal.replica import Replica
from server.realtime.journal.tables import CHANGE_COLUMNS, COMMIT_COLUMNS, ChangeRow, CommitRow, Head
from server.realtime.protocol.errors import invalid, malformed
from server.realtime.resource.view import View

# With more changes in between, of whatever channels, a snapshot is less work.
_MOST_BETWEEN = 50_000
_after: Any = bindparam("after")
_upto: Any = bindparam("upto")
_is_between = (ChangeRow.seq > _after) & (ChangeRow.seq <= _upto)
_few = select(ChangeRow.seq).where(_is_between).limit(bindparam("most")).subquery()
_count = Prepared(select(func.count()).select_from(_few))
# An index by channel leads to all of its changes, and the seqs to those that are wanted: here the database must not
# take the channels for what it looks for.
_is_wanted = _is_between & ChangeRow.channel.concat("").in_(bindparam("channels", expanding=True))
_newer = ChangeRow.__table__.alias().c
_is_newest = ~exists().where(
    _newer.channel == ChangeRow.channel,
    _newer.record_id == ChangeRow.record_id,
    _newer.seq > ChangeRow.seq,
    _newer.seq <= _upto,
)


class Cursor(NamedTuple):
    """The newest commit that a client has, and the epoch of its seq."""

    epoch: str
    seq: int

    @classmethod
    def parse(cls, value: object) -> "Cursor | None":
        """None for a client that has nothing yet. Refuses what is no cursor."""
        if value is None:
            return None
        if not isinstance(value, Mapping):
            raise malformed("The cursor must be an object {epoch, seq}, or null.")
        epoch, seq = value.get("epoch"), value.get("seq")
        if not isinstance(epoch, str):
            raise invalid({"epoch": ["Must be the epoch of an earlier answer."]})
        if isinstance(seq, bool) or not isinstance(seq, int) or seq < 0:
            raise invalid({"seq": ["Must be the seq of an earlier answer."]})
        return cls(epoch, seq)

    @classmethod
    def optional(cls, data: Mapping[str, Any]) -> "Cursor | None":
        """That of a request with the keys `epoch` and `seq`: both, or neither."""
        return cls.parse(None if data.get("epoch") is None and data.get("seq") is None else data)

    def within(self, view: View) -> "Cursor | None":
        """The cursor with the journal's epoch; None if it is of another view."""
        return Cursor(self.epoch.removesuffix(view.tag), self.seq) if self.epoch.endswith(view.tag) else None

    def is_known(self, replica: Replica, follow: Callable[[], None]) -> bool:
        """Whether this process knows all commits up to the cursor, after another look: others may be ahead of it.

        Raises what `follow` raises, which reads the journal.
        """
        if self.seq > replica.state.seq or self.epoch != replica.state.epoch:
            follow()
        return self.epoch == replica.state.epoch and self.seq <= replica.state.seq


def newest_between(
    connection: Connection, channels: Collection[str], epoch: str, after: int, upto: int
) -> list[tuple[Commit, Change]] | None:
    """The newest change of each record of `channels` that changed after `after` and not after `upto`, in order of seq.

    None if they are too many, or if the log is not whole from there on, since it was trimmed, or is another epoch's.
    """
    return _read(connection, _changes().where(_is_newest), channels, epoch, after, upto)


def changes_between(
    connection: Connection, channels: Collection[str], epoch: str, after: int, upto: int, most: int
) -> list[tuple[Commit, Change]] | None:
    """The changes of these channels after `after` and not after `upto`, in their order.

    None if there are more than `most`, or where `newest_between` is None.
    """
    changes = _read(connection, _changes().limit(most + 1), channels, epoch, after, upto)
    return None if changes is None or len(changes) > most else changes


def _changes() -> Any:
    changes: Any = select(*COMMIT_COLUMNS, ChangeRow.place, *CHANGE_COLUMNS)
    changes = changes.join(ChangeRow, ChangeRow.seq == CommitRow.seq).where(_is_wanted)
    return changes.order_by(CommitRow.seq, ChangeRow.place)


def _read(
    connection: Connection, changes: Select[Any], channels: Collection[str], epoch: str, after: int, upto: int
) -> list[tuple[Commit, Change]] | None:
    """The changes, with the head in one statement: others may trim them at any time, and the head says so then."""
    values = {"after": after, "upto": upto}
    if _count.run(connection, {**values, "most": _MOST_BETWEEN + 1}).fetchone()[0] > _MOST_BETWEEN:
        return None
    found = changes.subquery()
    query = (
        select(Head.epoch, Head.oldest_delta_seq, *found.c)
        .select_from(Head)
        .outerjoin(found, true())
        .where(Head.id == HEAD)
        .order_by(found.c.seq, found.c.place)
    )
    rows = connection.execute(query, {**values, "channels": list(channels)}).all()
    if not rows or rows[0].epoch != epoch or rows[0].oldest_delta_seq > after:
        return None
    return [(Commit(*row[2:7]), change_of((row[2], *row[8:]))) for row in rows if row[2] is not None]
