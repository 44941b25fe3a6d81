"""`where` of `list_*` and `subscribe`: read and checked once, and then a tree that SQL and records are asked with.

What it means, wherever it is asked:

- **Two values.** A condition is true or false of a record, never unknown. Null is less than, equal to and contained in
  nothing; `eq`, `ne`, `in` and `nin` compare with null as with any value. So `{"age": {"ne": 30}}` and
  `{"not": {"age": {"lt": 30}}}` are true of who has no age.
- **Text** is `""` where there is none, also of a relation that is absent. It is compared by code point, as it is sent,
  or by its place in the list that it has to be from. A field's class may declare another order (`SortKey`).
  `contains` and `starts` take it without regard to case, see `server.values.folding`; nothing in it is a wildcard.
- **A value** is read as its field reads it when it is written, without the rules for what may be written.
- JSON is compared by content; `{"eq": ...}` says so of an object, which would be taken for operators.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from server.realtime.protocol.errors import invalid, too_large
from server.realtime.protocol.json import encode
from server.realtime.resource.resource import Resource
from server.realtime.selection.operands import OPERATORS, Operand
from server.values.folding import folded

MOST_DEPTH = 5
MOST_CONDITIONS = 50
# In all lists of a filter together: a frame has room for so many that to read them would take a tenth of a second.
MOST_VALUES = 1_000
LONGEST_NEEDLE = 200
_LISTS = ("in", "nin")
_NEGATED = {"ne": "eq", "nin": "in"}
_COMPARISONS = ("lt", "lte", "gt", "gte")
_NOT_EMPTY = (*_COMPARISONS, "contains", "starts", "has")


@dataclass(frozen=True, slots=True)
class Test:
    """One condition. `operator` is `in`, `lt`, `lte`, `gt`, `gte`, `contains`, `starts` or `has`.

    `values` are as the column has them, `sent` as records have them: one of each, but for `in`. A text to be found is
    folded.
    """

    operand: Operand
    operator: str
    values: tuple[Any, ...]
    sent: tuple[Any, ...]

    @property
    def canonical(self) -> Any:
        """What it says, in JSON: the same for what is spelled in another way."""
        return [self.operand.name, self.operator, *_sorted(self.sent)]


@dataclass(frozen=True, slots=True)
class All:
    """True if all parts are; without any it is."""

    parts: "tuple[Where, ...]"

    @property
    def canonical(self) -> Any:
        """The same of the whole."""
        return ["and", *_sorted(part.canonical for part in self.parts)]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True if one of the parts is."""

    parts: "tuple[Where, ...]"

    @property
    def canonical(self) -> Any:
        """The same of the whole."""
        return ["or", *_sorted(part.canonical for part in self.parts)]


@dataclass(frozen=True, slots=True)
class Not:
    """True if the part is false."""

    part: "Where"

    @property
    def canonical(self) -> Any:
        """The same of the whole."""
        return ["not", self.part.canonical]


Where = Test | All | AnyOf | Not
# True of every record.
ALL = All(())


def conditions(where: Where) -> int:
    """How many conditions it has."""
    if isinstance(where, Test):
        return 1
    return conditions(where.part) if isinstance(where, Not) else sum(map(conditions, where.parts))


def parse(resource: Resource, where: object) -> Where:
    """The checked filter of records of `resource`; null and `{}` are true of each.

    Refuses, by the path at which it stands (`where.or.1.coach.name.lt`), a field, an operator or a value that does not
    fit, and more than MOST_DEPTH, MOST_CONDITIONS, MOST_VALUES or LONGEST_NEEDLE.
    """
    return ALL if where is None else _Parser(resource).objects(where, "where", 1)


@dataclass(slots=True)
class _Parser:
    resource: Resource
    conditions: int = 0
    values: int = 0

    def objects(self, where: object, at: str, depth: int) -> Where:
        if not isinstance(where, Mapping):
            raise invalid({at: ["Must be an object such as {field: value}."]})
        if depth > MOST_DEPTH:
            raise too_large(f"{at}: a filter may be {MOST_DEPTH} levels deep.")
        if not where and depth > 1:
            # An empty object costs as much as a condition.
            self._count(at)
        parts = [part for key, value in where.items() for part in self._entry(key, value, at, depth)]
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _entry(self, key: str, value: object, at: str, depth: int) -> Iterator[Where]:
        at = f"{at}.{key[:80]}"
        if key == "or":
            if not isinstance(value, list) or not value:
                raise invalid({at: ["Must be a list of filters, one at least."]})
            yield AnyOf(tuple(self.objects(one, f"{at}.{place}", depth + 1) for place, one in enumerate(value)))
        elif key == "not":
            yield Not(self.objects(value, at, depth + 1))
        else:
            operand = Operand.parse(self.resource, key, at)
            if not isinstance(value, Mapping):
                yield self._test(operand, "eq", value, at)
                return
            if not value:
                raise invalid({at: [f"Say what of it: {_offered(operand)}."]})
            for operator, inner in value.items():
                yield self._test(operand, operator, inner, f"{at}.{operator[:80]}")

    def _test(self, operand: Operand, operator: str, value: object, at: str) -> Where:
        self._count(at)
        if operator not in OPERATORS[operand.kind]:
            raise invalid({at: [f"This field can be asked with {_offered(operand)}."]})
        if operator in _LISTS and not isinstance(value, list):
            raise invalid({at: ["Must be a list of values."]})
        given = value if operator in _LISTS and isinstance(value, list) else [value]
        self.values += len(given)
        if self.values > MOST_VALUES:
            raise too_large(f"{at}: a filter may have {MOST_VALUES:,} values.")
        values = tuple(_read(operand, one, at) for one in given)
        if operator in _NOT_EMPTY and (given[0] is None or values[0] is None):
            raise invalid({at: ["Must not be empty."]})
        if operator in ("contains", "starts"):
            if len(values[0]) > LONGEST_NEEDLE:
                raise too_large(f"{at}: a text to be found may have {LONGEST_NEEDLE} characters.")
            if not values[0]:
                return ALL
            values = (folded(values[0]),)
            return Test(operand, operator, values, values)
        sent = tuple(operand.sent(one) for one in values)
        if operator in _COMPARISONS and operand.sort_key is not None and (flaw := operand.sort_key.flaw(sent[0])):
            raise invalid({at: [flaw]})
        positive = _NEGATED.get(operator, operator)
        test = Test(operand, "in" if positive == "eq" else positive, values, sent)
        return Not(test) if operator in _NEGATED else test

    def _count(self, at: str) -> None:
        self.conditions += 1
        if self.conditions > MOST_CONDITIONS:
            raise too_large(f"{at[:200]}: a filter may have {MOST_CONDITIONS} conditions.")


def _read(operand: Operand, value: object, at: str) -> Any:
    try:
        return operand.read(value)
    except ValidationError as error:
        raise invalid({at: error.messages}) from None


def _sorted(said: Iterable[Any]) -> list[Any]:
    """In an order that does not depend on how it was spelled."""
    return sorted(said, key=encode)


def _offered(operand: Operand) -> str:
    *most, last = OPERATORS[operand.kind]
    return f"{', '.join(most)} or {last}" if most else last
