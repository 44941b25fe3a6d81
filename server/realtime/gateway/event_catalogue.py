"""The events of the default namespace that clients and the server emit, without those of accounts."""

from collections.abc import Iterable

from server.realtime.gateway import batch_schema, json_schema, list_schema
from server.realtime.gateway.event_types import (
    COUNT,
    FLAG,
    ID,
    NULL,
    TEXT,
    TIME,
    ClientEvent,
    Json,
    ServerEvent,
    array_of,
    object_of,
    or_null,
    ref,
)
from server.realtime.protocol.errors import Code
from server.realtime.resource.resource import Resource

_DONE = {
    "new": "Make a {name}; `data` is the new record.",
    "update": "Change fields of a {name}; what is absent stays. `data` is the record after.",
    "delete": "Delete a {name}, given as the record, as `{{id}}` or as the id. `data` is the record as it was.",
}
_CURSOR = {"epoch": TEXT, "seq": COUNT}
_RULE = object_of({"channel": ref("channel"), "fields": array_of(TEXT)}, {"many": {"const": True}}, closed=True)
_ANY_RECORD: Json = {"type": "object", "required": ["id"]}


def schemas(resources: Iterable[Resource]) -> dict[str, Json]:
    """The schemas that events share, by name: the records, the acks, the parts of `sync`."""
    registered = list(resources)
    channel: Json = {"enum": [resource.channel for resource in registered]}
    revised = {
        each.channel: array_of(object_of({"rev": ID, "record": ref(each.name)})) for each in registered if each.whole
    }
    change = {"channel": channel, "type": {"enum": ["put", "del"]}, "id": ID, "rev": ID}
    op_opts = {"op": or_null(ref("op")), "check": or_null(ref("check"))}
    return {
        **json_schema.sent(registered),
        **{list_schema.where_name(resource): list_schema.where(resource) for resource in registered},
        "channel": channel,
        "code": {"enum": [code.value for code in Code]},
        "op": {"type": "string", "format": "uuid", "description": "names a request, so that a retry does it once"},
        "base": {"type": "integer", "minimum": 0, "description": "the rev of the record that the edit started from"},
        "check": {"type": "boolean", "description": "only say what would happen, and do nothing"},
        "write_opts": object_of({}, op_opts | {"base": or_null(ref("base"))}, closed=True),
        "op_opts": object_of({}, op_opts, closed=True),
        "opts": object_of({}, closed=True),
        "meta": object_of(
            {}, {"seq": ID, "rev": ID, "revs": array_of(ID), "replayed": {"const": True}, "warnings": array_of(TEXT)}
        ),
        "refusal_meta": object_of(
            {"code": ref("code")},
            {
                "retry_after": {"type": "number", "description": "seconds, with rate_limited"},
                "current": or_null(_ANY_RECORD),
                "rev": or_null(ID),
                "fields": array_of(TEXT),
                "actor": or_null(TEXT),
                "warnings": array_of(TEXT),
            },
        ),
        "errors": batch_schema.errors(),
        "cursor": object_of(_CURSOR),
        "where": {"type": "object", "description": "a filter: `{field: value}`, `{field: {lt: value}}`, `or`, `not`"},
        "auth": {
            "description": "What CONNECT may carry.",
            **object_of({}, {"token": TEXT, "sync": {"anyOf": [{"const": True}, ref("cursor")]}, "arrays": FLAG}),
        },
        "embeds": {
            "description": "By channel and field: whose records it has copies of, by which fields; `many` if a list.",
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": _RULE},
        },
        "change": object_of(
            change | {"record": or_null(_ANY_RECORD), "op": or_null(ref("op")), "actor": or_null(TEXT)}
        ),
        "synced": {
            "oneOf": [
                object_of({"mode": {"const": "current"}, **_CURSOR}),
                object_of({"mode": {"const": "delta"}, **_CURSOR, "changes": array_of(ref("change"))}),
                object_of({"mode": {"const": "snapshot"}, **_CURSOR, "snapshot": object_of(revised)}),
            ]
        },
    }


