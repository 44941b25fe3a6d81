"""Unique constraints: the database's error becomes a refusal that names the fields.

Nothing is read before the write, so no other write can come between.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Dialect, Index, Table, UniqueConstraint
from sqlalchemy.exc import IntegrityError

from server.realtime.protocol.errors import Refusal, invalid

Rule = UniqueConstraint | Index

_VIOLATED = "23505"
_MESSAGE = "UNIQUE constraint failed: "


class Unique:
    """The unique rules of one table. `fields` are the fields of its columns; `noun` is for error texts."""

    def __init__(self, table: Table, noun: str, fields: Mapping[Column[Any], str]) -> None:
        self._noun = noun
        self._rules = _rules(table)
        self._fields = fields
        # The names of nullable columns of a rule: an empty text in them is stored as null.
        self.optional = frozenset(column.name for rule in self._rules for column in rule.columns if column.nullable)

    def refusal(self, error: IntegrityError, dialect: Dialect) -> Refusal | None:
        """The refusal if another record has these values; None for another error, or one about no field."""
        broken = next((rule for rule in self._rules if _is_broken(rule, error, dialect)), None)
        fields = [self._fields[column] for column in broken.columns if column in self._fields] if broken else []
        if not fields:
            return None
        *most, last = [field.replace("_", " ") for field in fields]
        line = f"This {last} is taken. Please choose another."
        if most:
            line = f"Another {self._noun} has this {', '.join(most)} and {last}. Please change one of them."
        return invalid({field: [line] for field in fields})


def is_taken(error: IntegrityError, table: Table) -> bool:
    """Whether the database refused a row of the table by a unique constraint."""
    diagnosis: Any = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return bool(diagnosis.sqlstate == _VIOLATED and diagnosis.table_name == table.name)
    return str(error.orig).startswith(f"{_MESSAGE}{table.name}.")


def is_repeated_id(error: IntegrityError, table: Table) -> bool:
    """Whether the database refused a new row because another one has its id."""
    diagnosis: Any = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return bool(diagnosis.constraint_name == table.primary_key.name)
    return str(error.orig) == f"{_MESSAGE}{table.name}.id"


def _rules(table: Table) -> list[Rule]:
    """Without the primary key."""
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
    return str(error.orig) in (f"{_MESSAGE}{columns}", f"{_MESSAGE}index '{name}'")


def _name(rule: Rule, dialect: Dialect) -> str | None:
    """As the database has it: long names are truncated."""
    prepared, name = dialect.identifier_preparer, str(rule.name)
    if isinstance(rule, Index):
        return prepared.truncate_and_render_index_name(name, _alembic_quote=False)
    return prepared.truncate_and_render_constraint_name(name, _alembic_quote=False)
