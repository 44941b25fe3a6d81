"""A filter as a condition of SQL on a resource's table, the same on SQLite and PostgreSQL.

On SQLite it needs the functions that `server.database` gives to each connection.
"""

from collections.abc import Callable
from typing import Any

import orjson
from sqlalchemy import (
    Boolean,
    ColumnElement,
    FromClause,
    Integer,
    SmallInteger,
    String,
    Table,
    and_,
    false,
    func,
    inspect,
    not_,
    or_,
    select,
    true,
    type_coerce,
)
from sqlalchemy.ext.associationproxy import AssociationProxy

from server.realtime.resource.relations import One
from server.realtime.resource.resource import Resource
from server.realtime.selection.operands import Kind, Operand
from server.realtime.selection.sql_functions import by_code_point, json_content, position_of
from server.realtime.selection.where import AnyOf, Not, Test, Where

Condition = ColumnElement[bool]


def condition(where: Where) -> Condition:
    """What is true, or false, of each row of the resource's table; it is never null."""
    if isinstance(where, Test):
        return _test(where)
    if isinstance(where, Not):
        return not_(condition(where.part))
    parts = [condition(part) for part in where.parts]
    return or_(false(), *parts) if isinstance(where, AnyOf) else and_(true(), *parts)


def _test(test: Test) -> Condition:
    operand = test.operand
    if operand.kind is Kind.JSON:
        text = orjson.dumps(test.sent[0], option=orjson.OPT_SORT_KEYS).decode()
        return json_content.of(value(operand)) == json_content.written(text)
    if test.operator == "has":
        return settled(operand, _reached(operand, lambda table: _has(operand, table, test.values[0])))
    if test.operator == "in":
        return _is_one_of(operand, test.values)
    if test.operator in ("contains", "starts"):
        found = position_of(_text(operand), test.values[0])
        return found > 0 if test.operator == "contains" else found == 1
    bound = test.values[0] if operand.sort_key is None else operand.ranked(test.sent[0])
    return settled(operand, compared(comparable(operand), test.operator, bound))


def compared(one: ColumnElement[Any], operator: str, other: object) -> Condition:
    """`lt`, `lte`, `gt` or `gte`, null if `one` is."""
    comparison: dict[str, Callable[[], Condition]] = {
        "lt": lambda: one < other,
        "lte": lambda: one <= other,
        "gt": lambda: one > other,
        "gte": lambda: one >= other,
    }
    return comparison[operator]()


def settled(operand: Operand, comparison: Condition) -> Condition:
    """The comparison, false where the operand is null."""
    if operand.kind is Kind.TEXT or not operand.may_be_null:
        return comparison
    if operand.path or operand.kind is Kind.LIST:
        return func.coalesce(comparison, false(), type_=Boolean)
    # An index on the column can be used.
    return and_(value(operand).is_not(None), comparison)


def _is_one_of(operand: Operand, values: tuple[Any, ...]) -> Condition:
    raw = value(operand)
    empty = "" if operand.kind is Kind.TEXT else None
    members = [one for one in values if one is not None]
    found: Condition = false()
    if members:
        found = raw.in_(members) if len(members) > 1 else raw == members[0]
        if operand.may_be_null:
            found = func.coalesce(found, false(), type_=Boolean) if operand.path else and_(raw.is_not(None), found)
    return or_(raw.is_(None), found) if operand.may_be_null and empty in values else found


def comparable(operand: Operand) -> ColumnElement[Any]:
    """What the operand is compared and sorted by: of a text by code point, and never null."""
    if operand.sort_key is not None:
        key = operand.sort_key.expression(value(operand))
        return by_code_point(key) if isinstance(key.type, String) else key
    return by_code_point(_text(operand)) if operand.kind is Kind.TEXT else value(operand)


def _text(operand: Operand) -> ColumnElement[Any]:
    """A text as it is sent."""
    raw = value(operand)
    return func.coalesce(raw, "", type_=String) if operand.may_be_null else raw


def value(operand: Operand) -> ColumnElement[Any]:
    """The operand of a row, as it is stored."""
    found = _reached(operand, lambda table: _own(operand, table))
    # Whatever is asked for has 32 bits.
    return type_coerce(found, Integer) if isinstance(found.type, SmallInteger) else found


def _reached(operand: Operand, leaf: Callable[[FromClause], ColumnElement[Any]]) -> ColumnElement[Any]:
    start = operand.path[0].owner if operand.path else operand.resource.channel
    return _along(operand.path, Resource.registry[start].table, leaf)


def _along(
    path: tuple[One, ...], table: FromClause, leaf: Callable[[FromClause], ColumnElement[Any]]
) -> ColumnElement[Any]:
    """The leaf of the row to which the path leads from one of the table; null if it leads nowhere."""
    if not path:
        return leaf(table)
    target = Resource.registry[path[0].target].table.alias()
    found = select(_along(path[1:], target, leaf)).select_from(target)
    return found.where(target.c.id == table.c[path[0].column.name]).correlate(table).scalar_subquery()


def _own(operand: Operand, table: FromClause) -> ColumnElement[Any]:
    column = operand.column
    assert column is not None
    if column.table is operand.resource.table:
        return table.c[column.name]
    mapper = inspect(operand.resource.model)
    proxy = mapper.all_orm_descriptors[operand.field]
    assert isinstance(proxy, AssociationProxy) and isinstance(column.table, Table)
    [owner] = mapper.relationships[proxy.target_collection].remote_side
    linked = column.table.alias()
    found = select(linked.c[column.name]).select_from(linked)
    return found.where(linked.c[owner.name] == table.c.id).correlate(table).scalar_subquery()


def _has(operand: Operand, table: FromClause, number: int) -> Condition:
    link = inspect(operand.resource.model).relationships[operand.field]
    assert isinstance(link.secondary, Table)
    [(_, mine)], [(_, theirs)] = link.synchronize_pairs, link.secondary_synchronize_pairs or ()
    pairs = link.secondary.alias()
    # Not asked of each row: the few owners are found by the index on the pairs.
    owners = select(pairs.c[mine.name]).where(pairs.c[theirs.name] == number)
    return table.c.id.in_(owners)
