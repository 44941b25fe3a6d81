"""PostgreSQL's connections: one that does not answer is given up before those who wait for it lose patience."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import gevent
import psycopg
from sqlalchemy import Engine
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

# A request is answered within 5 s, whatever happens to the database: this is what the database may take of that.
PATIENCE_SECONDS = 4.0
# How long a free connection of the pool is waited for.
_POOL_SECONDS = 2.0
# A silent server is waited for so long before the next of those in the URL is tried; psycopg takes no less.
_HOST_SECONDS = 2
# Of PostgreSQL's connections, which are few, a process keeps three: the committer's, the follower's, and one for
# whoever asks. More are opened for a moment, and closed after use.
_IDLE, _MORE = 1, 9
# A process that stops in the middle of a transaction (frozen, or cut off from the network) would hold the journal's
# lock for ever. Whoever waits for a lock gives up in time to say so.
_SESSION = "-c idle_in_transaction_session_timeout=5s -c lock_timeout=4s"

ENGINE_OPTIONS: dict[str, Any] = {
    "pool_pre_ping": True,
    "pool_timeout": _POOL_SECONDS,
    "pool_size": _IDLE,
    "max_overflow": _MORE,
    "connect_args": {"options": _SESSION, "application_name": "spotter", "connect_timeout": _HOST_SECONDS},
}

# Until when this greenlet's caller has patience, on the monotonic clock.
_until: ContextVar[float | None] = ContextVar("until", default=None)


@contextmanager
def within(seconds: float = PATIENCE_SECONDS) -> Iterator[None]:
    """What the block asks of PostgreSQL is answered within so many seconds in all, or fails as a lost connection does.

    Without it each single answer may take 4 s. A block inside another gets no more time than that has left. It counts
    for this greenlet; other databases are not touched by it.
    """
    until, outer = time.monotonic() + seconds, _until.get()
    before = _until.set(until if outer is None else min(until, outer))
    try:
        yield
    finally:
        _until.reset(before)


def is_too_slow(error: DBAPIError) -> bool:
    """Whether PostgreSQL gave a statement up, after the time that `limit` allows or when somebody cancelled it."""
    return isinstance(error.orig, psycopg.errors.QueryCanceled | psycopg.errors.LockNotAvailable)


class _Patient(psycopg.Connection[Any]):
    """A connection that is closed when an answer takes too long: what comes later would answer another question."""

    def wait(self, *args: Any, **options: Any) -> Any:
        """As psycopg's, which every round trip goes through."""
        silence = _silence()
        try:
            with silence:
                return super().wait(*args, **options)
        except gevent.Timeout as timeout:
            if timeout is not silence:
                raise
            self.close()
            raise psycopg.OperationalError("the database does not answer") from None


def _silence() -> gevent.Timeout:
    until = _until.get()
    return gevent.Timeout(PATIENCE_SECONDS if until is None else max(0.001, until - time.monotonic()))


def be_patient_with(engine: Engine) -> None:
    """Let the engine's new connections be such ones."""

    @event.listens_for(engine, "do_connect")
    def connect(dialect: object, record: object, args: list[Any], options: dict[str, Any]) -> Any:
        silence = _silence()
        try:
            with silence:
                return _Patient.connect(*args, **options)
        except gevent.Timeout as timeout:
            if timeout is not silence:
                raise
            raise psycopg.OperationalError("the database does not answer") from None
