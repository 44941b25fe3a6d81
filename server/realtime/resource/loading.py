"""The validated values of a payload."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from marshmallow import Schema, ValidationError, missing
from marshmallow.fields import Field

from server.fields import is_blank
from server.realtime.protocol.errors import invalid, malformed
from server.realtime.resource.resource import Resource

# A method that every schema of a model has, and that does nothing for those that load no instances.
_IDLE_HOOK = "make_instance"


def load(resource: Resource, data: object, *, partial: bool) -> dict[str, Any]:
    """The validated fields of `data`, an object from the wire; references are ids.

    Read-only fields are ignored, as forms echo them; a key that the record does not have is an error. Raises a Refusal
    that names every field at fault.
    """
    if not isinstance(data, Mapping):
        raise malformed(f"Send the {resource.noun} as an object with its fields.")
    fields = {key: value for key, value in data.items() if key != "id" and key not in resource.read_only}
    for secret in resource.secrets:
        if fields.get(secret) in (None, ""):
            # A form's empty password input means that the password stays.
            fields.pop(secret, None)
    for field in resource.ones:
        _fold(fields, field)
    try:
        values = _loader(resource.schema).load(fields, partial=partial)
    except ValidationError as error:
        raise invalid(dict(error.messages_dict)) from None
    for field in resource.lists.keys() & values.keys():
        values[field] = resource.lists[field].ordered(values[field])
    return values


def load_deleted(resource: Resource, record: Mapping[str, Any]) -> dict[str, Any]:
    """The values that make a deleted record again, with those that only the server writes.

    Fields that the schema does not have, as an older version wrote them, are left out. Raises as `load` does.
    """
    known = {field: value for field, value in record.items() if field in resource.schema.fields}
    return load(resource, known, partial=False) | {
        field: resource.schema.dump_fields[field].deserialize(known[field])
        for field in resource.read_only & resource.columns.keys() & known.keys()
        if resource.columns[field].computed is None
    }


def _fold(fields: dict[str, Any], field: str) -> None:
    """Replace `coach_id: 3` by `coach: {id: 3}`, and `coach_id: null` by `coach: null`."""
    flat = f"{field}_id"
    if flat not in fields:
        return
    number = fields.pop(flat)
    nested = fields.get(field)
    if isinstance(nested, Mapping) and _spelled(nested.get("id")) != _spelled(number):
        raise invalid({field: [f"{field} and {flat} name different records; send one of them."]})
    fields[field] = None if is_blank(number) else {"id": number}


def _spelled(number: object) -> str:
    return "" if is_blank(number) else str(number).strip()


class Loader:
    """`schema.load` in a third to a half of the time, with the same result.

    It calls the fields that were sent, and if it is not `partial` the others too. If the schema has hooks or renames
    fields, or a value is not valid, the schema loads all.
    """

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._fields = dict(schema.load_fields)
        hooks = {name for entries in schema._hooks.values() for name, *_ in entries}
        if not getattr(schema, "_load_instance", True):
            hooks.discard(_IDLE_HOOK)
        renamed = any(field.data_key is not None or field.attribute is not None for field in self._fields.values())
        self._is_plain = not hooks and not renamed
        # What the absent fields of a new record load to, where that is the same each time.
        self._absent = {name: value for name, field in self._fields.items() if (value := _absent(field)) is not None}

    def load(self, data: Mapping[str, Any], *, partial: bool) -> dict[str, Any]:
        """The values, in the schema's order. Raises ValidationError that names every field at fault."""
        if self._is_plain and data.keys() <= self._fields.keys():
            try:
                return self._values(data, partial)
            except ValidationError:
                # The schema names every field at fault.
                pass
        values: dict[str, Any] = self._schema.load(data, partial=partial)
        return values

    def _values(self, data: Mapping[str, Any], partial: bool) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, field in self._fields.items():
            if name in data:
                value = field.deserialize(data[name], name, data, partial=partial)
            elif partial:
                continue
            elif (value := self._absent.get(name)) is None:
                value = field.deserialize(missing, name, data, partial=partial)
            if value is not missing:
                values[name] = value
        return values


def _absent(field: Field[Any]) -> Any:
    """What the field loads to if it is absent; None if that is null, an error, or made anew each time."""
    default = field.load_default
    return default if not field.required and (default is missing or isinstance(default, str | int)) else None


_loader = cache(Loader)
