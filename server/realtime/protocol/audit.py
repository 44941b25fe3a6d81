"""The audit: a line for every write and every denial, on the logger `spotter.audit`.

Lines name people, events and records; never what a record holds, nor a password or a token. To write one costs as much
as a database statement, so a greenlet of its own does it after the answers: in order, each line with its own time. What
is queued when the process ends is written.
"""

import atexit
import logging
import time
from collections import deque
from typing import Any, NamedTuple

import gevent

from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import Code

logger = logging.getLogger("spotter.audit")


class _Line(NamedTuple):
    # Seconds since 1970.
    at: float
    level: int
    message: str
    fields: dict[str, Any]


_lines: deque[_Line] = deque()

DENIALS = frozenset((Code.UNAUTHORIZED.value, Code.FORBIDDEN.value, Code.RATE_LIMITED.value))


def wrote(caller: Caller, event: str, seq: int | None, record: str) -> None:
    """`event` was carried out as commit `seq`; `record` is the channel and the id of what it wrote."""
    _queue(logging.INFO, "wrote", _fields_of(caller) | {"event": event, "record": record, "seq": seq})


def denied(caller: Caller, event: object, code: str, **more: Any) -> None:
    """`event` was refused with one of the codes in DENIALS."""
    _queue(logging.WARNING, "denied", _fields_of(caller) | {"event": event, "code": code} | more)


def changed(before: Caller, after: Caller) -> None:
    """A live connection has another caller: its sign-in ended, or its account changed."""
    _queue(logging.INFO, "changed", _fields_of(before) | {"now": after.username, "now_role": after.role})


def turned_away(address: str, why: str, **more: Any) -> None:
    """A connection was refused."""
    _queue(logging.WARNING, "turned away", {"address": address, "why": why} | more)


@atexit.register
def write() -> None:
    """Write the queued lines."""
    while _lines:
        line = _lines.popleft()
        record = logger.makeRecord(logger.name, line.level, "", 0, line.message, (), None, extra=line.fields)
        record.created, record.msecs = line.at, line.at % 1 * 1000
        logger.handle(record)


def _queue(level: int, message: str, fields: dict[str, Any]) -> None:
    if logger.isEnabledFor(level):
        _lines.append(_Line(time.time(), level, message, fields))
        if len(_lines) == 1:
            gevent.spawn(write)


def _fields_of(caller: Caller) -> dict[str, Any]:
    return {"who": caller.username, "role": caller.role, "address": caller.address}
