"""Statements compiled once and run on the driver's own cursor: SQLAlchemy's way to one costs ten times as much.

For the journal's statements, which every commit runs, and whose values (numbers, text, booleans, null) need no
conversion in either database.
"""

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.elements import CompilerElement

Values = Mapping[str, Any]
_NONE: Values = {}


class Prepared:
    """One statement. `names` are its parameters, if it is an insert; others have them in their bindparams.

    Errors are SQLAlchemy's, as if it had run the statement.
    """

    def __init__(self, statement: CompilerElement, names: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._names = names
        self._compiled: dict[str, tuple[str, Sequence[str] | None]] = {}

    def run(self, connection: Connection, values: Values = _NONE) -> Any:
        """Run it in the connection's transaction; gives the cursor."""
        text, order = self._text(connection)
        try:
            cursor = connection.connection.cursor()
            cursor.execute(text, values if order is None else [values[name] for name in order])
        except _driver_error(connection) as error:
            raise _translated(connection, text, error) from error
        return cursor

    def run_many(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Run it once for each row."""
        text, order = self._text(connection)
        given = rows if order is None else [[row[name] for name in order] for row in rows]
        try:
            connection.connection.cursor().executemany(text, given)
        except _driver_error(connection) as error:
            raise _translated(connection, text, error) from error

    def _text(self, connection: Connection) -> tuple[str, Sequence[str] | None]:
        """The statement in the database's tongue, and the order of its parameters where they have no names."""
        found = self._compiled.get(connection.dialect.name)
        if found is None:
            compiled: Any = self._statement.compile(dialect=connection.dialect, column_keys=self._names)
            order = compiled.positiontup if compiled.positional else None
            found = self._compiled[connection.dialect.name] = (str(compiled), order)
        return found


def _translated(connection: Connection, text: str, error: Any) -> DBAPIError:
    """A driver's error as SQLAlchemy's; a connection that is lost is not used again."""
    dialect = connection.dialect
    lost = dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    if lost:
        connection.invalidate(error)
    # With the driver's base class given it is always a DBAPIError.
    made: Any = DBAPIError.instance(
        text,
        None,
        error,
        _driver_error(connection),
        hide_parameters=True,
        connection_invalidated=lost,
        dialect=dialect,
    )
    found: DBAPIError = made
    return found


def _driver_error(connection: Connection) -> Any:
    return connection.dialect.loaded_dbapi.Error
