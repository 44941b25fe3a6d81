"""Password guessing is slow: how often one may try to sign in."""

import time

from limits import RateLimitItemPerHour
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from server.realtime.errors import rate_limited

_LOGIN, _ADDRESS, _USERNAME = (
    RateLimitItemPerMinute(5, namespace="login"),
    RateLimitItemPerMinute(20, namespace="login-address"),
    # From many addresses together. Not lower: a stranger could lock somebody out by guessing.
    RateLimitItemPerHour(100, namespace="login-username"),
)


class Attempts:
    """Counts attempts by username and address, address, and username; `enabled` False lets all pass."""

    def __init__(self, enabled: bool) -> None:
        self._enabled = enabled
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def take(self, username: str, address: str) -> None:
        """Count one attempt, before the password is looked at. Raises a Refusal when there were too many."""
        if not self._enabled:
            return
        for item, keys in ((_LOGIN, (address, username)), (_ADDRESS, (address,)), (_USERNAME, (username,))):
            if not self._limiter.hit(item, *keys):
                raise rate_limited(self._limiter.get_window_stats(item, *keys).reset_time - time.time())

    def forgive(self, username: str, address: str) -> None:
        """The password was right: who mistyped it before starts over."""
        if self._enabled:
            self._limiter.clear(_LOGIN, address, username)
