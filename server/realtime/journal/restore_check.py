"""Finds out that a database was put back from a backup, so that clients drop commits that it no longer has."""

import logging
import os
from pathlib import Path

import orjson
from sqlalchemy import Connection, text

from server.database.sqlite_file import OWNER_ONLY
from server.realtime.journal.journal import HeadState

logger = logging.getLogger("spotter.journal")

# What PostgreSQL cannot put back: a dump makes new tables, a new database has a new number, and whoever goes back to an
# earlier point of the write-ahead log, or follows a standby, is on another timeline. Its number begins the name of the
# file that is being written; pg_control_checkpoint() tells it only after the next checkpoint, perhaps minutes later.
_DATABASE_IDENTITY = text(
    "SELECT concat_ws('.', (SELECT system_identifier FROM pg_control_system()),"
    " substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8),"
    " (SELECT oid FROM pg_database WHERE datname = current_database()), 'journal_head'::regclass::oid)"
)


class RestoreCheck:
    """Of an embedded database, the newest epoch and seq that a server saw are noted in a file at `path`, beside it.

    Of PostgreSQL (`path` None) the journal's head names the database that it was last in. A restore of the rows alone,
    into the same table, shows only if a server runs meanwhile: `flask --app server journal restored` says so by hand.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._noted: tuple[str, int] | None = None
        self._failed = False

    def database_identity(self, connection: Connection) -> str:
        """What names the database behind this connection, and no copy of it; "" if that cannot be told."""
        return str(connection.scalar(_DATABASE_IDENTITY)) if connection.dialect.name == "postgresql" else ""

    def contradicts(self, head: HeadState, identity: str) -> bool:
        """Whether clients may have commits that this database has lost. Without a note, yes if it has any commit."""
        if self._path is None:
            return head.database_identity not in ("", identity)
        try:
            noted = orjson.loads(self._path.read_bytes())
            return not (noted["epoch"] == head.epoch and noted["seq"] <= head.seq)
        except (OSError, ValueError, KeyError, TypeError):
            return head.seq > 0

    def note(self, epoch: str, seq: int) -> None:
        """Write down how far the database has come, if that is news. Failure is logged once, then tried again."""
        if self._path is None or self._noted == (epoch, seq):
            return
        new = self._path.with_name(self._path.name + ".new")
        try:
            with open(new, "wb", opener=_for_owner) as file:
                file.write(orjson.dumps({"epoch": epoch, "seq": seq}))
            os.replace(new, self._path)
        except OSError as error:
            if not self._failed:
                logger.warning("%s could not be written: %s", self._path, error.strerror)
            self._failed = True
        else:
            self._noted, self._failed = (epoch, seq), False


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, OWNER_ONLY)
