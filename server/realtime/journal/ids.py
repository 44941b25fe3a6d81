"""The database gives each id once: its count of ids, and its correction after rows were written past the server."""

from sqlalchemy import Connection, Table, bindparam, func, select, text

from server.extensions import db
from server.realtime.journal.tables import ChangeRow

_highest_seen = select(func.max(ChangeRow.record_id)).where(ChangeRow.channel == bindparam("channel"))
# By dialect: the id that the database gave last (no row, if it keeps no count), and how that is set.
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
_SET_LAST = {
    "postgresql": [text("SELECT setval(pg_get_serial_sequence(quote_ident(:table), 'id')::regclass, :highest)")],
    "sqlite": [
        text("DELETE FROM sqlite_sequence WHERE name = :table"),
        text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :highest)"),
    ],
}
_TAKE = text(
    "SELECT nextval(pg_get_serial_sequence(quote_ident(:table), 'id')::regclass) FROM generate_series(1, :count)"
)


def copy_counts(source: Connection, target: Connection) -> None:
    """Let a copy of the database give no id that the source has given."""
    for table in db.metadata.sorted_tables:
        if table.autoincrement_column is not None:
            given = source.scalar(_LAST[source.dialect.name], {"table": table.name})
            highest = max(given or 0, source.scalar(select(func.max(table.c.id))) or 0)
            if highest and target.scalar(_LAST[target.dialect.name], {"table": table.name}) is not None:
                for statement in _SET_LAST[target.dialect.name]:
                    target.execute(statement, {"table": table.name, "highest": highest})


def settle(connection: Connection) -> list[str]:
    """Raise the counts of ids to the highest id of each table's rows and of all its records in the journal.

    Returns the names of the tables in which ids would have been given twice. Nobody may write meanwhile.
    """
    dialect = connection.dialect.name
    corrected = []
    for table in db.metadata.sorted_tables:
        if table.autoincrement_column is None:
            continue
        last = connection.scalar(_LAST[dialect], {"table": table.name})
        highest = max(connection.scalar(select(func.max(table.c.id))) or 0, highest_seen(connection, table.name))
        if last is not None and highest > last:
            corrected.append(table.name)
            for statement in _SET_LAST[dialect]:
                connection.execute(statement, {"table": table.name, "highest": highest})
    return corrected


def next_ids(connection: Connection, table: Table, count: int) -> list[int]:
    """Ids for rows that are inserted together, as the database would give them one after the other."""
    if connection.dialect.name == "postgresql":
        return list(connection.scalars(_TAKE, {"table": table.name, "count": count}))
    first = expected_id(connection, table)
    return list(range(first, first + count))


def expected_id(connection: Connection, table: Table) -> int:
    """The id that the next row will get, if nobody else inserts one before. It is not used up."""
    last = connection.scalar(_LAST[connection.dialect.name], {"table": table.name}) or 0
    if connection.dialect.name == "sqlite":
        # SQLite looks at the rows as well.
        last = max(last, connection.scalar(select(func.max(table.c.id))) or 0)
    return last + 1


def highest_seen(connection: Connection, channel: str) -> int:
    """The highest id in a channel that the journal knows of, also of deleted records; 0 if there is none."""
    return connection.scalar(_highest_seen, {"channel": channel}) or 0