def client_events(resources: Iterable[Resource]) -> list[ClientEvent]:
    """What clients emit."""
    registered = list(resources)
    whose = {"channel": ref("channel"), "id": ID}
    part = {"where": or_null(ref("where"))}
    entry = {"seq": ID, "at": TIME, "actor": or_null(TEXT), "event": TEXT, **whose, "label": TEXT}
    entry |= {"type": {"enum": ["put", "del"]}}
    differences = {"type": "object", "additionalProperties": {"type": "array", "minItems": 2, "maxItems": 2}}
    return [
        *(event for resource in registered for event in (*_writes(resource), *_reads(resource))),
        batch_schema.batch(write for resource in registered for write in _writes(resource)),
        ClientEvent("refresh", "Send me every channel again.", None, NULL, ref("opts")),
        ClientEvent(
            "sync",
            "What changed since my cursor? From now on I get `changes`, not arrays.",
            or_null(ref("cursor")),
            ref("synced"),
        ),
        ClientEvent(
            "subscribe",
            "What is there, or changed since my cursor, of a part of a channel? From now on I get its `changes`.",
            object_of({"channel": ref("channel")}, part | {"epoch": or_null(TEXT), "seq": or_null(COUNT)}, closed=True),
            ref("synced"),
            ref("opts"),
        ),
        ClientEvent(
            "unsubscribe",
            "I want to know no more of that part, whose filter says the same.",
            object_of({"channel": ref("channel")}, part, closed=True),
            NULL,
            ref("opts"),
        ),
        ClientEvent(
            "history",
            "Who changed what and when, newest first: of a record, a channel, or everything. `before` is a seq.",
            object_of(
                {},
                {
                    "channel": or_null(ref("channel")),
                    "id": or_null(ID),
                    "before": or_null(ID),
                    "limit": or_null({"type": "integer", "minimum": 1, "maximum": 200, "default": 50}),
                },
            ),
            array_of(object_of({**entry, "changes": differences})),
            ref("opts"),
        ),
        ClientEvent(
            "undo",
            "Revert a commit, by a new one. `data` is the record after, null if that deletes it.",
            object_of({"seq": ID}),
            or_null(_ANY_RECORD),
            ref("op_opts"),
        ),
        ClientEvent("editing", "I edit this record, or no more.", object_of({**whose, "on": FLAG}), NULL, ref("opts")),
    ]


def _writes(resource: Resource) -> Iterable[ClientEvent]:
    schema = type(resource.schema)
    new, update = json_schema.written(schema()), json_schema.written(schema(partial=True))
    update["properties"] = {"id": ID, **update["properties"]}
    delete: Json = {"anyOf": [_ANY_RECORD | object_of({"id": ID}), ID]}
    payloads: dict[str, Json] = {"new": new, "update": update | {"required": ["id"]}, "delete": delete}
    for event, action in resource.events.items():
        summary = _DONE[action].format(name=resource.noun)
        # The record is not sent to a caller that may write it and not read it.
        data = ref(resource.name) if resource.read is None else or_null(ref(resource.name))
        yield ClientEvent(event, summary, payloads[action], data, ref("write_opts"))


def _reads(resource: Resource) -> Iterable[ClientEvent]:
    record = ref(resource.name)
    listed = object_of(
        {"records": array_of(record), "next": or_null(TEXT), "seq": COUNT}, {"count": COUNT}, closed=True
    )
    about = {
        "get": (f"One {resource.noun}, as it is now.", object_of({"id": ID}), record),
        "list": (
            f"The {resource.channel.replace('_', ' ')} that fit `where`, in an order; `next` leads to more of them.",
            or_null(list_schema.payload(resource)),
            listed,
        ),
    }
    for event, kind in resource.reads.items():
        summary, payload, data = about[kind]
        yield ClientEvent(event, summary, payload, data, ref("opts"))


def server_events(resources: Iterable[Resource]) -> list[ServerEvent]:
    """What the server emits."""
    user = {"sid": TEXT, "name": TEXT, "since": TIME}
    editing = or_null(object_of({"channel": ref("channel"), "id": ID}))
    return [
        ServerEvent(
            "connected",
            "The first event of a connection.",
            object_of(
                {
                    "data": TEXT,
                    "sid": TEXT,
                    "user": or_null(ref("user")),
                    "access": {"enum": ["open", "public-read", "required"]},
                    "timezone": {"type": "string", "description": "whose clock the records' days and hours are of"},
                    **_CURSOR,
                    "embeds": ref("embeds"),
                }
            ),
        ),
        *(
            ServerEvent(
                resource.channel,
                "The whole channel, sorted by id: once after `connected`, and whenever its content changed.",
                array_of(ref(resource.name)),
            )
            for resource in resources
            if resource.arrays
        ),
        ServerEvent("sync", "The answer to the `sync` of CONNECT, in place of the arrays.", ref("synced")),
        ServerEvent(
            "changes",
            "To synced clients: what was committed since `prev`. Nothing at times, to show that nothing was lost.",
            object_of({"epoch": TEXT, "prev": COUNT, "seq": COUNT, "changes": array_of(ref("change"))}),
        ),
        ServerEvent(
            "session",
            "The user of this connection is another, or none.",
            object_of({"user": or_null(ref("user"))}),
        ),
        ServerEvent(
            "presence",
            "Who is here, and who edits what.",
            object_of({"users": array_of(object_of({**user, "editing": editing}))}),
            needs="editing",
        ),
    ]
