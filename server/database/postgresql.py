"""PostgreSQL's connections, with a time limit for every answer."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import gevent
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

# A request is answered within 5 s, whatever happens to the database: this is the database's share of that.
PATIENCE_SECONDS = 4.0
# What reads or rewrites whole tables takes long, and nobody waits for its answer.
PROGRAM_SECONDS = 3600.0
# How long a free connection of the pool is waited for.
_POOL_SECONDS = 2.0
# How long each host of the URL is waited for; psycopg takes no less.
_HOST_SECONDS = 2
_QUERY_CANCELED, _LOCK_NOT_AVAILABLE = "57014", "55P03"
# PostgreSQL's connections are few: a process keeps four, the group commit's, the follower's, one for the queries that
# clients compose (`query_limits`) and one for all others. More are opened when needed, and closed after use.
_IDLE, _MORE = 1, 7
# A process that stops in the middle of a transaction (frozen, or cut off from the network) would hold the journal's
# lock for ever. A statement that waits for a lock fails in time for its request to be answered.
_SESSION = "-c idle_in_transaction_session_timeout=5s -c lock_timeout=4s"


def _connect_args(session: str) -> dict[str, Any]:
    return {"options": session, "application_name": "spotter", "connect_timeout": _HOST_SECONDS}


ENGINE_OPTIONS: dict[str, Any] = {
    "pool_pre_ping": True,
    "pool_timeout": _POOL_SECONDS,
    "pool_size": _IDLE,
    "max_overflow": _MORE,
    "connect_args": _connect_args(_SESSION),
}


def reading_within(seconds: float) -> dict[str, Any]:
    """The arguments of connections that only read, and on which each statement takes so long at most."""
    limit = f"-c statement_timeout={round(seconds * 1000)} -c default_transaction_read_only=on"
    return _connect_args(f"{_SESSION} {limit}")


# The deadline of this greenlet's queries, on the monotonic clock.
_until: ContextVar[float | None] = ContextVar("until", default=None)


@contextmanager
def within(seconds: float = PATIENCE_SECONDS) -> Iterator[None]:
    """PostgreSQL answers the block's queries within so many seconds in all, or they fail as by a lost connection.

    Without it each single answer may take 4 s. A block inside another gets no more time than that has left. It is of
    this greenlet, and does nothing for SQLite.
    """
    until, outer = time.monotonic() + seconds, _until.get()
    token = _until.set(until if outer is None else min(until, outer))
    try:
        yield
    finally:
        _until.reset(token)


def may_idle(connection: Connection) -> None:
    """Let this transaction wait as long as it likes between its statements: for another database, or a computation."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))


def is_too_slow(error: DBAPIError) -> bool:
    """Whether PostgreSQL cancelled the statement, by a time limit or by an operator."""
    return getattr(error.orig, "sqlstate", None) in (_QUERY_CANCELED, _LOCK_NOT_AVAILABLE)


@contextmanager
def time_limit() -> Iterator[None]:
    """One answer within what is left. Raises TimeoutError."""
    until = _until.get()
    limit = gevent.Timeout(PATIENCE_SECONDS if until is None else max(0.001, until - time.monotonic()))
    try:
        with limit:
            yield
    except gevent.Timeout as timeout:
        if timeout is not limit:
            raise
        raise TimeoutError("the database does not answer") from None
