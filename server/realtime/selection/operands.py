"""What a filter or an order can be about: a field of a resource's records, or of what they embed, named by its path."""

from collections.abc import Collection, Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from enum import Enum
from typing import Any

from marshmallow import ValidationError, fields, validate
from sqlalchemy import Column, String, TypeDecorator
from sqlalchemy import Enum as EnumType

from server.fields import (
    ByPlace,
    Choice,
    Day,
    DecimalNumber,
    Json,
    LocalMoment,
    Moment,
    Number,
    OneOfTexts,
    SortKey,
    Text,
    TimeOfDay,
    WholeNumber,
    whole_number,
)
from server.realtime.protocol.errors import invalid
from server.realtime.resource.relations import One, Record
from server.realtime.resource.resource import Resource

_LONGEST_NAME = 200
_ORDERED = (WholeNumber, Number, DecimalNumber, Day, TimeOfDay, LocalMoment, Moment)
_EQUAL = ("eq", "ne", "in", "nin")
_COMPARED = (*_EQUAL, "lt", "lte", "gt", "gte")


class Kind(Enum):
    """What sort of value a field has."""

    TEXT = "text"
    # Numbers, dates and times: what is sent of them is in the same order as what is stored. And what has a SortKey.
    ORDERED = "ordered"
    FLAG = "flag"
    CHOICE = "choice"
    ONE = "one"
    JSON = "json"
    LIST = "list"
    # A field or a column of a class of its author's that says nothing of its order.
    OTHER = "other"


# The operators that fit.
OPERATORS = {
    **dict.fromkeys((Kind.FLAG, Kind.CHOICE, Kind.ONE, Kind.OTHER), _EQUAL),
    Kind.TEXT: (*_COMPARED, "contains", "starts"),
    Kind.ORDERED: _COMPARED,
    Kind.JSON: ("eq", "ne"),
    Kind.LIST: ("has",),
}
_UNSORTABLE = (Kind.JSON, Kind.LIST, Kind.OTHER)


@dataclass(frozen=True, slots=True)
class Operand:
    """The `field` of what the relations `path` lead to from a record; `resource` is that field's.

    A value is read as the field reads it when it is written, without its rules: a text of one letter can be looked for
    in names of two. A text is never null: of what is absent it is `""`. All else may be null.
    """

    name: str
    path: tuple[One, ...]
    resource: Resource
    field: str
    kind: Kind
    column: Column[Any] | None
    sort_key: SortKey | None
    _reader: fields.Field[Any]

    @classmethod
    def parse(cls, resource: Resource, name: str, at: str) -> "Operand":
        """The operand of a name such as `coach.name`. Refuses, under `at`, what is not sent or not in a column."""
        parts = name.split(".", 6) if len(name) <= _LONGEST_NAME else []
        path: list[One] = []
        shown: Collection[str] = resource.schema.dump_fields
        for part in parts[:-1]:
            if part in resource.lists and part in shown:
                raise invalid({at: [f"What is in a list has no fields here: ask {{{part!r}: {{'has': id}}}}."]})
            one = resource.ones.get(part)
            if one is None or part not in shown:
                raise invalid({at: ["There is no such field."]})
            path.append(one)
            resource, shown = Resource.registry[one.target], one.only
        field = parts[-1] if parts else ""
        if not path and field in resource.schema.fields and field not in shown:
            raise invalid({at: ["This is never sent, and cannot be asked for."]})
        if field not in shown:
            raise invalid({at: ["There is no such field."]})
        if field in resource.computed:
            raise invalid({at: ["This is computed, and in no column: it cannot be asked for."]})
        reader, column = resource.schema.dump_fields[field], _column(resource, field)
        kind = _kind(resource, field, column)
        sort_key = _sort_key(reader, kind, column)
        return cls(name, tuple(path), resource, field, kind, column, sort_key, _lenient(reader))

    @property
    def may_be_null(self) -> bool:
        """Whether SQL may have a null for it."""
        owned = self.resource.linked_row is not None and self.field in self.resource.linked_row.columns
        own = self.column is not None and self.column.nullable
        return bool(owned or own or any(one.column.nullable for one in self.path))

    @property
    def is_sortable(self) -> bool:
        """Whether records can be sorted by it: not by texts of any length, which no cursor could carry."""
        stored = None if self.column is None else self.column.type
        return self.kind not in _UNSORTABLE and not (isinstance(stored, String) and stored.length is None)

    def read(self, value: object) -> Any:
        """A value off the wire, as the column has it. Raises ValidationError."""
        if self.kind in (Kind.ONE, Kind.LIST):
            return _id(value)
        if self.kind is Kind.FLAG and value is not None and not isinstance(value, bool):
            raise ValidationError("Must be true or false.")
        return self._reader.deserialize(value)

    def sent(self, value: Any) -> Any:
        """What `read` gave, as records have it."""
        return value if self.kind in (Kind.ONE, Kind.LIST) else self._reader.serialize("", value, accessor=_itself)

    def of(self, record: Record) -> Any:
        """What a record has, as it was sent: of a relation the id, of a list the ids."""
        found: Any = record
        for one in self.path:
            found = found.get(one.field) or {}
        found = found.get(self.field)
        if self.kind is Kind.TEXT:
            return found or ""
        if self.kind is Kind.ONE:
            return found and found["id"]
        return [copy["id"] for copy in found or ()] if self.kind is Kind.LIST else found

    def ranked(self, sent: Any) -> Any:
        """What a value as it is sent is compared and sorted by; None if it is null, or as null."""
        return sent if sent is None or self.sort_key is None else self.sort_key.of(sent)


