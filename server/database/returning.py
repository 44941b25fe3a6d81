"""A statement that writes one row and gives it back, whatever the types of its columns are: run as Prepared is."""

from collections.abc import Callable
from collections.abc import Mapping
from typing import Any
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy import Delete
from sqlalchemy import Dialect
from sqlalchemy import Insert
from sqlalchemy import Update

from server.database.statement import Prepared

_Convert = Callable[[Any], Any] | None


class _Way(NamedTuple):
    """What a database's driver takes and gives otherwise than Python has it: by parameter, and by column in order."""

    taken: Mapping[str, Callable[[Any], Any]]
    given: list[tuple[str, _Convert]]


class Returning:
    """`statement`, an insert, update or delete, with RETURNING of all columns of its table.

    Values and columns are converted as their types have it, so that it is as if SQLAlchemy had run the statement.
    """

    def __init__(self, statement: Insert | Update | Delete) -> None:
        self._columns = list(statement.table.c)
        self._statement = statement.returning(*self._columns)
        self._prepared = Prepared(self._statement)
        self._ways: dict[str, _Way | None] = {}

    def run(self, connection: Connection, values: Mapping[str, Any]) -> dict[str, Any] | None:
        """The row by column names, None if there was none. `values` has every parameter of the statement."""
        dialect = connection.dialect
        if dialect.name not in self._ways:
            self._learn(dialect)
        way = self._ways[dialect.name]
        if way is None:
            found = connection.execute(self._statement, values).mappings().first()
            return None if found is None else dict(found)
        if way.taken:
            values = {name: way.taken[name](value) if name in way.taken else value for name, value in values.items()}
        cursor = self._prepared.run(connection, values)
        rows = cursor.fetchall()
        if not rows:
            return None
        if not way.given:
            way.given.extend(self._given(dialect, cursor.description))
        return {
            name: value if convert is None else convert(value)
            for (name, convert), value in zip(way.given, rows[0], strict=True)
        }

    def _learn(self, dialect: Dialect) -> None:
        compiled: Any = self._statement.compile(dialect=dialect)
        # What SQLAlchemy would compute before it runs the statement, only SQLAlchemy can.
        if compiled.prefetch or compiled.escaped_bind_names:
            self._ways[dialect.name] = None
            return
        found = {
            name: bound.type.dialect_impl(dialect).bind_processor(dialect) for name, bound in compiled.binds.items()
        }
        self._ways[dialect.name] = _Way({name: convert for name, convert in found.items() if convert}, [])

    def _given(self, dialect: Dialect, description: list[tuple[Any, ...]]) -> list[tuple[str, _Convert]]:
        return [
            (column.name, column.type.dialect_impl(dialect).result_processor(dialect, described[1]))
            for column, described in zip(self._columns, description, strict=True)
        ]
