"""Copies all rows of one database into another, whichever of the two kinds each is, and compares them."""

import datetime
import hashlib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, DateTime, MetaData, Table, bindparam, delete, func, insert, select, update

_AT_ONCE = 1_000
_MODULUS = 2**256


class Content(NamedTuple):
    """How many rows a table has, and a digest of them, whatever their order and the database."""

    rows: int
    digest: str


def filled(connection: Connection, metadata: MetaData) -> list[str]:
    """The tables that have rows."""
    return [
        table.name for table in metadata.sorted_tables if connection.scalar(select(func.count()).select_from(table))
    ]


def empty(connection: Connection, metadata: MetaData) -> None:
    """Delete all rows."""
    for table in reversed(metadata.sorted_tables):
        connection.execute(delete(table))


def copy(source: Connection, target: Connection, table: Table) -> None:
    """Insert all rows of the table into the one of the same name, which is empty."""
    own = [column.key for column in _to_itself(table)]
    for rows in _batches(source, table):
        # What refers to rows of the same table waits until they are all there.
        target.execute(insert(table), [{**row, **dict.fromkeys(own)} for row in rows])
    if own:
        keys = [column.key for column in table.primary_key]
        where = [table.c[key] == bindparam(f"of_{key}") for key in keys]
        statement = update(table).where(*where).values({name: bindparam(f"new_{name}") for name in own})
        for rows in _batches(source, table):
            target.execute(statement, [_named(row, keys, "of_") | _named(row, own, "new_") for row in rows])


def _named(row: dict[str, Any], names: Sequence[str], prefix: str) -> dict[str, Any]:
    return {f"{prefix}{name}": row[name] for name in names}


def content(connection: Connection, table: Table) -> Content:
    """What the table holds."""
    count = total = 0
    for rows in _batches(connection, table):
        count += len(rows)
        for row in rows:
            text = orjson.dumps([_plain(value) for value in row.values()], option=orjson.OPT_SORT_KEYS)
            # A sum does not depend on the order, which texts have another of in each database.
            total = (total + int.from_bytes(hashlib.sha256(text).digest())) % _MODULUS
    return Content(count, f"{total:064x}"[:16])


def _to_itself(table: Table) -> list[Any]:
    return [
        column
        for column in table.columns
        if column.nullable and any(key.column.table is table for key in column.foreign_keys)
    ]


def _batches(connection: Connection, table: Table) -> Iterator[Sequence[dict[str, Any]]]:
    written = [column for column in table.columns if column.computed is None]
    zoned = [column.key for column in written if isinstance(column.type, DateTime) and column.type.timezone]
    query = select(*written).order_by(*table.primary_key)
    with connection.execute(query, execution_options={"yield_per": _AT_ONCE}) as result:
        for part in result.mappings().partitions(_AT_ONCE):
            rows = [dict(row) for row in part]
            for row in rows:
                # SQLite keeps no zone: what it has is in UTC.
                row |= {key: _in_utc(row[key]) for key in zoned}
            yield rows


def _in_utc(moment: datetime.datetime | None) -> datetime.datetime | None:
    return moment.replace(tzinfo=datetime.UTC) if moment is not None and moment.tzinfo is None else moment


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, datetime.datetime) and value.tzinfo is not None:
        return value.astimezone(datetime.UTC).isoformat()
    return value if value is None or isinstance(value, str | int | float | list | dict) else str(value)
