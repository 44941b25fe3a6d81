"""The engine's settings and connections, for both databases, and what their errors mean."""

import errno
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import gevent
import orjson
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from server.config import ROOT, Config
from server.database import postgresql
from server.database.sqlite_file import DatabaseFile, database_file
from server.values import urls
from server.values.folding import folded

# How long SQLite waits for another process's lock inside C, where no other greenlet runs, and how long they run
# before it tries again.
BUSY_SECONDS, _BUSY_PAUSE_SECONDS = 0.1, 0.1
# The execution option of connections that write: they lock at their beginning, since SQLite refuses at once, whatever
# the timeout, to turn a reading transaction into a writing one.
WRITES = "writes"
# What SQLAlchemy raises when a statement fails, or there is no connection.
UNREACHABLE = (DBAPIError, PoolTimeout)


def is_embedded(config: Config) -> bool:
    """Whether the database is a file: one that cannot be opened now is not waited for."""
    return config.database_url.startswith("sqlite")


def flask_settings(config: Config) -> dict[str, Any]:
    """The settings of Flask-SQLAlchemy."""
    options = {"connect_args": {"timeout": BUSY_SECONDS}} if is_embedded(config) else postgresql.ENGINE_OPTIONS
    # Errors are logged, and must not show what users wrote.
    options = {**options, "hide_parameters": True}
    return {"SQLALCHEMY_DATABASE_URI": config.database_url, "SQLALCHEMY_ENGINE_OPTIONS": options}


def prepare(engine: Engine, config: Config, beside: Engine | None = None) -> None:
    """Set up each new connection of the engine. `beside` is one of the same database that was prepared before."""
    if engine.dialect.name != "sqlite":
        from server.database import limited_connection

        limited_connection.limit_waiting(engine)
        return

    # First, so that the file is checked before a transaction begins.
    (DatabaseFile() if beside is None else database_file(beside)).watch(engine)

    @event.listens_for(engine, "connect")
    def connect(connection: Any, record: object) -> None:
        # The driver would begin transactions later than SQLAlchemy does.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {config.sqlite_synchronous}")
        connection.execute("PRAGMA foreign_keys = ON")
        give_functions(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        execute(connection, "BEGIN IMMEDIATE" if writes else "BEGIN")


def execute(connection: Connection, statement: str, values: Any = (), *, many: bool = False) -> Any:
    """Run a statement on the driver's cursor, once for each of `values` if `many`; returns the cursor.

    Through SQLAlchemy it takes ten times as long. Errors are SQLAlchemy's, as if it had run the statement.
    """
    try:
        cursor = connection.connection.cursor()
        (cursor.executemany if many else cursor.execute)(statement, values)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _translated(connection, statement, error) from error
    except BaseException as error:
        if not isinstance(error, Exception):
            # As SQLAlchemy does: whoever waited was killed, and the answer may come yet.
            connection.invalidate(error)
        raise
    return cursor


def _translated(connection: Connection, statement: str, error: Any) -> DBAPIError:
    """A driver's error as SQLAlchemy's; a connection that is lost is not used again."""
    dialect = connection.dialect
    lost = dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    if lost:
        connection.invalidate(error)
    # With the driver's base class given it is always a DBAPIError.
    translated: Any = DBAPIError.instance(
        statement,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=lost,
        dialect=dialect,
    )
    return cast(DBAPIError, translated)


def give_functions(connection: sqlite3.Connection) -> None:
    """What filters use and SQLite does not have; it may take it that the same arguments give the same."""
    connection.create_function("folded", 1, folded, deterministic=True)
    connection.create_function("json_content", 1, _json_content, deterministic=True)


def _json_content(stored: str | float | None) -> str:
    # A column of the type JSON keeps a number as one.
    value = orjson.loads(stored) if isinstance(stored, str) else stored
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def check_writable(config: Config) -> None:
    """Raises OSError if an embedded database, or the folder in which it is or will be, cannot be written."""
    if is_embedded(config) and (path := make_url(config.database_url).database):
        for place in (ROOT / path, (ROOT / path).parent):
            if place.exists() and not os.access(place, os.W_OK):
                raise PermissionError(errno.EACCES, "it cannot be written", str(place))


def unusable(config: Config, error: Exception) -> str:
    """The line that ends the start when the database cannot be used: the setting, its value, the reason, the cure."""
    shown = urls.shown(config.database_url)
    why = one_line(error).rstrip(".?")
    return f"DATABASE_URL={shown} cannot be used: {why}. Set it to one that can be reached and written."


class Reader:
    """A connection for one greenlet that reads repeatedly, the newest commits each time.

    PostgreSQL's is kept, in autocommit: a query is one round trip instead of five. SQLite's costs nothing to get.
    """

    def __init__(self, engine: Engine) -> None:
        self._is_kept = engine.dialect.name == "postgresql"
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT") if self._is_kept else engine
        self._kept: Connection | None = None

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """The connection; a new one after an error."""
        connection = self._kept or self._engine.connect()
        self._kept = None
        try:
            if not self._is_kept:
                # A Prepared statement begins no transaction, and the file is checked when one begins.
                connection.begin()
            yield connection
        except BaseException:
            connection.close()
            raise
        if self._is_kept:
            self._kept = connection
        else:
            connection.close()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes, committed at the end of the block. Raises what the database raises.

    It waits for SQLite's lock for 4 s, while other greenlets run.
    """
    with _begun(engine.execution_options(**{WRITES: True})) as connection:
        yield connection
        connection.commit()


def _begun(engine: Engine) -> Connection:
    """A connection with a transaction begun; closing it rolls back what is not committed."""
    until = time.monotonic() + postgresql.PATIENCE_SECONDS
    while True:
        connection: Connection | None = None
        try:
            connection = engine.connect()
            connection.begin()
            return connection
        except BaseException as error:
            if connection is not None:
                connection.close()
            waits = isinstance(error, UNREACHABLE) and is_busy(error)
            if not waits or time.monotonic() + _BUSY_PAUSE_SECONDS >= until:
                raise
        gevent.sleep(_BUSY_PAUSE_SECONDS)


def is_busy(error: Exception) -> bool:
    """Whether another process holds SQLite's lock."""
    return isinstance(getattr(error, "orig", None), sqlite3.OperationalError) and "locked" in str(error)


def one_line(error: BaseException | None) -> str:
    """The database's message, for the log; never for a client."""
    return " ".join(str(getattr(error, "orig", None) or error).split())


def note_path(config: Config) -> Path | None:
    """The file for the newest seq that was seen in an embedded database; None for PostgreSQL."""
    path = make_url(config.database_url).database
    return Path(f"{ROOT / path}.seen") if is_embedded(config) and path else None
