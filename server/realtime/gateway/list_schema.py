"""What `list_*` takes, as JSON Schemas: of each resource the fields that can be asked for, and the operators."""

from collections.abc import Iterator
from typing import Any

from server.realtime.gateway import json_schema
from server.realtime.gateway.event_types import ANYTHING, FLAG, ID, TEXT, Json, array_of, object_of, or_null, ref
from server.realtime.resource.resource import Resource
from server.realtime.selection.operands import OPERATORS, Kind, Operand, operands
from server.realtime.selection.order import MOST_FIELDS
from server.realtime.selection.page import MOST_RECORDS, USUAL_RECORDS
from server.realtime.selection.where import LONGEST_NEEDLE, MOST_VALUES

# An object would be taken for operators.
_NO_OBJECT: Json = {"type": ["string", "number", "boolean", "null", "array"]}
_NEEDLE: Json = {"type": "string", "maxLength": LONGEST_NEEDLE}
# What is said of a value when it is written is not asked of one that is looked for.
_KEPT = ("type", "enum", "format", "anyOf")


def where(resource: Resource) -> Json:
    """A filter of the resource's records, which refers to itself by `where_name`."""
    inner = ref(where_name(resource))
    several = {"or": {**array_of(inner), "minItems": 1}, "not": inner}
    fields = {operand.name: _condition(operand) for operand in operands(resource)}
    return object_of({}, fields | several, closed=True)


def where_name(resource: Resource) -> str:
    """Its name among the components."""
    return f"{resource.name}_where"


def payload(resource: Resource) -> Json:
    """What `list_*` is sent."""
    return object_of(
        {},
        {
            "where": or_null(ref(where_name(resource))),
            "order": or_null({**array_of({"enum": list(_orders(resource))}), "maxItems": MOST_FIELDS}),
            "limit": or_null(
                {"type": "integer", "minimum": 1, "maximum": MOST_RECORDS, "default": USUAL_RECORDS},
            ),
            "after": or_null({"type": "string", "description": "`next` of the part before"}),
            "count": or_null(FLAG),
        },
        closed=True,
    )


def sort_keys(resource: Resource) -> dict[str, Any]:
    """By what texts are compared that are not compared by their letters: `number`, or the list in which they stand."""
    texts = (Kind.TEXT, Kind.ORDERED)
    return {
        operand.name: operand.sort_key.described
        for operand in operands(resource)
        if operand.sort_key is not None and operand.kind in texts
    }


def _orders(resource: Resource) -> Iterator[str]:
    for operand in operands(resource):
        if operand.is_sortable:
            yield from (operand.name, f"-{operand.name}")


def _condition(operand: Operand) -> Json:
    value = _value(operand)
    several = {**array_of(value), "maxItems": MOST_VALUES}
    kinds = dict.fromkeys(OPERATORS[operand.kind], value) | {"in": several, "nin": several}
    kinds |= {"contains": _NEEDLE, "starts": _NEEDLE, "has": ID}
    tests = {name: kinds[name] for name in OPERATORS[operand.kind]}
    compared = {**object_of({}, tests, closed=True), "minProperties": 1}
    if operand.kind is Kind.LIST:
        return compared
    return {"anyOf": [_NO_OBJECT if operand.kind is Kind.JSON else value, compared]}


def _value(operand: Operand) -> Json:
    """A value to be compared with."""
    if operand.kind is Kind.ONE:
        return or_null(ID)
    if operand.kind is Kind.JSON:
        return ANYTHING
    if operand.kind is Kind.TEXT:
        return or_null(TEXT)
    described = json_schema.value(operand.resource.schema.dump_fields[operand.field])
    return or_null({name: described[name] for name in _KEPT if name in described})
