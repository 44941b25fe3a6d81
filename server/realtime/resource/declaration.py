"""Refuses, at the start, models and schemas that rely on the ORM to write, as records are written without it."""

from collections.abc import Collection, Iterable, Iterator
from types import CellType, FunctionType
from typing import Any

from marshmallow import Schema
from marshmallow.decorators import POST_DUMP, PRE_DUMP
from sqlalchemy import Column, ColumnElement, PrimaryKeyConstraint, Table, UniqueConstraint, inspect
from sqlalchemy.orm import AttributeEvents, DeclarativeBase, Mapper, Session, SessionEvents


def _names(events: type) -> list[str]:
    return [name for name, kind in vars(events).items() if isinstance(kind, FunctionType) and name[0] != "_"]


# The ORM's events of records that are written or read; its other events are of the configuration of mappers.
_OF_MAPPERS = ("before_insert", "after_insert", "before_update", "after_update", "before_delete", "after_delete")
_OF_NEW_INSTANCES = ("init", "init_failure")
_OF_INSTANCES = ("load", "refresh", "refresh_flush", "expire")
_OF_ATTRIBUTES = _names(AttributeEvents)
_OF_SESSIONS = _names(SessionEvents)
# The prefixes of the ORM's own listeners.
_OWN_LISTENERS = ("sqlalchemy.orm.unitofwork.", "sqlalchemy.orm.attributes.", "sqlalchemy.orm.mapper._event_on_init")
_NOT_CALLED = "is not called, as records are written without the ORM"


class Undeclarable(TypeError):
    """A resource cannot be served as it is declared. The line names the cause and the cure."""


def check_sessions() -> None:
    """Raises Undeclarable for listeners of sessions: the server writes without one."""
    for kind in _with_subclasses(Session):
        if found := _listened_event(kind.__new__(kind).dispatch, _OF_SESSIONS):
            raise Undeclarable(f"Session: a listener for {found!r} {_NOT_CALLED}; use a field of the schema, or a Rule")


def check_targets(tables: Iterable[Table]) -> None:
    """Raises Undeclarable for a reference to a table that is not there: its resource was removed, or renamed."""
    for table in tables:
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
            target = key.target_fullname.rpartition(".")[0]
            if target not in table.metadata.tables:
                raise Undeclarable(
                    f"{key.parent} refers to {target}, and there is no such table. If their resource was removed, "
                    f"remove that of {table.name} as well, or its reference to them"
                )


def check_pairs(table: Table, mappers: Iterable[Mapper[Any]], own: Collection[str]) -> None:
    """The same as `check` for a table of pairs. `own` are the names of the columns that are fields of a place."""
    for mapper in mappers:
        if mapper.local_table is table:
            for what, why in (*_listeners(mapper), *_columns(mapper)):
                raise Undeclarable(f"{mapper.class_.__name__}{what}: {why}")
    for name in own:
        column = table.c[name]
        if any((column.default, column.server_default, column.onupdate)):
            raise Undeclarable(
                f"{column}: a place in a list is written with all that is its own, or null, and never by default; "
                "leave the column's default and onupdate out"
            )


def check_index(column: Column[int], target: str) -> None:
    """Raises Undeclarable for a reference of a large table that is not in an index. `target` are those referred to."""
    table = column.table
    assert isinstance(table, Table)
    indexes = [index.columns for index in table.indexes]
    indexes += [rule.columns for rule in table.constraints if isinstance(rule, PrimaryKeyConstraint | UniqueConstraint)]
    if not any(columns and columns[0] is column for columns in map(list, indexes)):
        why = f"no index begins with it, so it would take long to delete any of {target}; say index=True"
        raise Undeclarable(f"{column}: {why}")


def check(model: type[DeclarativeBase], schema: Schema, on_the_wire: Iterable[Column[Any]]) -> None:
    """Raises Undeclarable for what only the ORM does when it writes. `on_the_wire` are the columns of fields."""
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
    for attribute in mapper.validators:
        yield f".{attribute}", f"its @validates {_NOT_CALLED}; put a validator on the field of the schema"
    dispatches: list[tuple[str, Any, Iterable[str], str]] = [
        ("", mapper.dispatch, _OF_MAPPERS, "use a column's default or onupdate, or a field of the schema"),
        ("", mapper.class_manager.dispatch, _OF_NEW_INSTANCES, "use a column's default"),
        ("", mapper.class_manager.dispatch, _OF_INSTANCES, "use a computed field"),
    ]
    dispatches += [
        (f".{key}", getattr(mapper.class_, key).dispatch, _OF_ATTRIBUTES, "use a field of the schema")
        for key in (*mapper.column_attrs.keys(), *mapper.relationships.keys())
    ]
    for what, dispatch, names, instead in dispatches:
        if found := _listened_event(dispatch, names):
            yield what, f"a listener for {found!r} {_NOT_CALLED}; {instead}"


def _listened_event(dispatch: Any, names: Iterable[str]) -> str | None:
    """The first of these events that has a listener besides the ORM's own."""
    return next((name for name in names if not all(map(_is_of_the_orm, getattr(dispatch, name)))), None)


def _is_of_the_orm(listener: object) -> bool:
    """Whether it is a listener of the ORM itself, perhaps wrapped in a function."""
    cells = getattr(listener, "__closure__", None) or ()
    inner = [cell.cell_contents for cell in cells if cell != CellType()]
    functions = [function for function in (listener, *inner) if isinstance(function, FunctionType)]
    return any(f"{function.__module__}.{function.__qualname__}".startswith(_OWN_LISTENERS) for function in functions)


def _with_subclasses(kind: type[Session]) -> Iterator[type[Session]]:
    yield kind
    for inner in kind.__subclasses__():
        yield from _with_subclasses(inner)


def _relationships(mapper: Mapper[Any]) -> _Findings:
    for link in mapper.relationships:
        if link.cascade.delete and not link.viewonly:
            yield (
                f".{link.key}",
                "a cascade is not followed; leave it out, and say owned=True to the Reference of those that go along",
            )


def _columns(mapper: Mapper[Any]) -> _Findings:
    for column in mapper.local_table.c:
        if column.identity is not None and (column.identity.always or not column.primary_key):
            yield (
                f".{column.name}",
                "a number that the database alone gives cannot be given back by an undo; leave Identity out",
            )
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
    """Whether each write of a row gives the column a new value."""
    return isinstance(column, Column) and (column.onupdate is not None or column.computed is not None)
