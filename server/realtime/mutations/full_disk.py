"""Whether the database takes writes: one on a full disk is read as before, and refuses each of them."""

import logging
import shutil
import sqlite3
import time
from pathlib import Path

import gevent
from sqlalchemy import Connection, Engine, text, update

from server.database.engines import UNREACHABLE, one_line, writing
from server.database.postgresql import within
from server.realtime.journal.tables import Head

logger = logging.getLogger("spotter.mutations")

_PROBE_SECONDS = 1.0
# With less than that the next requests would be refused again.
_ROOM_BYTES = 1_000_000
# PostgreSQL's codes of disk_full and io_error.
_POSTGRESQL: dict[str | None, str] = {"53100": "the disk is full", "58030": "the disk fails"}
# SQLite's extended codes have the general one in their lowest byte.
_GENERAL = 0xFF
_ROOM = text(
    "CREATE TEMPORARY TABLE spotter_room ON COMMIT DROP AS"
    f" SELECT repeat(md5(n::text), 31) FROM generate_series(1, {_ROOM_BYTES // 1_000}) AS n"
)


class NoRoom(Exception):
    """There is less room on the disk than a few requests need."""


def why_refused(error: BaseException | None) -> str | None:
    """What is wrong with the disk if that is why a write failed, in words that may be shown to anybody; else None."""
    if isinstance(error, NoRoom):
        return "the disk is full"
    cause = getattr(error, "orig", None)
    if found := _POSTGRESQL.get(getattr(cause, "sqlstate", None)):
        return found
    if isinstance(cause, sqlite3.OperationalError):
        # One that was made by hand has none.
        code = getattr(cause, "sqlite_errorcode", 0)
        if code == sqlite3.SQLITE_READONLY:
            return "the disk is read-only"
        code &= _GENERAL
        return {sqlite3.SQLITE_FULL: "the disk is full", sqlite3.SQLITE_IOERR: "the disk fails"}.get(code)
    return None


class Writable:
    """Told of writes that the disk refused, it says so once, and tries by itself until there is room again."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._since = 0.0
        self.problem: str | None = None

    def refused(self, error: BaseException | None) -> str | None:
        """Take note of a write that failed; returns what is wrong if the disk is why."""
        why = why_refused(error)
        if why is not None and self.problem is None:
            self._since = time.monotonic()
            logger.error("the database takes no writes, since %s (%s): it is tried again", why, one_line(error))
            gevent.spawn(self._run)
        self.problem = why or self.problem
        return why

    def _run(self) -> None:
        while self.problem is not None:
            gevent.sleep(_PROBE_SECONDS)
            try:
                with within(), writing(self._engine) as connection:
                    connection.execute(update(Head).values(oldest_delta_seq=Head.oldest_delta_seq))
                    self._need_room(connection)
            except (*UNREACHABLE, NoRoom, OSError) as error:
                self.problem = why_refused(error) or self.problem
                logger.debug("the database still takes no writes: %s", one_line(error))
            else:
                self.problem = None
                logger.warning("the database takes writes again, after %.1f s", time.monotonic() - self._since)

    def _need_room(self, connection: Connection) -> None:
        """Raise what the database raises, or NoRoom, unless a few requests would fit."""
        if connection.dialect.name == "postgresql":
            connection.execute(_ROOM)
        elif (path := self._engine.url.database) and shutil.disk_usage(Path(path).parent).free < _ROOM_BYTES:
            raise NoRoom
