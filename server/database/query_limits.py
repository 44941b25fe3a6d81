"""Queries that clients compose, such as a filter that no index serves: none takes longer than SECONDS, or others' time.

They have an engine of their own. A query of PostgreSQL is ended by the database; one of SQLite, which computes in this
process, is interrupted.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from gevent.threadpool import ThreadPool
from sqlalchemy import Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from server.config import Config
from server.database import engines, postgresql
from server.database.interruptible import interruptible_connections

SECONDS = 0.5
# So many run at once; the others wait, and after so long fail as if there were no connection.
_AT_ONCE = 2
_POOL_SECONDS = 2.0


class Meter:
    """The time that queries took, without that for which they waited."""

    def __init__(self) -> None:
        self.seconds = 0.0


_meter: ContextVar[Meter | None] = ContextVar("meter", default=None)


@contextmanager
def metered() -> Iterator[Meter]:
    """Measures what is done `on_the_meter` in the block, by this greenlet."""
    meter = Meter()
    token = _meter.set(meter)
    try:
        yield meter
    finally:
        _meter.reset(token)


@contextmanager
def on_the_meter() -> Iterator[None]:
    """The block has a connection, and asks for what it wants."""
    began = time.monotonic()
    try:
        yield
    finally:
        if (meter := _meter.get()) is not None:
            meter.seconds += time.monotonic() - began


def bounded_engine(engine: Engine, config: Config) -> Engine:
    """An engine for such queries of the same database, to be used after `engine` was prepared.

    It reads only, and all statements of a transaction read the same state. When `engine` is disposed of, so is it.
    """
    if engines.is_embedded(config):
        # Of their own, as many as queries: one that waited for a free one could not be interrupted.
        factory = interruptible_connections(ThreadPool(_AT_ONCE), SECONDS)
        own: dict[str, Any] = {"connect_args": {"timeout": engines.BUSY_SECONDS, "factory": factory}}
    else:
        own = {"connect_args": postgresql.reading_within(SECONDS), "isolation_level": "REPEATABLE READ"}
    bounded = create_engine(
        engine.url,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=_AT_ONCE - 1,
        pool_timeout=_POOL_SECONDS,
        pool_pre_ping=not engines.is_embedded(config),
        hide_parameters=True,
        **own,
    )
    engines.prepare(bounded, config, beside=engine)
    event.listen(engine, "engine_disposed", lambda _: bounded.dispose())
    return bounded


def is_cut_off(error: DBAPIError) -> bool:
    """Whether the query would have taken longer than it may."""
    if isinstance(error.orig, sqlite3.Error):
        return error.orig.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT
    return postgresql.is_too_slow(error)
