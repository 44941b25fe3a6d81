"""Ids are given by the database, once each: what it has to be told after rows were written past the server."""

from sqlalchemy import Connection, bindparam, func, select, text

from server.extensions import db
from server.realtime.journal.tables import ChangeRow

_highest_seen = select(func.max(ChangeRow.record_id)).where(ChangeRow.channel == bindparam("channel"))
# By dialect: what the database gave last (nothing, if it keeps no count), and how it is told otherwise.
_LAST = {
    "postgresql": text(
        "SELECT coalesce(pg_sequence_last_value(count), 0)"
        " FROM (SELECT pg_get_serial_sequence(quote_ident(:table), 'id')::regclass AS count) AS counts"
        " WHERE count IS NOT NULL"
    ),
    "sqlite": text(
        "SELECT coalesce(seq, 0) FROM sqlite_master AS made LEFT JOIN sqlite_sequence AS counts USING (name)"
        " WHERE made.type = 'table' AND made.name = :table AND made.sql LIKE '%AUTOINCREMENT%'"
    ),
}
_TELL = {
    "postgresql": [text("SELECT setval(pg_get_serial_sequence(quote_ident(:table), 'id')::regclass, :highest)")],
    "sqlite": [
        text("DELETE FROM sqlite_sequence WHERE name = :table"),
        text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :highest)"),
    ],
}


def settle(connection: Connection) -> list[str]:
    """Let the database give only ids beyond those of its rows, and of all records that the journal has seen.

    Never back: what was given stays given. Returns the names of the tables that it would have given ids twice in.
    Nobody may write meanwhile.
    """
    dialect = connection.dialect.name
    told = []
    for table in db.metadata.sorted_tables:
        if table.autoincrement_column is None:
            continue
        last = connection.scalar(_LAST[dialect], {"table": table.name})
        highest = max(connection.scalar(select(func.max(table.c.id))) or 0, highest_seen(connection, table.name))
        if last is not None and highest > last:
            told.append(table.name)
            for statement in _TELL[dialect]:
                connection.execute(statement, {"table": table.name, "highest": highest})
    return told


def highest_seen(connection: Connection, channel: str) -> int:
    """The highest id in a channel that the journal knows of, also of deleted records; 0 if there is none."""
    return connection.scalar(_highest_seen, {"channel": channel}) or 0
