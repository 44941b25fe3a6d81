"""Marshmallow's schemas as JSON Schemas, by apispec: what a record is when it is sent, and what may be written."""

from collections.abc import Collection
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import Schema
from marshmallow import fields

from server.fields import Placed
from server.fields import Reference
from server.fields import Text
from server.realtime.gateway.events import ID
from server.realtime.gateway.events import Json
from server.realtime.resource.resource import Resource


class _Sent(OpenAPIConverter):
    """A record as it is sent: every field is there, no text is null. Clients ignore keys that they don't know."""

    def field2property(self, field: fields.Field[Any]) -> Json:
        """The value of a field."""
        described: Json = super().field2property(field)
        if isinstance(field, Placed):
            own = {name: self.field2property(kind) for name, kind in field.own.items()}
            described = {"allOf": [described, {"type": "object", "properties": own, "required": list(own)}]}
        return _or_empty(described, {"type": "string"}) if _may_be_empty(field) else described

    def schema2jsonschema(self, schema: Schema) -> Json:
        """The record, or what is embedded of it."""
        properties = {name: self.field2property(field) for name, field in schema.dump_fields.items()}
        return {"type": "object", "properties": properties, "required": list(properties)}


class _Written(OpenAPIConverter):
    """What may be written. Whatever it allows has a shape that the server takes; the server takes more than that."""

    def field2property(self, field: fields.Field[Any]) -> Json:
        """The value of a field."""
        described: Json = super().field2property(field)
        return _or_empty(described, {"type": ["string", "null"]}) if _may_be_empty(field) else described

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


def _may_be_empty(field: fields.Field[Any]) -> bool:
    return isinstance(field, Text) and field.may_be_empty


def _or_empty(described: Json, empty: Json) -> Json:
    """Optional text: what its rules ask for, or nothing."""
    described.pop("default", None)
    return {"anyOf": [{**described, "type": "string"}, {**empty, "maxLength": 0}]}


def sent(resources: Collection[Resource]) -> dict[str, Json]:
    """The records of these resources, by the resource's name. One embeds another whole by `#/components/schemas/`."""
    names = {type(resource.schema): resource.name for resource in resources}

    def name_of(schema: Any) -> Any:
        # What is embedded in part has no name, and stands in its place.
        return None if schema.only else names.get(type(schema))

    plugin = MarshmallowPlugin(name_of)
    plugin.Converter = _Sent
    spec = APISpec("", "", "3.1.0", plugins=[plugin])
    converter: Any = plugin.converter
    for resource in resources:
        converter.resolve_nested_schema(resource.schema)
    described: dict[str, Json] = spec.components.schemas
    return described


def written(schema: Schema) -> Json:
    """What may be written by this schema; nothing is required of a partial one."""
    plugin = MarshmallowPlugin()
    plugin.Converter = _Written
    APISpec("", "", "3.1.0", plugins=[plugin])
    converter: Any = plugin.converter
    described: Json = converter.schema2jsonschema(schema)
    return described
