"""The classes of the timetable with what a calendar needs beside their records: the gym's identity, and dates."""

import uuid
from collections.abc import Callable
from typing import Any, NamedTuple

import gevent
import orjson
from sqlalchemy import Connection, Engine, String, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from server.database.postgresql import within
from server.extensions import db
from server.realtime.journal.state import State
from server.realtime.journal.tables import CommitRow

_PATIENCE_SECONDS = 3.0
# Older versions of SQLite take no more than 999 values in a statement.
_COMMITS_AT_ONCE = 500
# Other greenlets run after so many.
_CLASSES_AT_ONCE = 200
_CURRENT = 1

Record = dict[str, Any]


class Gym(db.Model):
    """Row 1 has the gym's identity: made with the table, and part of every backup and copy of the rows.

    The journal's epoch does not do: it is a new one after a restore. The other rows are earlier identities.
    """

    __tablename__ = "gym"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    identity: Mapped[str] = mapped_column(String(36))


def renew_identity(connection: Connection) -> None:
    """Make this another gym, whose ids begin anew. The caller's transaction must be a writing one."""
    before = connection.scalars(select(Gym.identity).order_by(Gym.id))
    identities = enumerate([str(uuid.uuid4()), *before], _CURRENT)
    connection.execute(delete(Gym))
    connection.execute(insert(Gym), [{"id": number, "identity": identity} for number, identity in identities])


class Class(NamedTuple):
    """A schedule; when its record was written; the newest commit of all that it shows, and when that was made.

    Times are in milliseconds since 1970.
    """

    record: Record
    at: int
    newest: int
    newest_at: int


class Timetable:
    """Reads classes. What the database says is kept, and read again only after a change."""

    def __init__(self, state: State, engine: Engine) -> None:
        self._state = state
        self._engine = engine
        self._epoch = ""
        self._gym = ""
        self._at: dict[int, int] = {}

    def read(self, is_wanted: Callable[[Record], bool]) -> tuple[str, list[Class]]:
        """The gym's identity, and the classes that are wanted, by id. Raises what the database raises."""
        epoch, channels = self._state.epoch, self._state.channels
        schedules = channels["schedules"]
        rows = [(schedules.revs[number], record) for number, record in schedules.records.items()]
        wanted: list[tuple[Record, int, int]] = []
        for index, (rev, encoded) in enumerate(rows, 1):
            record = orjson.loads(encoded)
            if is_wanted(record):
                coach = channels["coaches"].revs.get(record["coach"]["id"], rev)
                plan = channels["workout_plans"].revs.get(record["workout_plan"]["id"], rev)
                wanted.append((record, rev, max(rev, coach, plan)))
            if index % _CLASSES_AT_ONCE == 0:
                gevent.sleep(0)
        gym, at = self._dates(epoch, {seq for _, *seqs in wanted for seq in seqs})
        return gym, [Class(record, at[rev], newest, at[newest]) for record, rev, newest in wanted]

    def _dates(self, epoch: str, seqs: set[int]) -> tuple[str, dict[int, int]]:
        """The gym's identity, and when these commits of this epoch were made."""
        if epoch != self._epoch:
            self._epoch, self._gym, self._at = epoch, "", {}
        missing = sorted(seqs - self._at.keys())
        if self._gym and not missing:
            return self._gym, self._at
        with within(_PATIENCE_SECONDS), self._engine.connect() as connection:
            gym = connection.scalar(select(Gym.identity).where(Gym.id == _CURRENT)) or epoch
            at = dict(self._at)
            for start in range(0, len(missing), _COMMITS_AT_ONCE):
                some = missing[start : start + _COMMITS_AT_ONCE]
                rows = connection.execute(select(CommitRow.seq, CommitRow.at).where(CommitRow.seq.in_(some)))
                at.update((row.seq, row.at) for row in rows)
        if epoch == self._epoch:
            self._gym, self._at = gym, at
        return gym, at
