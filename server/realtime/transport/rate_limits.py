"""How much one client may ask for: per socket, and shared by the sockets of one account and of one address.

A socket's own allowance is a bucket that it carries with it: counting one request costs less than a microsecond. What
sockets share is kept by the library `limits`, a few microseconds each time, so a socket pays there for several
requests at once.
"""

import time

from limits import RateLimitItem
from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

_BURST_SECONDS = 5
_AHEAD = 10
# A person may have several pages open, a gym several people behind one address.
_ACCOUNT_SHARE, _ADDRESS_SHARE = 3, 10
_LONGEST_WAIT = 5.0


class Limits:
    """The requests that accounts and addresses have left, in this process. `per_second` 0 means: no limit."""

    def __init__(self, per_second: int) -> None:
        self.per_second = per_second
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        burst = max(1, per_second) * _BURST_SECONDS
        self._account = RateLimitItemPerSecond(burst * _ACCOUNT_SHARE, _BURST_SECONDS, namespace="account")
        self._address = RateLimitItemPerSecond(burst * _ADDRESS_SHARE, _BURST_SECONDS, namespace="address")
        self._page = RateLimitItemPerSecond(burst * _ACCOUNT_SHARE, _BURST_SECONDS, namespace="page")

    def allowance(self, address: str) -> "Allowance":
        """What a new socket from this address may ask for."""
        return Allowance(self, address)

    def visit(self, address: str) -> float:
        """Count one HTTP request: 0 if it may be answered, else the seconds after which to try again."""
        return self._hit(self._page, address, 1) if self.per_second else 0.0

    def pay(self, address: str, account: str | None) -> float:
        """Count `_AHEAD` requests: 0 if they fit, else the seconds after which to try again."""
        # The account first: what it is refused must not use up what the others behind the address have.
        wait = 0.0 if account is None else self._hit(self._account, account, _AHEAD)
        return wait or self._hit(self._address, address, _AHEAD)

    def _hit(self, item: RateLimitItem, key: str, cost: int) -> float:
        if self._limiter.hit(item, key, cost=cost):
            return 0.0
        left = self._limiter.get_window_stats(item, key).reset_time - time.time()
        return min(_LONGEST_WAIT, max(0.1, left))


class Allowance:
    """What one socket may ask for. `account` is the username that has signed in there; `denied` counts refusals.

    `owed` are the seconds after which the request that was counted last can be paid for; 0 if it is.
    """

    __slots__ = ("_at", "_left", "_limits", "_most", "_paid", "account", "address", "denied", "owed", "reported")

    def __init__(self, limits: Limits, address: str) -> None:
        self._limits = limits
        self.address = address
        self.account: str | None = None
        self.denied = 0
        self.reported = 0.0
        self.owed = 0.0
        self._at = time.monotonic()
        # One more for the packet that connects.
        self._most = self._left = float(limits.per_second * _BURST_SECONDS + 1)
        self._paid = 0

    def take(self) -> float:
        """Count one request: 0 if it may be carried out, else the seconds after which the next one may."""
        self.owed = self._take() if self._limits.per_second else 0.0
        return self.owed

    def give_back(self) -> None:
        """The request that was counted last is not to count."""
        if not self.owed:
            self._left += 1
            self._paid += 1
        self.owed = 0.0

    def _take(self) -> float:
        rate = self._limits.per_second
        now = time.monotonic()
        left = min(self._most, self._left + (now - self._at) * rate)
        self._at = now
        self._left = left
        if left < 1:
            return (1 - left) / rate
        if not self._paid:
            wait = self._limits.pay(self.address, self.account)
            if wait:
                return wait
            self._paid = _AHEAD
        self._paid -= 1
        self._left = left - 1
        return 0.0
