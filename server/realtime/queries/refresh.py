"""`refresh`: all arrays again. It is delayed, not refused, if it comes often: existing clients send it on every ack."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import gevent

from server.realtime.protocol import audit
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import Refusal, malformed
from server.realtime.transport.client import Client

EVENT = "refresh"
# Beyond this nothing more is read from the client until it is served.
_MAX_WAITING = 50
_POLL_SECONDS = 0.05


class _Request(NamedTuple):
    """A request that waits: the number of its ack, None if it has none, and why it is refused."""

    number: int | None
    with_meta: bool
    refusal: Refusal | None


class _Pace:
    """Of one client: when it was served, what waits, and the caller whose refusal is in the audit log."""

    def __init__(self, per_second: int) -> None:
        self.served: deque[float] = deque([0.0] * per_second, maxlen=per_second)
        self.waiting: list[_Request] = []
        self.denied: Caller | None = None


class Refresh:
    """Answers `refresh`: at once `per_second` times a second; requests beyond that together, once it may again.

    `permit(caller)` raises the Refusal for a caller that may not read, or while there is no data. Refusals are answered
    at the same pace, and are one line in the audit log. `count(event, ack)` is called with each answer.
    """

    def __init__(
        self,
        channels: Sequence[str],
        per_second: int,
        permit: Callable[[Caller], None],
        count: Callable[[str, Ack], None],
    ) -> None:
        self._channels = channels
        self._per_second = per_second
        self._permit = permit
        self._count = count
        self._paces: WeakKeyDictionary[Client, _Pace] = WeakKeyDictionary()

    def __call__(self, client: Client, args: Sequence[Any], number: int | None, refusal: Refusal | None) -> None:
        """Serve one request, now or later. Its ack follows the arrays."""
        if refusal is None and len(args) > 2:
            refusal = malformed("Send no data with refresh.")
        pace = self._paces.setdefault(client, _Pace(self._per_second))
        pace.waiting.append(_Request(number, len(args) > 1, refusal))
        if len(pace.waiting) == 1:
            wait = pace.served[0] + 1.0 - time.monotonic()
            if wait <= 0:
                self._serve(client, pace)
            else:
                gevent.spawn_later(wait, self._serve, client, pace)
        while len(pace.waiting) + client.unsent_acks >= _MAX_WAITING and not client.gone:
            gevent.sleep(_POLL_SECONDS)

    def _serve(self, client: Client, pace: _Pace) -> None:
        requests, pace.waiting = pace.waiting, []
        pace.served.append(time.monotonic())
        denied = self._denial(client.caller, pace)
        frames, served = [], False
        for number, with_meta, refusal in requests:
            reason = refusal or denied
            ack = Ack() if reason is None else Ack.refused(reason)
            served |= ack.ok
            self._count(EVENT, ack)
            if number is not None:
                frames.append(client.ack_frame(number, ack, with_meta))
        client.send_arrays(self._channels if served else [], frames)

    def _denial(self, caller: Caller, pace: _Pace) -> Refusal | None:
        try:
            self._permit(caller)
        except Refusal as refusal:
            if refusal.code in audit.DENIALS and pace.denied != caller:
                pace.denied = caller
                audit.denied(caller, EVENT, refusal.code)
            return refusal
        return None
