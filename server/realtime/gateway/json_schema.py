"""Marshmallow's schemas as JSON Schemas, by apispec: records as they are sent, and as they may be written."""

from collections.abc import Callable, Collection
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import Schema, fields

from server.fields import Placed, Reference, Text, WholeNumber
from server.realtime.gateway.event_types import ID, Json
from server.realtime.resource.resource import Resource


class _Sent(OpenAPIConverter):
    """Records as they are sent: every field is there, no text is null. Clients ignore keys that they don't know."""

    def field2property(self, field: fields.Field[Any]) -> Json:
        """The value of a field."""
        described: Json = super().field2property(field)
        if isinstance(field, Placed):
            own = {name: self.field2property(kind) for name, kind in field.own.items()}
            described = {"allOf": [described, {"type": "object", "properties": own, "required": list(own)}]}
        if isinstance(field, WholeNumber) and field.blank is not None:
            # Null is written for that, and never sent.
            described["type"] = "integer"
        return _or_empty(field, described, "string")

    def schema2jsonschema(self, schema: Schema) -> Json:
        """A record, or what is embedded of it."""
        properties = {name: self.field2property(field) for name, field in schema.dump_fields.items()}
        return {"type": "object", "properties": properties, "required": list(properties)}


class _Written(OpenAPIConverter):
    """Payloads of writes. The server accepts what it allows, and more."""

    def field2property(self, field: fields.Field[Any]) -> Json:
        """The value of a field."""
        return _or_empty(field, super().field2property(field), ["string", "null"])

    def schema2jsonschema(self, schema: Schema) -> Json:
        """The fields of a request; the id is not among them."""
        written = {name: field for name, field in schema.load_fields.items() if name != "id"}
        described: Json = self.fields2jsonschema(written, partial=schema.partial)  # type: ignore[no-untyped-call]
        return described | {"additionalProperties": False}

    def nested2properties(self, field: fields.Field[Any], ret: Json) -> Json:
        """An embedded record is named by its id."""
        if isinstance(field, Reference):
            own = field.own if isinstance(field, Placed) else {}
            properties = {"id": ID, **{name: self.field2property(kind) for name, kind in own.items()}}
            ret.update({"type": "object", "properties": properties, "required": ["id"]})
        return ret


def _or_empty(field: fields.Field[Any], described: Json, empty: str | list[str]) -> Json:
    """The field's schema; an optional text is as its rules demand, or of the type `empty` and empty."""
    if not isinstance(field, Text) or not field.may_be_empty:
        return described
    described.pop("default", None)
    return {"anyOf": [{**described, "type": "string"}, {"type": empty, "maxLength": 0}]}


def sent(resources: Collection[Resource]) -> dict[str, Json]:
    """The records of these resources, by the resource's name. One embeds another whole by `#/components/schemas/`."""
    names = {type(resource.schema): resource.name for resource in resources}

    def name_of(schema: Any) -> Any:
        # A part of a record has no name, and stands where it is embedded.
        return None if schema.only else names.get(type(schema))

    spec, converter = _converter(_Sent, name_of)
    for resource in resources:
        converter.resolve_nested_schema(resource.schema)
    described: dict[str, Json] = spec.components.schemas
    return described


def value(field: fields.Field[Any]) -> Json:
    """A field's value as it is sent."""
    described: Json = _converter(_Sent)[1].field2property(field)
    return described


def written(schema: Schema) -> Json:
    """What may be written by this schema; of a partial one nothing is required."""
    described: Json = _converter(_Written)[1].schema2jsonschema(schema)
    return described


def _converter(converter_class: type[OpenAPIConverter], name_of: Callable[[Any], Any] | None = None) -> tuple[Any, Any]:
    """A specification, and what converts schemas to components of it."""
    plugin = MarshmallowPlugin(name_of)
    plugin.Converter = converter_class
    return APISpec("", "", "3.1.0", plugins=[plugin]), plugin.converter
