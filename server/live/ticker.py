"""One background task that ticks while there are listeners."""

import logging
import math
import time
from collections.abc import Callable

from gevent import Greenlet, sleep, spawn

logger = logging.getLogger("spotter.live")


class Ticker:
    """Calls `tick(index, moment)` at each multiple of `seconds` of the wall clock, from first join to last leave.

    `moment` is `index * seconds`, in seconds since 1970: processes whose clocks agree make the same ticks.
    """

    def __init__(self, tick: Callable[[int, float], None], seconds: float) -> None:
        self._tick = tick
        self._seconds = seconds
        self._listeners: set[str] = set()
        self._task: Greenlet | None = None

    def join(self, sid: str) -> None:
        """Tick for one more listener."""
        self._listeners.add(sid)
        if self._task is None:
            self._task = spawn(self._run)

    def leave(self, sid: str) -> None:
        """Tick for one listener less; the task ends with the last. One that never joined may leave, too."""
        self._listeners.discard(sid)
        if not self._listeners:
            self.stop()

    def stop(self) -> None:
        """End the task, whatever listeners there are."""
        self._listeners.clear()
        if self._task is not None:
            self._task.kill(block=False)
            self._task = None

    def _run(self) -> None:
        index = 0
        while True:
            index = self._next(index, time.time())
            moment = index * self._seconds
            sleep(max(0.0, moment - time.time()))
            try:
                self._tick(index, moment)
            except Exception:
                logger.exception("tick %d failed", index)

    def _next(self, last: int, now: float) -> int:
        """The index of the next tick. Missed ticks are skipped; a clock that was set back is followed."""
        index = math.floor(now / self._seconds) + 1
        # A timer may fire a moment early, and the tick that was just made seem to be the next.
        return index + 1 if index == last else index
