"""Which thread computes a query of SQLite, and for how long."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import gevent
import pytest
from gevent.threadpool import ThreadPool

from server.database.interruptible import interruptible_connections

SERIES = "WITH RECURSIVE series(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM series LIMIT {}) "
# No machine looks through so many in a moment.
MANY = 300_000


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    """Tells by the function `thread` where a row was computed."""
    threads = ThreadPool(1)
    with closing(interruptible_connections(threads, 20.0)(":memory:", check_same_thread=False)) as opened:
        opened.create_function("thread", 0, threading.get_native_id)
        yield opened
    threads.kill()


def _select(connection: sqlite3.Connection, rows: int, chosen: str = "thread()", where: str = "1") -> list[tuple[int]]:
    # Whatever stands before SELECT, SQLAlchemy's queries begin with it.
    series = SERIES.format(rows)
    statement = f"SELECT * FROM ({series}SELECT {chosen} FROM series WHERE {where})"
    return connection.cursor().execute(statement).fetchall()


def test_what_takes_a_moment_is_computed_at_once(connection: sqlite3.Connection) -> None:
    assert _select(connection, 10) == [(threading.get_native_id(),)] * 10


def test_what_takes_longer_is_computed_beside_the_others(connection: sqlite3.Connection) -> None:
    turns = 0

    def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            gevent.sleep(0.001)

    other = gevent.spawn(count)
    [(thread,)] = _select(connection, MANY, where=f"value = {MANY}")
    other.kill()
    assert thread != threading.get_native_id()
    assert turns > 1


def test_it_is_whole_although_it_was_begun_twice(connection: sqlite3.Connection) -> None:
    assert [value for (value,) in _select(connection, MANY, "value")] == list(range(1, MANY + 1))


def test_what_takes_too_long_is_interrupted_and_the_next_one_is_not(connection: sqlite3.Connection) -> None:
    connection.seconds = 0.05  # type: ignore[attr-defined]
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        _select(connection, 1_000_000_000, "count(*)")
    assert _select(connection, 3, "value") == [(1,), (2,), (3,)]


def test_one_that_begins_late_is_interrupted_as_well(connection: sqlite3.Connection) -> None:
    """On a busy machine a thread may begin when its time would be over, if that were counted from here."""
    connection.seconds = 0.05  # type: ignore[attr-defined]
    connection.threads.spawn(time.sleep, 0.2)  # type: ignore[attr-defined]
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        _select(connection, 1_000_000_000, "count(*)")


def test_what_is_wrong_is_said(connection: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such column"):
        _select(connection, 3, "nobody")
