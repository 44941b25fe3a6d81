"""A retry is recognized by its op, the idempotency key, and answered as the first time."""

import hashlib
from collections.abc import Sequence
from typing import Any

import orjson

from server.realtime.journal.journal import Kept
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.errors import op_reused
from server.realtime.protocol.json import encode
from server.realtime.resource.view import View


def digest(event: str, data: object) -> str:
    """A hash of an event and its payload, whatever the order of keys: a request with the same op must have the same."""
    return hashlib.sha256(encode([event, data])).hexdigest()


def replay(kept: Kept, digest: str, channels: Sequence[str], view: View) -> Ack:
    """The first ack again, marked as replayed; of its records only those that are in the caller's view now.

    `channels` are theirs, in order; a record is not sent if it is not known of which channel it is. Refuses an op that
    came with another event or payload.
    """
    if kept.digest != digest:
        raise op_reused()
    answer = orjson.loads(kept.answer)
    meta = {**answer["meta"], "replayed": True}
    data = answer["data"]
    if not view.is_whole:
        several = data if isinstance(data, list) else [data]
        seen = [each if _is_in(view, channel, each) else None for channel, each in zip(channels, several, strict=False)]
        data = seen if data is several else next(iter(seen), None)
    return Ack(answer["ok"], orjson.dumps(data), answer["errors"], meta)


def _is_in(view: View, channel: str, data: Any) -> bool:
    return isinstance(data, dict) and view.has(channel, data)
