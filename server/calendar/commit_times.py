"""When commits were made, and which was the last that changed an exception: read from the database, and kept."""

from collections.abc import Iterator, Mapping, Set
from datetime import date

import orjson
from sqlalchemy import Engine, Select, select

from server.calendar.dates import Record
from server.calendar.gym_identity import identity_of
from server.database.postgresql import within
from server.realtime.journal.tables import ChangeRow, CommitRow
from server.values.week import day_of

_TIMEOUT_SECONDS = 3.0
# Older versions of SQLite take no more than 999 values in a statement.
_COMMITS_AT_ONCE = 500
_EXCEPTIONS = "exceptions"


class CommitTimes:
    """What the database says of the commits of one epoch. It is asked again only after a change."""

    def __init__(self, engine: Engine, epoch: str) -> None:
        self.epoch = epoch
        self._engine = engine
        self._gym = ""
        self._at: dict[int, int] = {}
        self._exceptions = b""
        self._until = 0
        # The newest commits that changed an exception, by the id of its class, or by the weekday of a closed day.
        self._last: dict[int | str, int] = {}

    def last_change(self, schedule: Record) -> int:
        """The seq of the last commit that changed, made or deleted an exception of the class; 0 if there was none.

        Deletions are known as far as the journal reaches.
        """
        return max(self._last.get(schedule["id"], 0), self._last.get(schedule["day"], 0))

    def read_exceptions(self, exceptions: bytes, until: int) -> None:
        """Take in the changes of exceptions up to seq `until`, when they are as in this array."""
        if exceptions is self._exceptions:
            return
        query = (
            select(ChangeRow.seq, CommitRow.at, ChangeRow.record, ChangeRow.before)
            .join(CommitRow, CommitRow.seq == ChangeRow.seq)
            .where(ChangeRow.channel == _EXCEPTIONS, ChangeRow.seq > self._until, ChangeRow.seq <= until)
        )
        with within(_TIMEOUT_SECONDS), self._engine.connect() as connection:
            rows = connection.execute(query).all()
        for seq, at, *states in rows:
            self._at[seq] = at
            for state in (orjson.loads(text) for text in states if text is not None):
                scheduled = state["schedule"]
                key = day_of(date.fromisoformat(state["date"])) if scheduled is None else scheduled["id"]
                self._last[key] = max(seq, self._last.get(key, 0))
        self._exceptions, self._until = exceptions, max(until, self._until)

    def at(self, seqs: Set[int]) -> tuple[str, Mapping[int, int]]:
        """The gym's identity, and when these commits were made, in milliseconds since 1970."""
        if not self._gym or not seqs <= self._at.keys():
            with within(_TIMEOUT_SECONDS), self._engine.connect() as connection:
                self._gym = identity_of(connection) or self.epoch
                for query in _queries(sorted(seqs - self._at.keys())):
                    self._at.update((row.seq, row.at) for row in connection.execute(query))
        return self._gym, self._at


def _queries(seqs: list[int]) -> Iterator[Select[int, int]]:
    for start in range(0, len(seqs), _COMMITS_AT_ONCE):
        yield select(CommitRow.seq, CommitRow.at).where(CommitRow.seq.in_(seqs[start : start + _COMMITS_AT_ONCE]))
