"""The events of the default namespace, but for those of accounts: what clients emit, and what the server does."""

from collections.abc import Iterable

from server.realtime.gateway import json_schema
from server.realtime.gateway.events import COUNT
from server.realtime.gateway.events import FLAG
from server.realtime.gateway.events import ID
from server.realtime.gateway.events import NULL
from server.realtime.gateway.events import TEXT
from server.realtime.gateway.events import TIME
from server.realtime.gateway.events import ClientEvent
from server.realtime.gateway.events import Json
from server.realtime.gateway.events import ServerEvent
from server.realtime.gateway.events import listing
from server.realtime.gateway.events import named
from server.realtime.gateway.events import nullable
from server.realtime.gateway.events import thing
from server.realtime.protocol.errors import Code
from server.realtime.resource.resource import Resource

_DONE = {
    "new": "Make a {name}; `data` is the new record.",
    "update": "Change fields of a {name}; what is absent stays. `data` is the record after.",
    "delete": "Delete a {name}, given as the record, as `{{id}}` or as the id. `data` is the record as it was.",
}
_CURSOR = {"epoch": TEXT, "seq": COUNT}
_RULE = thing({"channel": named("channel"), "fields": listing(TEXT)}, {"many": {"const": True}}, closed=True)
_ANY_RECORD: Json = {"type": "object", "required": ["id"]}


def schemas(resources: Iterable[Resource]) -> dict[str, Json]:
    """What the events share, by name: the records, the acks, the parts of `sync`."""
    registered = list(resources)
    channel: Json = {"enum": [resource.channel for resource in registered]}
    revised = {one.channel: listing(thing({"rev": ID, "record": named(one.name)})) for one in registered}
    change = {"channel": channel, "type": {"enum": ["put", "del"]}, "id": ID, "rev": ID}
    return {
        **json_schema.sent(registered),
        "channel": channel,
        "code": {"enum": [code.value for code in Code]},
        "op": {"type": "string", "format": "uuid", "description": "names a request, so that a retry does it once"},
        "base": {"type": "integer", "minimum": 0, "description": "the rev of the record that the edit started from"},
        "check": {"type": "boolean", "description": "only say what would happen, and do nothing"},
        "write_opts": thing(
            {},
            {"op": nullable(named("op")), "base": nullable(named("base")), "check": nullable(named("check"))},
            closed=True,
        ),
        "op_opts": thing({}, {"op": nullable(named("op")), "check": nullable(named("check"))}, closed=True),
        "opts": thing({}, closed=True),
        "meta": thing({}, {"seq": ID, "rev": ID, "replayed": {"const": True}, "warnings": listing(TEXT)}),
        "refusal_meta": thing(
            {"code": named("code")},
            {
                "retry_after": {"type": "number", "description": "seconds, with rate_limited"},
                "current": nullable(_ANY_RECORD),
                "rev": nullable(ID),
                "fields": listing(TEXT),
                "actor": nullable(TEXT),
            },
        ),
        "errors": thing({"errors": {"type": "string", "description": "one line for a person"}}),
        "cursor": thing(_CURSOR),
        "auth": {
            "description": "What CONNECT may carry.",
            **thing({}, {"token": TEXT, "sync": {"anyOf": [{"const": True}, named("cursor")]}}),
        },
        "embeds": {
            "description": "By channel and field: whose records it has copies of, by which fields; `many` if a list.",
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": _RULE},
        },
        "change": thing(
            change | {"record": nullable(_ANY_RECORD), "op": nullable(named("op")), "actor": nullable(TEXT)}
        ),
        "synced": {
            "oneOf": [
                thing({"mode": {"const": "current"}, **_CURSOR}),
                thing({"mode": {"const": "delta"}, **_CURSOR, "changes": listing(named("change"))}),
                thing({"mode": {"const": "snapshot"}, **_CURSOR, "snapshot": thing(revised)}),
            ]
        },
    }


def asked(resources: Iterable[Resource]) -> list[ClientEvent]:
    """The events that clients emit."""
    whose = {"channel": named("channel"), "id": ID}
    entry = {"seq": ID, "at": TIME, "actor": nullable(TEXT), "type": {"enum": ["put", "del"]}}
    differences = {"type": "object", "additionalProperties": {"type": "array", "minItems": 2, "maxItems": 2}}
    return [
        *(write for resource in resources for write in _writes(resource)),
        ClientEvent("refresh", "Send me every channel again.", None, NULL, named("opts")),
        ClientEvent(
            "sync",
            "What changed since my cursor? From now on I get `changes`, not arrays.",
            nullable(named("cursor")),
            named("synced"),
        ),
        ClientEvent(
            "history",
            "Who changed this record and when, newest first; `before` is a seq.",
            thing(whose, {"before": ID, "limit": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}}),
            listing(thing({**entry, "changes": differences})),
            named("opts"),
        ),
        ClientEvent(
            "undo",
            "Take a commit back, by a new one. `data` is the record after, null if there is none any more.",
            thing({"seq": ID}),
            nullable(_ANY_RECORD),
            named("op_opts"),
        ),
        ClientEvent("editing", "I edit this record, or no more.", thing({**whose, "on": FLAG}), NULL, named("opts")),
    ]


def _writes(resource: Resource) -> Iterable[ClientEvent]:
    schema = type(resource.schema)
    new, update = json_schema.written(schema()), json_schema.written(schema(partial=True))
    update["properties"] = {"id": ID, **update["properties"]}
    delete: Json = {"anyOf": [_ANY_RECORD | thing({"id": ID}), ID]}
    payloads: dict[str, Json] = {"new": new, "update": update | {"required": ["id"]}, "delete": delete}
    for event, action in resource.events.items():
        summary = _DONE[action].format(name=resource.name.replace("_", " "))
        # Who may write it need not be one who may read it.
        data = named(resource.name) if resource.read is None else nullable(named(resource.name))
        yield ClientEvent(event, summary, payloads[action], data, named("write_opts"))


def told(resources: Iterable[Resource]) -> list[ServerEvent]:
    """The events that the server emits."""
    user = {"sid": TEXT, "name": TEXT, "since": TIME}
    editing = nullable(thing({"channel": named("channel"), "id": ID}))
    return [
        ServerEvent(
            "connected",
            "The first event of a connection.",
            thing(
                {
                    "data": TEXT,
                    "sid": TEXT,
                    "user": nullable(named("user")),
                    "access": {"enum": ["open", "public-read", "required"]},
                    "timezone": {"type": "string", "description": "whose clock the records' days and hours are of"},
                    **_CURSOR,
                    "embeds": named("embeds"),
                }
            ),
        ),
        *(
            ServerEvent(
                one.channel,
                "The whole channel, sorted by id: once after `connected`, and whenever its content changed.",
                listing(named(one.name)),
            )
            for one in resources
        ),
        ServerEvent("sync", "The answer to the `sync` of CONNECT, in place of the arrays.", named("synced")),
        ServerEvent(
            "changes",
            "To synced clients: what was committed since `prev`. Nothing at times, to show that nothing was lost.",
            thing({"epoch": TEXT, "prev": COUNT, "seq": COUNT, "changes": listing(named("change"))}),
        ),
        ServerEvent("session", "You are somebody else now, or nobody.", thing({"user": nullable(named("user"))})),
        ServerEvent(
            "presence",
            "Who is here, and who edits what.",
            thing({"users": listing(thing({**user, "editing": editing}))}),
            needs="editing",
        ),
    ]
