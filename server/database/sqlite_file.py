"""The file of an embedded database: made once, readable by its owner only, and told from any other file.

Another file in its place is another inode. A file that was overwritten (`cp`, a truncation, a restore that did not wait
for the stop) is the same inode with another size or time: then the gym's identity in it is compared. An older copy of
the same gym looks like a checkpoint, and is not detected.
"""

import logging
import os
import shutil
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, QueuePool, event
from sqlalchemy.exc import OperationalError

logger = logging.getLogger("spotter.database")

OWNER_ONLY = 0o600
# The files that SQLite and the server keep beside it.
_SUFFIXES = ("", "-wal", "-shm", "-journal", ".seen", ".seen.new")


class Gone(OperationalError):
    """The database is not the one that this process opened, or has lost its journal: the operator has to decide."""

    def __init__(self, why: str) -> None:
        cause = sqlite3.OperationalError(why)
        # As of a file that SQLite cannot open.
        cause.sqlite_errorcode, cause.sqlite_errorname = sqlite3.SQLITE_CANTOPEN, "SQLITE_CANTOPEN"
        super().__init__(None, None, cause, connection_invalidated=True)


class Overwritten(Gone):
    """The same file, with other content."""


def _identities(path: Path, size: int) -> frozenset[str] | None:
    """The identities of the gym in the file, without its -wal; empty if it is no database, None if that is unknown."""
    try:
        # By SQLite: closing a file that was opened otherwise would end the locks that this process has on it.
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)) as connection:
            return frozenset(identity for (identity,) in connection.execute("SELECT identity FROM gym")) or None
    except sqlite3.Error as error:
        # Any other error may come from a checkpoint that another process has not finished.
        is_none = not size or error.sqlite_errorcode == sqlite3.SQLITE_NOTADB
        return frozenset() if is_none else None


class DatabaseFile:
    """The file that the connections of one engine are to.

    The first connection makes it if it is not there. Later ones do not, nor accept another in its place, and no
    transaction begins or is committed while it is moved away or overwritten: they raise Gone, until the same file is
    back.
    """

    def __init__(self) -> None:
        self._path: Path | None = None
        self._identity: tuple[int, int] | None = None
        # Its size and time at the last successful check, and the gym's identities then.
        self._written: tuple[int, int] | None = None
        self._identities: frozenset[str] | None = None

    def watch(self, engine: Engine) -> None:
        """Check at every connection and transaction of the engine from here on."""
        _watched[engine] = self

        @event.listens_for(engine, "do_connect")
        def do_connect(dialect: object, record: object, arguments: list[Any], options: dict[str, Any]) -> Any:
            if not Path(arguments[0]).is_absolute():
                # It is in memory, or named by a URI of the operator's own.
                return None
            self._claim(Path(arguments[0]))
            # With mode=rw SQLite makes no file: it may have been moved away since the check.
            return sqlite3.connect(f"file:{quote(arguments[0])}?mode=rw", uri=True, **options)

        for moment in ("begin", "commit"):
            event.listen(engine, moment, lambda connection: self.check())

    def check(self) -> None:
        """Raises Gone."""
        if self._path is None or (found := self._stat(self._path)) == self._written:
            return
        # A checkpoint wrote to the file, or another program. A seed adds an identity, and keeps the old ones.
        identities = _identities(self._path, found[0])
        if self._identities and identities is not None and identities.isdisjoint(self._identities):
            name = self._path.name
            raise Overwritten(f"{name} was written over: put the same database back, or restart to take what is there")
        self._written, self._identities = found, identities or self._identities

    def _stat(self, path: Path) -> tuple[int, int]:
        """The size and the time of the file; raises Gone if it is not the one that was opened."""
        try:
            found = os.stat(path)
        except OSError:
            raise Gone(f"{path.name} is not where it was: put it back, or restart for a new one") from None
        if (found.st_dev, found.st_ino) != self._identity:
            raise Gone(f"{path.name} is not where it was, but another file: put it back, or restart to take that")
        return found.st_size, found.st_mtime_ns

    def is_overwritten(self) -> bool:
        """Whether it is the file that was opened, with other content."""
        try:
            self.check()
        except Gone as gone:
            return isinstance(gone, Overwritten)
        return False

    def set_aside(self) -> None:
        """Copy the -wal of an overwritten file to another name, and empty it.

        SQLite would write it into the file when the last connection closes, or at the next start.
        """
        wal = Path(f"{self._path}-wal")
        with suppress(FileNotFoundError):
            kept = wal.with_name(f"{wal.name}.{time.strftime('%Y%m%d-%H%M%S')}")
            shutil.copy(wal, kept)
            os.truncate(wal, 0)
            logger.error("what was not yet in the file that was written over is in %s", kept.name)

    def _claim(self, path: Path) -> None:
        if self._identity is not None:
            self.check()
            return
        with suppress(OSError):
            # An error is SQLite's to report. The files that it makes beside this one get its mode.
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
        for suffix in _SUFFIXES:
            with suppress(OSError):
                os.chmod(f"{path}{suffix}", OWNER_ONLY)
        with suppress(OSError):
            found = os.stat(path)
            self._path, self._identity = path, (found.st_dev, found.st_ino)


_watched: WeakKeyDictionary[Engine, DatabaseFile] = WeakKeyDictionary()


def database_file(engine: Engine) -> DatabaseFile:
    """That of an engine that is watched."""
    return _watched[engine]


def checkpoint(engine: Engine) -> None:
    """Write all commits into an embedded database's file, so that `DatabaseFile` can compare it."""
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    except sqlite3.Error as error:
        logger.warning("the database's file is not whole without its -wal: %s", error)
    finally:
        connection.close()


def leave(engine: Engine) -> None:
    """Close the idle connections, with all commits in an embedded database's file, and none in its -wal.

    If other processes use the database too, the last of them does that. A file that was moved away is checkpointed
    where it is: its -wal at the old place must not be read into another file. An overwritten file is left as it is.
    """
    if engine.dialect.name == "sqlite" and isinstance(engine.pool, QueuePool) and engine.pool.checkedin():
        file = database_file(engine)
        if file.is_overwritten():
            file.set_aside()
        else:
            checkpoint(engine)
    engine.dispose()
