"""The newest records of a channel, read from the journal: it keeps the newest change of each as long as it exists.

The copies in them may be old.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import orjson
from sqlalchemy import Connection, text

from server.database.statement import Prepared
from server.realtime.journal.commit import Change, Row

# Read in one statement: each takes a few milliseconds.
_AT_ONCE = 500
_newest_of_one = Prepared(
    text(
        "SELECT seq, record FROM journal_changes WHERE channel = :channel AND record_id = :number"
        " ORDER BY seq DESC LIMIT 1"
    )
)
# By dialect. Each record is found by an index, however many changes there are of others, or in the same commit.
_newest = {
    "sqlite": Prepared(
        text(
            "SELECT change.record_id, change.seq, change.record"
            " FROM (SELECT value AS id FROM json_each(:numbers)) AS asked CROSS JOIN journal_changes AS change"
            " WHERE (change.seq, change.place) = (SELECT seq, place FROM journal_changes"
            " WHERE channel = :channel AND record_id = asked.id ORDER BY seq DESC LIMIT 1)"
            " AND change.record IS NOT NULL"
        )
    ),
    "postgresql": Prepared(
        text(
            "SELECT asked.id, change.seq, change.record"
            " FROM (SELECT CAST(value AS integer) AS id FROM json_array_elements_text(CAST(:numbers AS json))) AS asked"
            " CROSS JOIN LATERAL (SELECT seq, record FROM journal_changes"
            " WHERE channel = :channel AND record_id = asked.id ORDER BY seq DESC LIMIT 1) AS change"
            " WHERE change.record IS NOT NULL"
        )
    ),
}
# Each is found by the index, where a distinct selection would look at all changes.
_next_channel = Prepared(text("SELECT min(channel) FROM journal_changes WHERE channel > :last"))
# The newest change of each record whose id is higher than one, also of those that were deleted.
_following = {
    "sqlite": Prepared(
        text(
            "SELECT change.record_id, change.seq, change.record"
            # With max() SQLite takes the other columns from the row that has it.
            " FROM (SELECT record_id, max(seq) AS seq, place FROM journal_changes WHERE channel = :channel"
            " AND record_id > :after GROUP BY record_id ORDER BY record_id LIMIT :limit) AS newest"
            " CROSS JOIN journal_changes AS change"
            " WHERE change.seq = newest.seq AND change.place = newest.place ORDER BY change.record_id"
        )
    ),
    "postgresql": Prepared(
        text(
            "SELECT change.record_id, change.seq, change.record"
            " FROM (SELECT record_id, max(seq) AS seq FROM journal_changes WHERE channel = :channel"
            " AND record_id > :after GROUP BY record_id ORDER BY record_id LIMIT :limit) AS newest"
            " JOIN journal_changes AS change ON change.channel = :channel"
            " AND change.record_id = newest.record_id AND change.seq = newest.seq ORDER BY change.record_id"
        )
    ),
}


def newest(connection: Connection, channel: str, numbers: Iterable[int]) -> dict[int, Row]:
    """The records of these ids that exist, as they were written last."""
    asked = sorted(set(numbers))
    if len(asked) == 1:
        found = _newest_of_one.run(connection, {"channel": channel, "number": asked[0]}).fetchone()
        return {asked[0]: Row(found[0], found[1].encode())} if found and found[1] is not None else {}
    rows: dict[int, Row] = {}
    statement = _newest[connection.dialect.name]
    for start in range(0, len(asked), _AT_ONCE):
        some = orjson.dumps(asked[start : start + _AT_ONCE]).decode()
        cursor = statement.run(connection, {"channel": channel, "numbers": some})
        rows.update((number, Row(seq, record.encode())) for number, seq, record in cursor.fetchall())
    return rows


def changed_between(connection: Connection, keys: Iterable[tuple[str, int]], after: int, upto: int) -> list[Change]:
    """The newest changes of these records, given by channel and id, that are after `after` and not after `upto`."""
    changes: list[Change] = []
    for channel, several in groupby(sorted(keys), key=itemgetter(0)):
        rows = newest(connection, channel, (number for _, number in several))
        changes += (Change(channel, number, *row) for number, row in rows.items() if after < row.rev <= upto)
    return changes


def following(connection: Connection, channel: str, after: int) -> tuple[dict[int, Row], int | None]:
    """Some hundred records with ids higher than `after`, by id; and after which to go on, None at the end.

    There may be none among them: those that were deleted are left out.
    """
    values: dict[str, Any] = {"channel": channel, "after": after, "limit": _AT_ONCE}
    rows = _following[connection.dialect.name].run(connection, values).fetchall()
    found = {number: Row(seq, record.encode()) for number, seq, record in rows if record is not None}
    return found, (rows[-1][0] if len(rows) == _AT_ONCE else None)


def channels(connection: Connection) -> list[str]:
    """The names of all channels that the journal knows of, also of resources that are no more."""
    names: list[str] = []
    while (name := _next_channel.run(connection, {"last": names[-1] if names else ""}).fetchone()[0]) is not None:
        names.append(name)
    return names


def each(connection: Connection, channel: str) -> Iterator[tuple[int, Row]]:
    """All records of the channel with their ids, in the order of these, few of them in memory at a time."""
    after: int | None = 0
    while after is not None:
        rows, after = following(connection, channel, after)
        yield from rows.items()
