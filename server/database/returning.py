"""A Prepared statement that writes one row and returns it, with all column types."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Delete, Dialect, Insert, Update

from server.database.statement import Prepared

_Convert = Callable[[Any], Any] | None


class _Converters(NamedTuple):
    """To and from a driver's values: by parameter, and for each column in order."""

    parameters: Mapping[str, Callable[[Any], Any]]
    columns: list[tuple[str, _Convert]]


class Returning:
    """`statement`, an insert, update or delete, with RETURNING of all columns of its table.

    Values are converted by the columns' types, as if SQLAlchemy had run the statement.
    """

    def __init__(self, statement: Insert | Update | Delete) -> None:
        self._columns = list(statement.table.c)
        self._statement = statement.returning(*self._columns)
        self._prepared = Prepared(self._statement)
        # By dialect; None where only SQLAlchemy can run the statement.
        self._converters: dict[str, _Converters | None] = {}

    def run(self, connection: Connection, values: Mapping[str, Any]) -> dict[str, Any] | None:
        """The row by column names, None if there was none. `values` has every parameter of the statement."""
        dialect = connection.dialect
        if dialect.name not in self._converters:
            self._converters[dialect.name] = self._converters_of(dialect)
        converters = self._converters[dialect.name]
        if converters is None:
            found = connection.execute(self._statement, values).mappings().first()
            return None if found is None else dict(found)
        if converters.parameters:
            values = {**values, **{name: convert(values[name]) for name, convert in converters.parameters.items()}}
        cursor = self._prepared.run(connection, values)
        rows = cursor.fetchall()
        if not rows:
            return None
        if not converters.columns:
            converters.columns.extend(self._column_converters(dialect, cursor.description))
        return {
            name: value if convert is None else convert(value)
            for (name, convert), value in zip(converters.columns, rows[0], strict=True)
        }

    def _converters_of(self, dialect: Dialect) -> _Converters | None:
        compiled: Any = self._statement.compile(dialect=dialect)
        # Defaults that SQLAlchemy computes before it runs the statement.
        if compiled.prefetch or compiled.escaped_bind_names:
            return None
        converters = {
            name: bound.type.dialect_impl(dialect).bind_processor(dialect) for name, bound in compiled.binds.items()
        }
        return _Converters({name: convert for name, convert in converters.items() if convert}, [])

    def _column_converters(self, dialect: Dialect, description: list[tuple[Any, ...]]) -> list[tuple[str, _Convert]]:
        return [
            (column.name, column.type.dialect_impl(dialect).result_processor(dialect, described[1]))
            for column, described in zip(self._columns, description, strict=True)
        ]
