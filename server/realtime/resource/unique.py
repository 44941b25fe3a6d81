"""What must be a record's own, alone or together with something else: the database sees to it, and this reads it out.

Told by its error, nothing has to be asked before a write, and nobody can come between.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column
from sqlalchemy import Dialect
from sqlalchemy import Index
from sqlalchemy import Table
from sqlalchemy import UniqueConstraint
from sqlalchemy.exc import IntegrityError

from server.realtime.protocol.errors import Refusal
from server.realtime.protocol.errors import invalid

Rule = UniqueConstraint | Index

_VIOLATED = "23505"
_SAID = "UNIQUE constraint failed: "


class Unique:
    """The unique rules of one table. `fields` are the names that its columns have in a record, `name` is a record's."""

    def __init__(self, table: Table, name: str, fields: Mapping[Column[Any], str]) -> None:
        self._name = name.replace("_", " ")
        self._rules = _rules(table)
        self._fields = fields
        # The names of columns that are part of a rule, and null where a record has nothing of the kind.
        self.optional = frozenset(column.name for rule in self._rules for column in rule.columns if column.nullable)

    def refusal(self, error: IntegrityError, dialect: Dialect) -> Refusal | None:
        """How to say that another record has what was written; None if the error is about something else.

        A column that is not on the wire has no name: nothing can be said of a rule that has no other.
        """
        broken = next((rule for rule in self._rules if _is_broken(rule, error, dialect)), None)
        if broken is None or not (fields := [self._fields[one] for one in broken.columns if one in self._fields]):
            return None
        *most, last = [field.replace("_", " ") for field in fields]
        line = f"This {last} is taken. Please choose another."
        if most:
            line = f"Another {self._name} has this {', '.join(most)} and {last}. Please change one of them."
        return invalid({field: [line] for field in fields})


def is_taken(error: IntegrityError, table: Table) -> bool:
    """Whether a row was refused because another one of the table has what must be its own."""
    diagnosis: Any = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return bool(diagnosis.sqlstate == _VIOLATED and diagnosis.table_name == table.name)
    return str(error.orig).startswith(f"{_SAID}{table.name}.")


def is_given_twice(error: IntegrityError, table: Table) -> bool:
    """Whether a new row was refused because another one has its id."""
    diagnosis: Any = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return bool(diagnosis.constraint_name == table.primary_key.name)
    return str(error.orig) == f"UNIQUE constraint failed: {table.name}.id"


def _rules(table: Table) -> list[Rule]:
    """All that is unique in a table, beside its primary key."""
    constraints = [rule for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    return [*constraints, *(index for index in table.indexes if index.unique)]


def _is_broken(rule: Rule, error: IntegrityError, dialect: Dialect) -> bool:
    name = _name(rule, dialect)
    diagnosis: Any = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return bool(diagnosis.constraint_name == name)
    # SQLite names the columns, or the index if it is one of expressions.
    assert rule.table is not None
    columns = ", ".join(f"{rule.table.name}.{column.name}" for column in rule.columns)
    return str(error.orig) in (f"{_SAID}{columns}", f"{_SAID}index '{name}'")


def _name(rule: Rule, dialect: Dialect) -> str | None:
    """As the database has it, which cuts what is too long."""
    prepared, name = dialect.identifier_preparer, str(rule.name)
    if isinstance(rule, Index):
        return prepared.truncate_and_render_index_name(name, _alembic_quote=False)
    return prepared.truncate_and_render_constraint_name(name, _alembic_quote=False)
