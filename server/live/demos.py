"""The demos of `/test`, for newcomers to learn from: what is pushed each second, and what is answered on request."""

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

import orjson

from server.live.listeners import Listener, Push
from server.realtime.gateway.endpoint import Service
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.errors import malformed


def new_uuid(client: Listener, *_: object) -> Ack:
    """A new random UUID, whatever the arguments."""
    return _reply(client, "uuid", {"uuid": str(uuid4())})


def new_hex(client: Listener, *_: object) -> Ack:
    """128 random bits as 32 hex digits."""
    return _reply(client, "hex", {"hex": secrets.token_hex(16)})


def my_event(client: Listener, args: Sequence[Any]) -> Ack:
    """Take `{"data": anything}`."""
    if len(args) != 1 or not isinstance(args[0], dict) or "data" not in args[0]:
        raise malformed('Send one object with a key "data".')
    return _reply(client, "my response", {"data": "got it!"})


# What answers each event.
SERVICES: dict[str, Service[Listener]] = {"uuid": new_uuid, "hex": new_hex, "my event": my_event}


def _reply(client: Listener, event: str, data: object) -> Ack:
    """The answer as an event, to this client only, and as an acknowledgement."""
    encoded = orjson.dumps(data)
    client.emit(event, encoded)
    return Ack(data=encoded)


def tick(key: bytes, push: Push, index: int, moment: float) -> None:
    """Push the time and a number to all."""
    # The server's local time, as on the wall of the gym. Written out in full also where the fraction is zero.
    now = {"data": "This is data", "time": datetime.fromtimestamp(moment).isoformat(" ", "microseconds")}
    push([("time", now), ("message", now), ("newnumber", {"number": number(key, index)})])


def number(key: bytes, index: int) -> float:
    """The random number of a tick: from 0 to 10, three decimals.

    Each process ticks for its own clients, and all must push the same number. So it is computed from what they share:
    the tick's index, and the secret key, without which the next number cannot be predicted.
    """
    digest = hmac.digest(key, b"newnumber %d" % index, "sha256")
    return int.from_bytes(digest[:8], "big") % 10_001 / 1000
