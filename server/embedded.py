"""The file of an embedded database: made once, for its owner alone, and never taken for another one."""

import logging
import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine
from sqlalchemy import QueuePool
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

logger = logging.getLogger("spotter.database")

OWNER_ONLY = 0o600
# What SQLite and the server keep beside the file.
_SUFFIXES = ("", "-wal", "-shm", "-journal", ".seen", ".seen.new")


class Gone(OperationalError):
    """The database is not the one that this process opened, or has lost its journal: a person has to decide."""

    def __init__(self, why: str) -> None:
        cause = sqlite3.OperationalError(why)
        # As SQLite has it of a file that it cannot open.
        cause.sqlite_errorcode, cause.sqlite_errorname = sqlite3.SQLITE_CANTOPEN, "SQLITE_CANTOPEN"
        super().__init__(None, None, cause, connection_invalidated=True)


class DatabaseFile:
    """The file that the connections of one engine are to.

    The first connection makes it if it is not there. Later ones neither make it nor take another in its place, and no
    transaction begins or is committed while it is not where it was: they raise Gone, until the same file is back.
    """

    def __init__(self) -> None:
        self._path: Path | None = None
        self._identity: tuple[int, int] | None = None

    def watch(self, engine: Engine) -> None:
        """From now on for every connection of the engine."""

        @event.listens_for(engine, "do_connect")
        def do_connect(dialect: object, record: object, arguments: list[Any], options: dict[str, Any]) -> Any:
            if not Path(arguments[0]).is_absolute():
                # It is in memory, or named by a URI of the operator's own.
                return None
            self._claim(Path(arguments[0]))
            # This way SQLite makes no file itself: it could be moved away since it was looked at.
            return sqlite3.connect(f"file:{quote(arguments[0])}?mode=rw", uri=True, **options)

        for moment in ("begin", "commit"):
            event.listen(engine, moment, lambda connection: self._check())

    def _claim(self, path: Path) -> None:
        if self._identity is not None:
            self._check()
            return
        with suppress(OSError):
            # SQLite says itself why it cannot be used. What it puts beside the file has the file's mode.
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
        for suffix in _SUFFIXES:
            with suppress(OSError):
                os.chmod(f"{path}{suffix}", OWNER_ONLY)
        with suppress(OSError):
            self._path, self._identity = path, _identity(path)

    def _check(self) -> None:
        if self._path is None:
            return
        try:
            found = _identity(self._path)
        except OSError:
            raise Gone(f"{self._path.name} is not where it was: put it back, or restart for a new one") from None
        if found != self._identity:
            raise Gone(f"{self._path.name} is not where it was, but another file: put it back, or restart to take that")


def _identity(path: Path) -> tuple[int, int]:
    found = os.stat(path)
    return found.st_dev, found.st_ino


def leave(engine: Engine) -> None:
    """Close the connections that are idle; all that was committed is in the file then, and nothing of it beside it.

    If another process uses the database too, the last of them leaves it so. A file that was moved away is completed
    where it is now: what is beside its old place must not be read into another one.
    """
    if engine.dialect.name == "sqlite" and isinstance(engine.pool, QueuePool) and engine.pool.checkedin():
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        except sqlite3.Error as error:
            logger.warning("the database's file is not whole without its -wal: %s", error)
        finally:
            connection.close()
    engine.dispose()
