"""One background task that ticks while anybody listens."""

import logging
import math
import time
from collections.abc import Callable

from gevent.event import Event
from gevent.lock import BoundedSemaphore

logger = logging.getLogger("spotter.live")


class Ticker:
    """Calls `tick(index, moment)` at each multiple of `seconds` of the wall clock, from first join to last leave.

    `moment` is `index * seconds`, in seconds since 1970. Processes whose clocks agree thus make the same ticks without
    a word between them. `start(function, *args)` runs a function in the background: `gevent.spawn`.
    """

    def __init__(self, start: Callable[..., object], tick: Callable[[int, float], None], seconds: float) -> None:
        self._start = start
        self._tick = tick
        self._seconds = seconds
        self._lock = BoundedSemaphore()
        self._listeners: set[str] = set()
        self._ended: Event | None = None

    def join(self, sid: str) -> None:
        """Tick for one more. However many come at the same instant, one task runs."""
        # Without the lock, whoever comes while the task is being started would find none, and start another.
        with self._lock:
            self._listeners.add(sid)
            if self._ended is None:
                # Each task has an event of its own, so that an old one that is about to end cannot miss its end
                # because a new one was started meanwhile.
                ended = Event()
                self._start(self._run, ended)
                self._ended = ended

    def leave(self, sid: str) -> None:
        """Tick for one less; with the last one the task ends. Whoever never joined may leave too."""
        with self._lock:
            self._listeners.discard(sid)
            if not self._listeners:
                self._end()

    def stop(self) -> None:
        """End the task, whoever listens."""
        with self._lock:
            self._listeners.clear()
            self._end()

    def _end(self) -> None:
        if self._ended is not None:
            self._ended.set()
            self._ended = None

    def _run(self, ended: Event) -> None:
        index = 0
        while True:
            index = self._next(index, time.time())
            moment = index * self._seconds
            if ended.wait(max(0.0, moment - time.time())):
                return
            try:
                self._tick(index, moment)
            except Exception:
                logger.exception("tick %d failed", index)

    def _next(self, last: int, now: float) -> int:
        """The tick to wait for. Ticks that were missed are skipped, and a clock that was set back is followed."""
        index = math.floor(now / self._seconds) + 1
        # A timer may fire a moment early; then the tick that was just made would seem to be still to come.
        return index + 1 if index == last else index
