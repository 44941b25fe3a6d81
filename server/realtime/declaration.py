"""What a model and a schema may not say, as records are written without the ORM: refused before anything is served."""

from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any

from marshmallow import Schema
from marshmallow.decorators import POST_DUMP
from marshmallow.decorators import PRE_DUMP
from sqlalchemy import Column
from sqlalchemy import ColumnElement
from sqlalchemy import inspect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm import Mapper

_AT_A_WRITE = ("before_insert", "after_insert", "before_update", "after_update", "before_delete", "after_delete")
_AT_A_READ = ("load", "refresh")


class Undeclarable(TypeError):
    """A resource that cannot be served as it is declared: one line that says what of it, and the cure."""


def check(model: type[DeclarativeBase], schema: Schema, on_the_wire: Iterable[Column[Any]]) -> None:
    """Raises Undeclarable for what would happen if the ORM wrote the record, and would not happen here."""
    mapper: Mapper[Any] = inspect(model)
    known = set(on_the_wire)
    for look in (_classes, _listeners, _relationships, _columns):
        for what, why in look(mapper):
            raise Undeclarable(f"{model.__name__}{what}: {why}")
    for column in mapper.local_table.c:
        if column not in known and not column.primary_key:
            cure = "give it a Reference" if column.foreign_keys else "take it into the schema"
            why = f"it is not in {type(schema).__name__}, so no undo could bring back what it holds; {cure}"
            raise Undeclarable(f"{model.__name__}.{column.name}: {why}")
    for what, why in _fields(schema, mapper):
        raise Undeclarable(f"{type(schema).__name__}{what}: {why}")


_Findings = Iterator[tuple[str, str]]


def _classes(mapper: Mapper[Any]) -> _Findings:
    if mapper.inherits is not None or mapper.polymorphic_on is not None:
        yield "", "a record is one row of one table; let each class have a table and a resource of its own"
    if mapper.version_id_col is not None:
        yield f".{mapper.version_id_col.name}", "a record has a rev by itself; leave version_id_col out"
    init = mapper.class_manager.original_init
    if init is not None and not init.__module__.startswith("sqlalchemy."):
        yield ".__init__", "it is not called; give columns a default instead"


def _listeners(mapper: Mapper[Any]) -> _Findings:
    cure = "is not called, as records are written without the ORM"
    for attribute in mapper.validators:
        yield f".{attribute}", f"its @validates {cure}; put a validator on the field of the schema"
    dispatches: list[tuple[Any, Iterable[str], str]] = [
        (mapper.dispatch, _AT_A_WRITE, "use a column's default or onupdate, or a field of the schema"),
        (mapper.class_manager.dispatch, _AT_A_READ, "use a computed field"),
    ]
    dispatches += [
        (getattr(mapper.class_, attribute.key).dispatch, ("set",), "use a field of the schema")
        for attribute in mapper.column_attrs
    ]
    for dispatch, names, instead in dispatches:
        for name in names:
            if getattr(dispatch, name):
                yield "", f"a listener for {name!r} {cure}; {instead}"


def _relationships(mapper: Mapper[Any]) -> _Findings:
    for link in mapper.relationships:
        if link.cascade.delete and not link.viewonly:
            yield (
                f".{link.key}",
                "a cascade is not followed; leave it out, and say owned=True to the Reference of those that go along",
            )


def _columns(mapper: Mapper[Any]) -> _Findings:
    for column in mapper.local_table.c:
        if column.server_onupdate is not None and column.computed is None:
            yield f".{column.name}", "what a trigger writes is not seen; use onupdate=, or a Computed column"


def _fields(schema: Schema, mapper: Mapper[Any]) -> _Findings:
    for hook in (PRE_DUMP, POST_DUMP):
        for name, *_ in schema._hooks[hook]:
            yield f".{name}", f"@{hook} is not called; use a computed field, such as fields.Method or a property"
    columns = mapper.local_table.c
    for name, field in schema.fields.items():
        if (field.data_key or name) != name or (field.attribute or name) != name:
            yield f".{name}", "a field is called as its column is; leave data_key and attribute out"
        column = columns.get(name)
        if column is not None and is_automatic(column) and not field.dump_only:
            yield f".{name}", "the server alone writes it (onupdate, or Computed); say dump_only=True"


def is_automatic(column: ColumnElement[Any]) -> bool:
    """Whether each write of a row gives the column a new value by itself."""
    return isinstance(column, Column) and (column.onupdate is not None or column.computed is not None)