def operands(resource: Resource) -> Iterator[Operand]:
    """All that can be asked for of the resource's records."""
    for name in _names(resource, resource.schema.dump_fields):
        yield Operand.parse(resource, name, name)


def _names(resource: Resource, shown: Iterable[str]) -> Iterator[str]:
    for field in shown:
        if field in resource.computed:
            continue
        yield field
        if (one := resource.ones.get(field)) is not None:
            yield from (f"{field}.{inner}" for inner in _names(Resource.registry[one.target], one.only))


def _column(resource: Resource, field: str) -> Column[Any] | None:
    """Where it is kept; None of a list."""
    if field in resource.ones:
        return resource.ones[field].column
    if resource.linked_row is not None and field in resource.linked_row.columns:
        return resource.linked_row.columns[field]
    return resource.table.c.id if field == "id" else resource.columns.get(field)


def _kind(resource: Resource, field: str, column: Column[Any] | None) -> Kind:
    if field in resource.lists:
        return Kind.LIST
    if field in resource.ones:
        return Kind.ONE
    kind = resource.schema.dump_fields[field]
    assert column is not None
    if isinstance(kind, Json):
        return Kind.JSON
    if isinstance(column.type, TypeDecorator):
        return Kind.OTHER
    if hasattr(kind, "sort_key"):
        return Kind.ORDERED
    if isinstance(kind, Choice | OneOfTexts):
        return Kind.CHOICE if isinstance(column.type, EnumType) else Kind.OTHER
    if isinstance(kind, Text) and isinstance(column.type, String) and not isinstance(column.type, EnumType):
        return Kind.TEXT
    if isinstance(kind, fields.Boolean):
        return Kind.FLAG
    return Kind.ORDERED if isinstance(kind, _ORDERED) else Kind.OTHER


def _sort_key(reader: fields.Field[Any], kind: Kind, column: Column[Any] | None) -> SortKey | None:
    """What its class declares; or choices in the order of what is sent, numbers before texts, and texts as listed."""
    if kind is Kind.ORDERED:
        return getattr(reader, "sort_key", None)
    if kind is Kind.FLAG:
        return ByPlace([(False, False), (True, True)])
    if kind is Kind.CHOICE:
        if isinstance(reader, Choice):
            values = [(member.value, member) for member in reader.enum]
        else:
            assert column is not None and isinstance(column.type, EnumType)
            values = [(text, text) for text in column.type.enums]
        return ByPlace(sorted(values, key=lambda pair: (isinstance(pair[0], str), pair[0])))
    listed = [rule.choices for rule in reader.validators if isinstance(rule, validate.OneOf)]
    if kind is Kind.TEXT and listed:
        # A text is never null: what is not listed comes first, the empty one too.
        return ByPlace([(text, text) for text in listed[0]], others=-1)
    return None


def _lenient(kind: fields.Field[Any]) -> fields.Field[Any]:
    """The field without its rules, and optional: null can be asked for everywhere."""
    reader = copy(kind)
    reader.validators = []
    reader.required, reader.allow_none = False, True
    if isinstance(reader, WholeNumber):
        reader.blank = None
    return reader


def _id(value: object) -> int | None:
    try:
        number = None if value is None or value == "" else whole_number(value)
    except ValueError:
        number = 0
    if number is not None and number < 1:
        raise ValidationError("Must be an id.")
    return number


def _itself(value: Any, *_: object) -> Any:
    """The value that a field is given without a record around it."""
    return value
