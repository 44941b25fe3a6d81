"""`/asyncapi.json`: the wire as an AsyncAPI 3 document, made of what is served.

A channel of AsyncAPI is a namespace here, a message an event with its payload. Opts are described as the message's
headers, an ack as the operation's reply.
"""

import re
from collections.abc import Collection, Mapping

from server.realtime.gateway.event_types import NULL, ClientEvent, Json, Namespace, ServerEvent, object_of, ref
from server.version import VERSION

_ABOUT = (
    "A gym's data, live. JSON over Socket.IO 5 on Engine.IO 4, by websocket only; docs/protocol.md shows every frame. "
    "Whatever these schemas allow has a shape that the server takes. It takes more: numbers as text, an empty text for "
    "null in an optional field, an hour as 900 or 09:00. What it sends is as they say; ignore keys that you don't know."
)


def document(port: int, namespaces: Collection[Namespace], schemas: Mapping[str, Json]) -> Json:
    """The description of these events. `schemas` are the components that they and the acks refer to."""
    channels: Json = {}
    operations: Json = {}
    for namespace in namespaces:
        served = {None, *(event.name for event in namespace.client_events)}
        events: list[ClientEvent | ServerEvent] = [*namespace.client_events]
        events += [event for event in namespace.server_events if event.needs in served]
        channels[namespace.key] = {
            "address": namespace.address,
            "summary": namespace.summary,
            "messages": {key: message for event in events for key, message in _messages(event).items()},
            "bindings": {"ws": {"method": "GET", "query": _QUERY}},
        }
        for event in events:
            operations |= _operation(namespace.key, event)
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Spotter", "version": VERSION, "description": _ABOUT},
        "defaultContentType": "application/json",
        "servers": {
            "spotter": {
                "host": "{host}",
                "pathname": "/socket.io/",
                "protocol": "ws",
                "description": "wss behind TLS",
                "variables": {"host": {"default": f"localhost:{port}"}},
            }
        },
        "channels": channels,
        "operations": operations,
        "components": {"schemas": {**schemas, "refusal": _REFUSAL}},
    }


_QUERY: Json = {
    "type": "object",
    "properties": {"EIO": {"const": "4"}, "transport": {"const": "websocket"}},
    "required": ["EIO", "transport"],
}
_FAILED: dict[str, Json] = {"ok": {"const": False}, "data": NULL, "errors": ref("errors")}
_REFUSAL = object_of(_FAILED, {"meta": ref("refusal_meta")}, closed=True)


def _messages(event: ClientEvent | ServerEvent) -> Json:
    """The messages of an event by their keys."""
    key = _key(event.name)
    message = {"name": event.name, "summary": event.summary}
    if isinstance(event, ServerEvent):
        return {f"{key}.event": message | {"payload": event.payload}}
    request: Json = message | {"payload": NULL if event.payload is None else event.payload}
    if event.opts is not None:
        request["headers"] = event.opts
    answer = {"name": event.name, "summary": f"The ack of `{event.name}`.", "payload": _ack(event)}
    return {f"{key}.request": request, f"{key}.ack": answer}


def _ack(event: ClientEvent) -> Json:
    no_errors: Json = {"type": "object", "maxProperties": 0}
    meta = {"meta": ref("meta")} if event.opts is not None else {}
    success = object_of(
        {"ok": {"const": True}, **event.extra, "data": event.data, "errors": no_errors}, meta, closed=True
    )
    failure = ref("refusal")
    if event.extra:
        failure = object_of(dict.fromkeys(event.extra, NULL) | _FAILED, {"meta": ref("refusal_meta")}, closed=True)
    return {"oneOf": [success, failure]}


def _operation(channel: str, event: ClientEvent | ServerEvent) -> Json:
    key = _key(event.name)

    def message(kind: str) -> Json:
        return {
            "channel": {"$ref": f"#/channels/{channel}"},
            "messages": [{"$ref": f"#/channels/{channel}/messages/{key}.{kind}"}],
        }

    if isinstance(event, ServerEvent):
        return {f"{channel}.{key}.event": {"action": "send", "summary": event.summary, **message("event")}}
    receiving = {"action": "receive", "summary": event.summary, **message("request"), "reply": message("ack")}
    return {f"{channel}.{key}.request": receiving}


def _key(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "_", name)
