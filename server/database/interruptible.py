"""Connections of SQLite whose queries are interrupted when they take too long, and hold nobody up meanwhile."""

import sqlite3
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from gevent.threadpool import ThreadPool

# For so long a query computes on the event loop. A thread beside it takes the interpreter's lock anew for each row, and
# waits for the loop each time: a page by an index would take ten times as long.
_AT_ONCE_SECONDS = 0.002
# So many steps of SQLite are between two looks at the clock: microseconds on the loop, if they call no function
# of ours, and a millisecond in a thread, where each look takes the interpreter's lock.
_STEPS, _STEPS_BESIDE = 200, 10_000


def interruptible_connections(threads: ThreadPool, seconds: float) -> Callable[..., sqlite3.Connection]:
    """Makes connections. A query that takes longer than a moment goes on in one of the threads, for so long at most."""
    return partial(_connection, threads, seconds)


def _connection(threads: ThreadPool, seconds: float, *args: Any, **options: Any) -> "_Connection":
    connection = _Connection(*args, **options)
    connection.threads, connection.seconds = threads, seconds
    return connection


class _Connection(sqlite3.Connection):
    threads: ThreadPool
    seconds: float

    def cursor(self, *_: Any) -> "_Cursor":  # type: ignore[override]
        return _Cursor(self)


class _Cursor(sqlite3.Cursor):
    """Answers a query whole when it is executed: most of the work may be to find the rows after the first."""

    connection: _Connection

    def execute(self, statement: str, values: Any = ()) -> "_Cursor":
        self._rows: list[Any] = []
        if not statement.startswith("SELECT"):
            super().execute(statement, values)
        elif not self._answer_at_once(statement, values):
            self._answer_beside(statement, values)
        return self

    def _answer_at_once(self, statement: str, values: Any) -> bool:
        """Whether it was answered in a moment."""
        error = self._answer(statement, values, _AT_ONCE_SECONDS, _STEPS)
        if error is None:
            return True
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            return False
        raise error

    def _answer_beside(self, statement: str, values: Any) -> None:
        connection = self.connection
        error = connection.threads.apply(self._answer, (statement, values, connection.seconds, _STEPS_BESIDE))
        if error is not None:
            raise error

    def _answer(self, statement: str, values: Any, seconds: float, steps: int) -> sqlite3.Error | None:
        """Answer within so many seconds from now, or return what is raised: gevent would print that in its threads.

        An interrupt from outside would be lost on a busy machine, where a thread may begin after it.
        """
        until = time.monotonic() + seconds
        self.connection.set_progress_handler(lambda: time.monotonic() > until, steps)
        try:
            super().execute(statement, values)
            self._rows = super().fetchall()
        except sqlite3.Error as error:
            return error
        finally:
            self.connection.set_progress_handler(None, steps)
        return None

    def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    def fetchone(self) -> Any:
        return self._rows.pop(0) if self._rows else None
