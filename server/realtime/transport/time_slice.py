"""How long a loop may run at once: gevent switches greenlets only where one waits, so a long loop has to pause."""

import time

import gevent

# A pause takes a timer, of the shortest time, for which the event loop polls all sockets; after `sleep(0)` it may not
# poll for 5 ms, ten times as long as a write takes.
PAUSE_SECONDS = 0.000_001
_SECONDS = 0.002


class TimeSlice:
    """One loop's; it begins when it is made."""

    __slots__ = ("_began",)

    def __init__(self) -> None:
        self._began = time.monotonic()

    def yield_if_spent(self) -> None:
        """Let other greenlets run if this slice is used up; then a new one begins."""
        if time.monotonic() - self._began > _SECONDS:
            gevent.sleep(PAUSE_SECONDS)
            self._began = time.monotonic()
