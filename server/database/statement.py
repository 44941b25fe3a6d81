"""Statements compiled once and run on the driver's own cursor.

For the journal's statements, whose values (numbers, text, booleans, null) need no conversion in either database.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.sql.elements import CompilerElement

from server.database.engines import execute

Values = Mapping[str, Any]
_NONE: Values = {}
# PostgreSQL has its time limit for each batch: a seed or an import writes tens of thousands of rows.
_ROWS_AT_ONCE = 5_000


class Prepared:
    """One statement. `names` are the parameters of an insert; others have bindparams.

    Errors are SQLAlchemy's, as if it had run the statement.
    """

    def __init__(self, statement: CompilerElement, names: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._names = names
        self._compiled: dict[str, tuple[str, Sequence[str] | None]] = {}
        # The values of its literals.
        self._literals: dict[str, Any] = {}

    def run(self, connection: Connection, values: Values = _NONE) -> Any:
        """Run it in the connection's transaction; returns the cursor."""
        text, order = self._text(connection)
        if self._literals:
            values = {**self._literals, **values}
        return execute(connection, text, values if order is None else [values[name] for name in order])

    def run_many(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Run it once for each row."""
        text, order = self._text(connection)
        values = rows if order is None else [[row[name] for name in order] for row in rows]
        for start in range(0, len(values), _ROWS_AT_ONCE):
            execute(connection, text, values[start : start + _ROWS_AT_ONCE], many=True)

    def _text(self, connection: Connection) -> tuple[str, Sequence[str] | None]:
        """The statement as SQL, and the order of its parameters where they have no names."""
        name = connection.dialect.name
        if name not in self._compiled:
            compiled: Any = self._statement.compile(dialect=connection.dialect, column_keys=self._names)
            self._compiled[name] = str(compiled), compiled.positiontup if compiled.positional else None
            self._literals = {key: value for key, value in compiled.params.items() if value is not None}
        return self._compiled[name]
