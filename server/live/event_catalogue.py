"""The events of the namespace `/test`, for the generated description of the wire."""

from server.live.listeners import NAMESPACE
from server.realtime.gateway.events import ANYTHING
from server.realtime.gateway.events import COUNT
from server.realtime.gateway.events import TEXT
from server.realtime.gateway.events import ClientEvent
from server.realtime.gateway.events import Json
from server.realtime.gateway.events import Namespace
from server.realtime.gateway.events import ServerEvent
from server.realtime.gateway.events import thing


def namespace() -> Namespace:
    """What clients emit there, and what the server does."""
    number: Json = {"type": "number", "minimum": 0, "maximum": 10}
    ticked = thing({"data": TEXT, "time": {"type": "string", "examples": ["2026-03-02 18:30:00.000000"]}})
    uuid = thing({"uuid": {"type": "string", "format": "uuid"}})
    digits = thing({"hex": {"type": "string", "pattern": "^[0-9a-f]{32}$"}})
    return Namespace(
        "test",
        NAMESPACE,
        "A clock and other small demos, for first steps.",
        [
            ClientEvent("uuid", "A new UUID, also as an event.", None, uuid),
            ClientEvent("hex", "128 random bits, also as an event.", None, digits),
            ClientEvent("my event", "Send anything.", thing({"data": ANYTHING}), thing({"data": {"const": "got it!"}})),
        ],
        [
            ServerEvent(
                "message", "The greeting, then the time.", {"anyOf": [thing({"data": TEXT, "count": COUNT}), ticked]}
            ),
            ServerEvent("time", "The server's local time, each second.", ticked),
            ServerEvent("newnumber", "A random number, each second.", thing({"number": number})),
            ServerEvent("uuid", "Your new UUID.", uuid),
            ServerEvent("hex", "Your random bits.", digits),
            ServerEvent("my response", "The answer to `my event`.", thing({"data": {"const": "got it!"}})),
        ],
    )
