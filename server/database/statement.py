"""Statements compiled once and run on the driver's own cursor.

For the journal's statements, which every commit runs, and whose values (numbers, text, booleans, null) need no
conversion in either database.
"""

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.sql.elements import CompilerElement

from server.database.engines import execute

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
        return execute(connection, text, values if order is None else [values[name] for name in order])

    def run_many(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Run it once for each row."""
        text, order = self._text(connection)
        given = rows if order is None else [[row[name] for name in order] for row in rows]
        execute(connection, text, given, many=True)

    def _text(self, connection: Connection) -> tuple[str, Sequence[str] | None]:
        """The statement in the database's tongue, and the order of its parameters where they have no names."""
        found = self._compiled.get(connection.dialect.name)
        if found is None:
            compiled: Any = self._statement.compile(dialect=connection.dialect, column_keys=self._names)
            order = compiled.positiontup if compiled.positional else None
            found = self._compiled[connection.dialect.name] = (str(compiled), order)
        return found
