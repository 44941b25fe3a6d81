"""What a filter or an order can be about: a field of a resource's records, or of what they embed, named by its path."""

from collections.abc import Collection
from copy import copy
from dataclasses import dataclass
from enum import Enum
from typing import Any

from marshmallow import ValidationError, fields
from sqlalchemy import Column, String, TypeDecorator
from sqlalchemy import Enum as EnumType

from server.fields import (
    Choice,
    Day,
    DecimalNumber,
    Json,
    LocalMoment,
    Moment,
    Number,
    OneOfTexts,
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
    # Numbers, dates and times: what is sent of them is in the same order as what is stored.
    ORDERED = "ordered"
    FLAG = "flag"
    CHOICE = "choice"
    ONE = "one"
    JSON = "json"
    LIST = "list"
    # A field or a column of a class of its author's: nothing is known of its order.
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
        kind = resource.schema.dump_fields[field]
        column = _column(resource, field)
        return cls(name, tuple(path), resource, field, _kind(resource, field, column), column, _lenient(kind))

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

    @property
    def choices(self) -> list[tuple[Any, Any]]:
        """Of a choice what is sent and what the column has, in the order of what is sent: numbers, then texts."""
        if self.kind is Kind.FLAG:
            return [(False, False), (True, True)]
        if isinstance(self._reader, Choice):
            values = [(member.value, member) for member in self._reader.enum]
        else:
            assert self.column is not None and isinstance(self.column.type, EnumType)
            values = [(text, text) for text in self.column.type.enums]
        return sorted(values, key=lambda pair: (isinstance(pair[0], str), pair[0]))


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
    if isinstance(kind, Choice | OneOfTexts):
        return Kind.CHOICE if isinstance(column.type, EnumType) else Kind.OTHER
    if isinstance(kind, Text) and isinstance(column.type, String) and not isinstance(column.type, EnumType):
        return Kind.TEXT
    if isinstance(kind, fields.Boolean):
        return Kind.FLAG
    return Kind.ORDERED if isinstance(kind, _ORDERED) else Kind.OTHER


def _lenient(kind: fields.Field[Any]) -> fields.Field[Any]:
    """The field without its rules, and optional: null can be asked for everywhere."""
    reader = copy(kind)
    reader.validators = []
    reader.required, reader.allow_none = False, True
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
