"""An order of records, the same in SQL and over records as they are sent.

Null comes before every value, and after all of them in descending order. Texts are in the order of their code points,
or of the list that they have to be from, choices in that of what is sent of them, false before true, and what an id
refers to by that. A field's class may declare another SortKey. The id decides at last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_

from server.realtime.protocol.errors import invalid, too_large
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource
from server.realtime.selection.operands import Kind, Operand
from server.realtime.selection.where_sql import Condition, comparable, value

MOST_FIELDS = 8


@dataclass(frozen=True, slots=True)
class _Key:
    """One field to sort by."""

    operand: Operand
    descending: bool

    @property
    def name(self) -> str:
        """As a client writes it."""
        return f"-{self.operand.name}" if self.descending else self.operand.name

    def rank(self, sent: Any) -> Any:
        """What a value as it is sent is sorted by."""
        known = self.operand.ranked(sent)
        ranked = (0,) if known is None else (1, known)
        return _Descending(ranked) if self.descending else ranked

    def bound(self, sent: Any) -> Any:
        """What the expression is for a value as it is sent. Raises ValidationError."""
        read = self.operand.read(sent)
        return read if self.operand.sort_key is None else self.operand.ranked(self.operand.sent(read))

    @property
    def expression(self) -> ColumnElement[Any]:
        """What rows are sorted by."""
        return comparable(self.operand)

    @property
    def clause(self) -> ColumnElement[Any]:
        """The same for ORDER BY, with its direction and the place of nulls."""
        one = self.expression.desc() if self.descending else self.expression.asc()
        if not self._may_be_null:
            return one
        return one.nulls_last() if self.descending else one.nulls_first()

    def equals(self, bound: Any) -> Condition:
        """What is true of rows in the same place; it may be null of others."""
        return self.expression.is_(None) if bound is None else self.expression == bound

    def beyond(self, bound: Any) -> Condition:
        """The same of rows that come later."""
        one = self.expression
        if not self.descending:
            return one.is_not(None) if bound is None else one > bound
        if bound is None:
            return false()
        return or_(one < bound, one.is_(None)) if self._may_be_null else one < bound

    @property
    def _may_be_null(self) -> bool:
        return self.operand.kind is not Kind.TEXT and self.operand.may_be_null


class _Descending:
    """What is less than another if it is more."""

    __slots__ = ("_ranked",)

    def __init__(self, ranked: tuple[Any, ...]) -> None:
        self._ranked = ranked

    def __lt__(self, other: "_Descending") -> bool:
        return other._ranked < self._ranked

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Descending) and other._ranked == self._ranked


@dataclass(frozen=True, slots=True)
class Order:
    """The fields to sort by, of which the last is the id: no two records are in the same place."""

    keys: tuple[_Key, ...]

    @classmethod
    def parse(cls, resource: Resource, order: object) -> "Order":
        """Read a list of fields, `-` before one for descending; null is the empty one. Refuses a field by its name."""
        if order is None:
            order = []
        if not isinstance(order, list) or not all(isinstance(name, str) for name in order):
            raise invalid({"order": ["Must be a list of fields such as ['name', '-id']."]})
        if len(order) > MOST_FIELDS:
            raise too_large(f"order: at most {MOST_FIELDS} fields can be sorted by.")
        keys: dict[str, _Key] = {}
        for name in [*order, "id"]:
            field = name.removeprefix("-")
            if "id" in keys:
                # Nothing is in the same place any more.
                break
            at = f"order.{field[:80]}"
            operand = Operand.parse(resource, field, at)
            if not operand.is_sortable:
                raise invalid({at: ["Records cannot be sorted by this."]})
            if field in keys:
                raise invalid({at: ["Name each field once."]})
            keys[field] = _Key(operand, name != field)
        return cls(tuple(keys.values()))

    @property
    def names(self) -> list[str]:
        """As a client writes it."""
        return [key.name for key in self.keys]

    @property
    def clauses(self) -> list[ColumnElement[Any]]:
        """What follows ORDER BY."""
        return [key.clause for key in self.keys]

    @property
    def columns(self) -> list[ColumnElement[Any]]:
        """The values that a row is sorted by, as they are stored."""
        return [value(key.operand) for key in self.keys]

    def sent(self, stored: Sequence[Any]) -> tuple[Any, ...]:
        """The place of a row with these values of `columns`: that of its record."""
        return tuple(key.operand.sent(one) for key, one in zip(self.keys, stored, strict=True))

    def place(self, record: Record) -> tuple[Any, ...]:
        """The values that a record is sorted by, as they are sent."""
        return tuple(key.operand.of(record) for key in self.keys)

    def rank(self, place: Sequence[Any]) -> tuple[Any, ...]:
        """A place in the order: it is less than that of what comes later."""
        return tuple(key.rank(sent) for key, sent in zip(self.keys, place, strict=True))

    def read(self, place: Sequence[Any]) -> tuple[Any, ...]:
        """The place as rows have it. Raises ValueError or ValidationError if it is none."""
        return tuple(key.bound(sent) for key, sent in zip(self.keys, place, strict=True))

    def beyond(self, place: Sequence[Any]) -> Condition:
        """What is true of rows that come after a place."""
        same: list[Condition] = []
        later: list[Condition] = []
        for key, bound in zip(self.keys, self.read(place), strict=True):
            later.append(and_(*same, key.beyond(bound)))
            same.append(key.equals(bound))
        return or_(*later)
