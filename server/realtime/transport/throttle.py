"""What happens to requests over the limit: they are answered, and their socket is read slower."""

import time
from typing import NoReturn

import gevent

from server.realtime.protocol import audit
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import Code
from server.realtime.protocol.errors import rate_limited
from server.realtime.transport.rate_limits import Allowance

# How long nothing more is read from a socket after a refusal. Without it a flood would cost as much to refuse as to
# serve.
_PAUSE_SECONDS = 0.002
_REPORT_SECONDS = 1.0


def refuse(allowance: Allowance, caller: Caller) -> NoReturn:
    """Refuse the request that the allowance was not enough for; it is owed no more."""
    wait, allowance.owed = allowance.owed, 0.0
    allowance.denied += 1
    if time.monotonic() - allowance.reported > _REPORT_SECONDS:
        report(allowance, caller)
    gevent.sleep(_PAUSE_SECONDS)
    raise rate_limited(wait)


def report(allowance: Allowance, caller: Caller) -> None:
    """One line of the audit for the refusals since the last: a flood is not to flood the log as well."""
    if allowance.denied:
        audit.denied(caller, "any", Code.RATE_LIMITED, times=allowance.denied)
        allowance.denied, allowance.reported = 0, time.monotonic()
