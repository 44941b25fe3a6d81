"""Events as the generated description of the wire has them, and the JSON Schemas that it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# A JSON Schema, with nothing that draft 07 and 2020-12 do not both have.
Json = dict[str, Any]

ANYTHING: Json = {}
NULL: Json = {"type": "null"}
TEXT: Json = {"type": "string"}
FLAG: Json = {"type": "boolean"}
COUNT: Json = {"type": "integer", "minimum": 0}
ID: Json = {"type": "integer", "minimum": 1}
TIME: Json = {"type": "integer", "minimum": 0, "description": "milliseconds since 1970"}


@dataclass(frozen=True, slots=True)
class ClientEvent:
    """An event that clients emit, with the schemas of its arguments (None: it takes none) and of its ack.

    `data` is the ack's; `extra` are keys that it has beside the usual ones.
    """

    name: str
    summary: str
    payload: Json | None
    data: Json
    opts: Json | None = None
    extra: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """An event that the server emits, if clients can emit `needs`."""

    name: str
    summary: str
    payload: Json
    needs: str | None = None


@dataclass(frozen=True, slots=True)
class Namespace:
    """A namespace of Socket.IO, which the description calls `key`."""

    key: str
    address: str
    summary: str
    client_events: list[ClientEvent]
    server_events: list[ServerEvent]


def ref(name: str) -> Json:
    """A reference to the schema of this name among the document's components."""
    return {"$ref": f"#/components/schemas/{name}"}


def object_of(required: Mapping[str, Json], optional: Mapping[str, Json] = {}, *, closed: bool = False) -> Json:
    """An object with these keys; `closed` if it has no others."""
    schema: Json = {"type": "object", "properties": {**required, **optional}}
    if required:
        schema["required"] = list(required)
    return schema | {"additionalProperties": False} if closed else schema


def array_of(items: Json) -> Json:
    """An array of `items`, of any length."""
    return {"type": "array", "items": items}


def or_null(schema: Json) -> Json:
    """The schema, or null."""
    return {"anyOf": [schema, NULL]}
