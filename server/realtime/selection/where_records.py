"""A filter as a function of a record as it is sent: what it says, the same filter says in SQL."""

import operator
from collections.abc import Callable
from typing import Any

from server.realtime.protocol.json import same
from server.realtime.resource.relations import Record
from server.realtime.selection.operands import Kind
from server.realtime.selection.where import All, AnyOf, Not, Test, Where

Predicate = Callable[[Record], bool]
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}


def predicate(where: Where) -> Predicate:
    """Whether the filter is true of a record. A field that the record lacks, being older, counts as empty."""
    if isinstance(where, Test):
        return _test(where)
    if isinstance(where, Not):
        part = predicate(where.part)
        return lambda record: not part(record)
    parts = [predicate(part) for part in where.parts]
    if isinstance(where, AnyOf):
        return lambda record: any(part(record) for part in parts)
    assert isinstance(where, All)
    return lambda record: all(part(record) for part in parts)


def may_fit(where: Where, field: str, number: int) -> bool:
    """Whether the filter can be true of a record that refers by `field` to that id, whatever else it has."""
    return _known(where, field, number) is not False


def _known(where: Where, field: str, number: int) -> bool | None:
    """What is known of it; None: nothing."""
    if isinstance(where, Test):
        operand = where.operand
        is_about = operand.kind is Kind.ONE and not operand.path and operand.field == field
        return number in where.sent if is_about and where.operator == "in" else None
    if isinstance(where, Not):
        inner = _known(where.part, field, number)
        return None if inner is None else not inner
    parts = [_known(part, field, number) for part in where.parts]
    # What decides: one false part of All, one true part of AnyOf.
    decisive = isinstance(where, AnyOf)
    if decisive in parts:
        return decisive
    return None if None in parts else not decisive


def _test(test: Test) -> Predicate:
    of, value = test.operand.of, test.sent[0] if test.sent else None
    if test.operator == "has":
        return lambda record: value in of(record)
    if test.operator == "contains":
        return lambda record: value in of(record).casefold()
    if test.operator == "starts":
        return lambda record: bool(of(record).casefold().startswith(value))
    if test.operator != "in":
        compare, ranked = _COMPARISONS[test.operator], test.operand.ranked
        bound = ranked(value)
        return lambda record: (found := ranked(of(record))) is not None and compare(found, bound)
    if test.operand.kind is Kind.JSON:
        return lambda record: same(of(record), value)
    values = frozenset(test.sent)
    return lambda record: of(record) in values
