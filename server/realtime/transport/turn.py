"""Whose turn it is: gevent switches greenlets only where one waits, so a long loop has to pause for the others."""

import time

import gevent

# A pause takes a timer, of the shortest time, for which the event loop polls all sockets; after `sleep(0)` it may not
# poll for 5 ms, ten times as long as a write takes.
OTHERS_TURN = 0.000_001
_SECONDS = 0.002


class Turn:
    """A loop's, that begins when it is made."""

    __slots__ = ("_began",)

    def __init__(self) -> None:
        self._began = time.monotonic()

    def pass_on(self) -> None:
        """Let the others have theirs if this one has taken long enough; then it begins anew."""
        if time.monotonic() - self._began > _SECONDS:
            gevent.sleep(OTHERS_TURN)
            self._began = time.monotonic()
