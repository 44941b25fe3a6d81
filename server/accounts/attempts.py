"""Limits on wrong passwords."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from gevent.event import Event
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from server.realtime.protocol.errors import rate_limited

_LOGIN, _ADDRESS, _USERNAME = (
    RateLimitItemPerMinute(5, namespace="login"),
    RateLimitItemPerMinute(20, namespace="login-address"),
    # From all addresses together. Not lower: a stranger could keep a user from signing in by guessing.
    RateLimitItemPerHour(100, namespace="login-username"),
)

# A limit, and the address, the username or both that it counts for.
_Key = tuple[RateLimitItem, tuple[str, ...]]


@dataclass(slots=True)
class Attempt:
    """It counts as failed unless it has `succeeded`."""

    succeeded: bool = False


class Attempts:
    """Counts failures by username and address, address, and username; with `enabled` False there is no limit.

    Running attempts count as failed until they end, but others wait for them and are not refused: many users may sign
    in at once with the right passwords, and guessing in parallel does not get around the limit.
    """

    def __init__(self, enabled: bool) -> None:
        self._enabled = enabled
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._running: Counter[_Key] = Counter()
        self._ended = Event()

    @contextmanager
    def attempt(self, username: str, address: str) -> Iterator[Attempt]:
        """Make one attempt, the username in its folded form. Raises a Refusal when too many have failed.

        An exception inside the block is no failed attempt: the password was not checked.
        """
        attempt = Attempt()
        if not self._enabled:
            yield attempt
            return
        keys: list[_Key] = [(_LOGIN, (address, username)), (_ADDRESS, (address,)), (_USERNAME, (username,))]
        while not self._has_room(keys):
            self._ended.wait()
        self._running.update(keys)
        try:
            yield attempt
            if attempt.succeeded:
                self._limiter.clear(_LOGIN, address, username)
            else:
                for item, identifiers in keys:
                    self._limiter.hit(item, *identifiers)
        finally:
            self._running.subtract(keys)
            for key in keys:
                if not self._running[key]:
                    del self._running[key]
            ended, self._ended = self._ended, Event()
            ended.set()

    def _has_room(self, keys: list[_Key]) -> bool:
        """Whether one more may run, if all running ones fail. Raises a Refusal if it may not even if none fails."""
        for item, identifiers in keys:
            if not self._limiter.test(item, *identifiers):
                raise rate_limited(self._limiter.get_window_stats(item, *identifiers).reset_time - time.time())
        return all(
            self._limiter.test(item, *identifiers, cost=self._running[item, identifiers] + 1)
            for item, identifiers in keys
        )
