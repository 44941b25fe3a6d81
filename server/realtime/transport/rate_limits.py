"""Rate limits: of each socket, and those that the sockets of one account and of one address share.

A socket's own is a token bucket, in which to count a request takes less than a microsecond. The shared ones are kept by
the library `limits`, which takes a few microseconds, so a socket pays there for `_AHEAD` requests at once.
"""

import time
from typing import NoReturn

import gevent
from limits import RateLimitItem, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from server.realtime.protocol import audit
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import Code, rate_limited

_BURST_SECONDS = 5
_AHEAD = 10
# Of the burst of one socket: a person may have several pages open, a gym several people behind one address.
_ACCOUNT_SHARE, _ADDRESS_SHARE = 3, 10
_LONGEST_WAIT = 5.0
# Nothing is read from a socket for so long after a refusal: a flood would cost as much to refuse as to serve.
_PAUSE_SECONDS = 0.002
_REPORT_SECONDS = 1.0


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
        """The allowance of a new socket from this address."""
        return Allowance(self, address)

    def visit(self, address: str) -> float:
        """Count one HTTP request: 0 if it may be answered, else the seconds after which to try again."""
        return self._hit(self._page, address, 1) if self.per_second else 0.0

    def pay(self, address: str, account: str | None) -> float:
        """Count `_AHEAD` requests: 0 if they fit, else the seconds after which to try again."""
        # The account first: requests that it is refused must not count for the others behind the address.
        wait = 0.0 if account is None else self._hit(self._account, account, _AHEAD)
        return wait or self._hit(self._address, address, _AHEAD)

    def _hit(self, item: RateLimitItem, key: str, cost: int) -> float:
        if self._limiter.hit(item, key, cost=cost):
            return 0.0
        left = self._limiter.get_window_stats(item, key).reset_time - time.time()
        return min(_LONGEST_WAIT, max(0.1, left))


class Allowance:
    """The requests that one socket has left. `account` is the username that has signed in there.

    `owed` are the seconds until the limits allow the request that was counted last, 0 if they did.
    """

    __slots__ = ("_at", "_left", "_limits", "_most", "_paid", "_refusals", "_reported", "account", "address", "owed")

    def __init__(self, limits: Limits, address: str) -> None:
        self._limits = limits
        self.address = address
        self.account: str | None = None
        # Since the last that the audit has, and when that was written (monotonic clock).
        self._refusals = 0
        self._reported = 0.0
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
        """Do not count the request that was counted last."""
        if not self.owed:
            self._left += 1
            self._paid += 1
        self.owed = 0.0

    def charge(self, cost: int) -> None:
        """Let the request that was counted last count as `cost` of them: those beyond the first are owed by the next.

        Never so many that the socket is not read for longer than a burst lasts.
        """
        if self._limits.per_second:
            more = min(cost - 1, int(self._most))
            self._left = max(self._left - more, 1 - self._most)
            self._paid -= more

    def refuse(self, caller: Caller) -> NoReturn:
        """Raise the refusal of the request that is `owed` for, after a pause."""
        wait, self.owed = self.owed, 0.0
        self._refusals += 1
        if time.monotonic() - self._reported > _REPORT_SECONDS:
            self.report(caller)
        gevent.sleep(_PAUSE_SECONDS)
        raise rate_limited(wait)

    def report(self, caller: Caller) -> None:
        """Write one line of the audit for all refusals since the last, so that a flood does not flood the log."""
        if self._refusals:
            audit.denied(caller, "any", Code.RATE_LIMITED, times=self._refusals)
            self._refusals, self._reported = 0, time.monotonic()

    def _take(self) -> float:
        rate = self._limits.per_second
        now = time.monotonic()
        left = min(self._most, self._left + (now - self._at) * rate)
        self._at = now
        self._left = left
        if left < 1:
            return (1 - left) / rate
        while self._paid < 1:
            wait = self._limits.pay(self.address, self.account)
            if wait:
                return wait
            self._paid += _AHEAD
        self._paid -= 1
        self._left = left - 1
        return 0.0
