"""Who did what, and who was not let: a line for every write and every denial, on the logger `spotter.audit`.

Lines name people, events and records; never what a record holds, nor a password or a token.
"""

import logging
from typing import Any

from server.realtime.caller import Caller
from server.realtime.errors import Code

logger = logging.getLogger("spotter.audit")

DENIALS = frozenset((Code.UNAUTHORIZED.value, Code.FORBIDDEN.value, Code.RATE_LIMITED.value))


def wrote(caller: Caller, event: str, seq: int | None, record: str) -> None:
    """`event` was carried out as commit `seq`; `record` is the channel and the id of what it wrote."""
    if logger.isEnabledFor(logging.INFO):
        logger.info("wrote", extra=_who(caller) | {"event": event, "record": record, "seq": seq})


def denied(caller: Caller, event: object, code: str, **more: Any) -> None:
    """`event` was refused with one of the codes in DENIALS."""
    if logger.isEnabledFor(logging.WARNING):
        logger.warning("denied", extra=_who(caller) | {"event": event, "code": code} | more)


def changed(before: Caller, after: Caller) -> None:
    """A live connection is not who it was: its sign-in ended, or its account changed."""
    logger.info("changed", extra=_who(before) | {"now": after.username, "now_role": after.role})


def turned_away(address: str, why: str, **more: Any) -> None:
    """A connection was not let in at all."""
    logger.warning("turned away", extra={"address": address, "why": why} | more)


def _who(caller: Caller) -> dict[str, Any]:
    return {"who": caller.username, "role": caller.role, "address": caller.address}
