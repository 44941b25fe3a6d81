"""The events of the namespace `/test`, for the generated description of the wire."""

from server.live.listeners import NAMESPACE
from server.realtime.gateway.event_types import (
    ANYTHING,
    COUNT,
    TEXT,
    ClientEvent,
    Json,
    Namespace,
    ServerEvent,
    object_of,
)


def namespace() -> Namespace:
    """What clients emit there, and what the server does."""
    number: Json = {"type": "number", "minimum": 0, "maximum": 10}
    greeting = object_of({"data": TEXT, "count": COUNT})
    tick = object_of({"data": TEXT, "time": {"type": "string", "examples": ["2026-03-02 18:30:00.000000"]}})
    uuid = object_of({"uuid": {"type": "string", "format": "uuid"}})
    digits = object_of({"hex": {"type": "string", "pattern": "^[0-9a-f]{32}$"}})
    answer = object_of({"data": {"const": "got it!"}})
    return Namespace(
        "test",
        NAMESPACE,
        "A clock and other small demos, for first steps.",
        [
            ClientEvent("uuid", "A new UUID, also as an event.", None, uuid),
            ClientEvent("hex", "128 random bits, also as an event.", None, digits),
            ClientEvent("my event", "Send anything.", object_of({"data": ANYTHING}), answer),
        ],
        [
            ServerEvent("message", "The greeting, then the time.", {"anyOf": [greeting, tick]}),
            ServerEvent("time", "The server's local time, each second.", tick),
            ServerEvent("newnumber", "A random number, each second.", object_of({"number": number})),
            ServerEvent("uuid", "Your new UUID.", uuid),
            ServerEvent("hex", "Your random bits.", digits),
            ServerEvent("my response", "The answer to `my event`.", answer),
        ],
    )
