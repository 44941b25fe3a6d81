"""What a query of a client's that cannot be answered is told."""

from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from server.realtime.journal.state import State
from server.realtime.protocol.errors import Refusal
from server.realtime.queries.finder import Finder


def _finder(error: Exception) -> Finder:
    def connect() -> Any:
        raise error

    return Finder(SimpleNamespace(connect=connect), State([]), lambda: None)  # type: ignore[arg-type]


def test_who_waits_too_long_for_others_may_try_again() -> None:
    """It is no failure of the database, and not for the log."""
    with pytest.raises(Refusal) as refused:
        _finder(PoolTimeout()).following("coaches", 0)
    assert refused.value.meta == {"code": "rate_limited", "retry_after": 1.0}


def test_a_database_that_is_away_is() -> None:
    with pytest.raises(OperationalError):
        _finder(OperationalError("SELECT", {}, Exception("away"))).following("coaches", 0)
