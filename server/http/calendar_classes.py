"""The classes of the timetable with what their records do not say: which gym it is, and when they were written."""

from collections.abc import Callable
from typing import Any
from typing import NamedTuple

import gevent
import orjson
from sqlalchemy import Engine
from sqlalchemy import select

from server.database.postgresql import within
from server.http import calendar_identity
from server.realtime.journal.state import State
from server.realtime.journal.tables import CommitRow

_PATIENCE_SECONDS = 3.0
# Older versions of SQLite take no more than 999 values in a statement.
_COMMITS_AT_ONCE = 500
# After so many it is the others' turn.
_CLASSES_IN_A_ROW = 200

Record = dict[str, Any]


class Class(NamedTuple):
    """A schedule; when its record was written; the newest commit of all that it shows, and when that was made.

    Times are in milliseconds since 1970.
    """

    record: Record
    at: int
    newest: int
    newest_at: int


class Classes:
    """Remembers what it reads: the database is asked after a change only, and need not be there otherwise."""

    def __init__(self, state: State, engine: Engine) -> None:
        self._state = state
        self._engine = engine
        self._epoch = ""
        self._gym = ""
        self._at: dict[int, int] = {}

    def read(self, is_wanted: Callable[[Record], bool]) -> tuple[str, list[Class]]:
        """The gym's identity, and those of its classes that are wanted, by id. Raises what the database raises."""
        epoch, channels = self._state.epoch, self._state.channels
        schedules = channels["schedules"]
        rows = [(schedules.revs[number], record) for number, record in schedules.records.items()]
        found: list[tuple[Record, int, int]] = []
        for index, (rev, encoded) in enumerate(rows, 1):
            record = orjson.loads(encoded)
            if is_wanted(record):
                # What an event shows of them is new when they are.
                coach = channels["coaches"].revs.get(record["coach"]["id"], rev)
                plan = channels["workout_plans"].revs.get(record["workout_plan"]["id"], rev)
                found.append((record, rev, max(rev, coach, plan)))
            if index % _CLASSES_IN_A_ROW == 0:
                gevent.sleep(0)
        gym, at = self._dated(epoch, {seq for _, *seqs in found for seq in seqs})
        return gym, [Class(record, at[rev], newest, at[newest]) for record, rev, newest in found]

    def _dated(self, epoch: str, seqs: set[int]) -> tuple[str, dict[int, int]]:
        """The gym's identity, and when these commits of this epoch were made."""
        if epoch != self._epoch:
            self._epoch, self._gym, self._at = epoch, "", {}
        missing = sorted(seqs - self._at.keys())
        if missing or not self._gym:
            with within(_PATIENCE_SECONDS), self._engine.connect() as connection:
                gym = calendar_identity.read(connection) or epoch
                at = dict(self._at)
                for start in range(0, len(missing), _COMMITS_AT_ONCE):
                    wanted = missing[start : start + _COMMITS_AT_ONCE]
                    rows = connection.execute(select(CommitRow.seq, CommitRow.at).where(CommitRow.seq.in_(wanted)))
                    at.update((row.seq, row.at) for row in rows)
            if epoch == self._epoch:
                self._gym, self._at = gym, at
            return gym, at
        return self._gym, self._at
