"""Reads the commits of other processes, and knows whether the database can be reached."""

import logging
import time
from collections.abc import Callable

import gevent
from gevent.event import Event
from sqlalchemy import Engine

from server.database.bus import Bus
from server.database.engines import UNREACHABLE, WRITES, Reader, one_line
from server.database.migrations import MigrationError
from server.database.postgresql import within
from server.database.sqlite_file import Gone
from server.realtime.journal import journal
from server.realtime.journal.reconcile import open_journal
from server.realtime.journal.replica import Replica
from server.realtime.journal.restore_check import RestoreCheck

logger = logging.getLogger("spotter.journal")

# Other processes wake this one when they commit; since a wake-up may be lost, it also reads this often.
_READ_SECONDS = 1.0
_RETRY_SECONDS = 0.5
_TIMEOUT_SECONDS = 3.0
_REST_FACTOR = 3.0
_LONGEST_REST_SECONDS = 0.02
COMMITTED = "committed"


class Follower:
    """Reads the journal when another process says over the bus that it committed, and every second.

    `prepare()` brings the schema up to date: before the first read, and before the first one after the database was
    away, which may have been replaced by an older one.
    """

    def __init__(
        self,
        engine: Engine,
        replica: Replica,
        restore_check: RestoreCheck,
        bus: Bus,
        prepare: Callable[[], None],
    ) -> None:
        self._engine = engine
        self._reader = Reader(engine)
        self._replica = replica
        self._restore_check = restore_check
        self._bus = bus
        self._prepare = prepare
        self._opened: Callable[[], None] = lambda: None
        self._wake = Event()
        self._heard = 0
        self._is_open = False
        self._is_same_database = True
        self._lost_at: float | None = None
        self._checked_at = 0.0
        bus.on(COMMITTED, self._hear)

    @property
    def is_up(self) -> bool:
        """Whether the database was reached when it was last asked."""
        return self._is_open and self._lost_at is None

    @property
    def seq(self) -> int:
        """The newest commit known here."""
        return self._replica.state.seq

    def on_open(self, opened: Callable[[], None]) -> None:
        """Let `opened()` be called once, when the state has been read for the first time."""
        self._opened = opened

    def announce(self, seq: int) -> None:
        """Wake the other processes: commit `seq` was made here."""
        self._bus.send(COMMITTED, b"%d" % seq)

    def start(self) -> gevent.Greenlet:
        """Follow until killed."""
        return gevent.spawn(self._run)

    def open(self) -> None:
        """Read the state for the first time, or anew after the database was away. Raises what the database raises.

        No connection of before is used again: it may be to a server that fell silent, or that another one replaced.
        An embedded database is made at the start only: one that has lost its journal since then raises Gone.
        """
        if self._is_open and self._engine.dialect.name == "sqlite":
            with self._reader.connection() as connection:
                if not journal.has_head(connection):
                    raise Gone("the journal has no head: put the database back, or restart for a new one")
        self._engine.dispose()
        self._prepare()
        writing = self._engine.execution_options(**{WRITES: True})
        with self._replica.mutex, writing.begin() as connection:
            open_journal(connection, self._restore_check)
            self._replica.lock_head(connection)
        self._checked_at = time.monotonic()
        self._is_same_database = True
        self.note()
        if not self._is_open:
            self._opened()
            # Not before: what fails on the way is done again at the next try.
            self._is_open = True

    def look(self) -> None:
        """Apply what other processes committed. Raises what the database raises.

        If the database is not the one that it was, the follower's own greenlet reads its whole state soon.
        """
        with within(_TIMEOUT_SECONDS), self._replica.mutex:
            self._is_same_database = self._look()
        if self._is_same_database:
            self.note()
        else:
            self._wake.set()

    def note(self) -> None:
        """Note how far the database has come, for the restore check."""
        self._restore_check.note(self._replica.state.epoch, self._replica.state.seq)

    def _look(self) -> bool:
        """Whether the database is the one that it was."""
        with self._reader.connection() as connection:
            head, commits = journal.news(connection, self._replica.state.seq)
            if head is None or self._replica.is_ahead_of(head):
                return False
            if time.monotonic() - self._checked_at > _READ_SECONDS:
                self._checked_at = time.monotonic()
                if head.database_identity != self._restore_check.database_identity(connection):
                    return False
            self._replica.catch_up(connection, head, lambda: commits)
        return True

    def _run(self) -> None:
        while True:
            woken = self._wake.wait(_READ_SECONDS if self.is_up else _RETRY_SECONDS)
            self._wake.clear()
            began = time.perf_counter()
            try:
                if not self.is_up or not self._is_same_database:
                    self.open()
                elif not woken or self._heard > self._replica.state.seq:
                    self.look()
                self._reached()
            except (*UNREACHABLE, MigrationError) as error:
                self.lost(error)
            except Exception:
                logger.exception("the journal could not be read")
            # As between two flushes of the publisher: under load, one read is for several commits.
            gevent.sleep(min(_LONGEST_REST_SECONDS, _REST_FACTOR * (time.perf_counter() - began)))

    def _hear(self, sender: str, payload: bytes) -> None:
        """Another process committed. A write of this process may have read that commit already."""
        self._heard = int(payload)
        if self._heard > self._replica.state.seq:
            self._wake.set()

    def lost(self, error: Exception) -> None:
        """Note that the database could not be reached; it is looked for until it is there again."""
        if self._lost_at is None:
            self._lost_at = time.monotonic()
            why = one_line(error)
            logger.error("the database cannot be reached (%s): requests are told so, and it is tried again", why)

    def _reached(self) -> None:
        if self._lost_at is not None:
            logger.warning("the database is back after %.1f s", time.monotonic() - self._lost_at)
            self._lost_at = None
