"""`refresh`: the channels again, for the caller. Paced: existing clients ask on every ack."""

import time
from collections import deque
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

import gevent

from server.realtime.ack import Ack
from server.realtime.client import Client
from server.realtime.errors import malformed

_MOST_WAITING = 1_000


class _Pace:
    """When a client was served last, and the acks that wait for the next time."""

    def __init__(self, per_second: int) -> None:
        self.served: deque[float] = deque([0.0] * per_second, maxlen=per_second)
        # Each ack's frame; None for a request that wants none.
        self.waiting: list[bytes | None] = []


class Refresh:
    """Answers `refresh`: at once `per_second` times a second, beyond that all together at the next chance."""

    def __init__(self, channels: Sequence[str], per_second: int) -> None:
        self._channels = channels
        self._per_second = per_second
        self._paces: WeakKeyDictionary[Client, _Pace] = WeakKeyDictionary()

    def __call__(self, client: Client, args: Sequence[Any], number: int | None) -> Ack | None:
        """The service for the event `refresh`; its ack follows the arrays."""
        if len(args) > 2:
            raise malformed("Send no data with refresh.")
        pace = self._paces.setdefault(client, _Pace(self._per_second))
        while len(pace.waiting) >= _MOST_WAITING and not client.gone:
            gevent.sleep(0.1)
        pace.waiting.append(None if number is None else client.ack_frame(number, with_meta=len(args) > 1))
        if len(pace.waiting) == 1:
            wait = pace.served[0] + 1.0 - time.monotonic()
            if wait <= 0:
                self._serve(client, pace)
            else:
                gevent.spawn_later(wait, self._serve, client, pace)
        return None

    def _serve(self, client: Client, pace: _Pace) -> None:
        frames, pace.waiting = pace.waiting, []
        pace.served.append(time.monotonic())
        client.show(self._channels, [framed for framed in frames if framed is not None])
