"""Password guessing is slow: how often one may be wrong."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from gevent.event import Event
from limits import RateLimitItem
from limits import RateLimitItemPerHour
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from server.realtime.protocol.errors import rate_limited

_LOGIN, _ADDRESS, _USERNAME = (
    RateLimitItemPerMinute(5, namespace="login"),
    RateLimitItemPerMinute(20, namespace="login-address"),
    # From many addresses together. Not lower: a stranger could lock somebody out by guessing.
    RateLimitItemPerHour(100, namespace="login-username"),
)

# What counts, and whose it is.
_Key = tuple[RateLimitItem, tuple[str, ...]]


@dataclass(slots=True)
class Attempt:
    """One that is being made; it has failed unless it says that it has `succeeded`."""

    succeeded: bool = False


class Attempts:
    """Counts failures by username and address, address, and username; `enabled` False lets all pass.

    Those that are being made count as failed until their end, but only make others wait: a crowd that knows its
    passwords gets in by and by, and many guesses at once are no way around the limit.
    """

    def __init__(self, enabled: bool) -> None:
        self._enabled = enabled
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._going_on: Counter[_Key] = Counter()
        self._ended = Event()

    @contextmanager
    def one(self, username: str, address: str) -> Iterator[Attempt]:
        """Make one attempt, the username in its folded form. Raises a Refusal when too many have failed.

        What is raised inside is no failure: the password was not looked at, or nothing came of it.
        """
        attempt = Attempt()
        if not self._enabled:
            yield attempt
            return
        keys: list[_Key] = [(_LOGIN, (address, username)), (_ADDRESS, (address,)), (_USERNAME, (username,))]
        while not self._has_room(keys):
            self._ended.wait()
        self._going_on.update(keys)
        try:
            yield attempt
            if attempt.succeeded:
                # Whoever mistyped it before starts over.
                self._limiter.clear(_LOGIN, address, username)
            else:
                for item, whose in keys:
                    self._limiter.hit(item, *whose)
        finally:
            self._going_on.subtract(keys)
            for key in keys:
                if not self._going_on[key]:
                    del self._going_on[key]
            ended, self._ended = self._ended, Event()
            ended.set()

    def _has_room(self, keys: list[_Key]) -> bool:
        """Whether there is room even if all that go on fail. Refuses if there is none whatever becomes of them."""
        for item, whose in keys:
            if not self._limiter.test(item, *whose):
                raise rate_limited(self._limiter.get_window_stats(item, *whose).reset_time - time.time())
        return all(self._limiter.test(item, *whose, cost=self._going_on[item, whose] + 1) for item, whose in keys)
