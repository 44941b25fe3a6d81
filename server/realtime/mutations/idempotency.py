"""A retry is recognized by its op, the idempotency key, and answered as the first time."""

import hashlib
from typing import Any

import orjson

from server.realtime.journal.journal import Kept
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.errors import op_reused
from server.realtime.protocol.json import encode
from server.realtime.resource.resource import Resource
from server.realtime.resource.view import View


def digest(event: str, data: object) -> str:
    """A hash of an event and its payload, whatever the order of keys: a request with the same op must have the same."""
    return hashlib.sha256(encode([event, data])).hexdigest()


def replay(kept: Kept, event: str, digest: str, view: View) -> Ack:
    """The first ack again, marked as replayed; its record only if that is in the caller's view now.

    Refuses an op that came with another event or payload.
    """
    if kept.digest != digest:
        raise op_reused()
    answer = orjson.loads(kept.answer)
    meta = {**answer["meta"], "replayed": True}
    data = answer["data"]
    if not view.is_whole and not _is_in(view, event, data):
        data = None
    return Ack(answer["ok"], orjson.dumps(data), answer["errors"], meta)


def _is_in(view: View, event: str, data: Any) -> bool:
    """Whether the record in an ack is in the view; false where it is not known which channel it is of."""
    channel = next((channel for channel, resource in Resource.registry.items() if event in resource.events), None)
    return channel is not None and isinstance(data, dict) and view.has(channel, data)
