"""The frame of a `changes` event."""

from collections.abc import Iterable

import orjson

from server.realtime.transport.outbox import frame


def changes_frame(epoch: str, prev: int, seq: int, changes: Iterable[bytes] = ()) -> bytes:
    """`{epoch, prev, seq, changes}`, the changes encoded; without any it says how far the client's copy reaches."""
    fields = (orjson.dumps(epoch), prev, seq, b",".join(changes))
    return frame(b'42["changes",{"epoch":%b,"prev":%d,"seq":%d,"changes":[%b]}]' % fields)
