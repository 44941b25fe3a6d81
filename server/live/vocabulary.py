"""The events of the namespace `/test`, for the generated description of the wire."""

from server.live.listeners import NAMESPACE
from server.realtime.events import ANYTHING
from server.realtime.events import COUNT
from server.realtime.events import TEXT
from server.realtime.events import Asked
from server.realtime.events import Json
from server.realtime.events import Namespace
from server.realtime.events import Told
from server.realtime.events import thing


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
            Asked("uuid", "A new UUID, also as an event.", None, uuid),
            Asked("hex", "128 random bits, also as an event.", None, digits),
            Asked("my event", "Send anything.", thing({"data": ANYTHING}), thing({"data": {"const": "got it!"}})),
        ],
        [
            Told("message", "The greeting, then the time.", {"anyOf": [thing({"data": TEXT, "count": COUNT}), ticked]}),
            Told("time", "The server's local time, each second.", ticked),
            Told("newnumber", "A random number, each second.", thing({"number": number})),
            Told("uuid", "Your new UUID.", uuid),
            Told("hex", "Your random bits.", digits),
            Told("my response", "The answer to `my event`.", thing({"data": {"const": "got it!"}})),
        ],
    )
