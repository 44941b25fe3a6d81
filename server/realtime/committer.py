"""The group commit: requests that wait are carried out in one transaction, then all are answered.

One greenlet writes for the whole process. A commit costs a disk flush; under load it serves everyone who came
meanwhile. Each request runs in a savepoint of its own, so that one that fails leaves no trace.
"""

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gevent
from gevent.queue import SimpleQueue
from sqlalchemy import Connection
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import OperationalError

from server.database import WRITES
from server.realtime import audit
from server.realtime import journal
from server.realtime.ack import Ack
from server.realtime.distribution import SECONDS
from server.realtime.distribution import SIZES
from server.realtime.distribution import Distribution
from server.realtime.errors import Refusal
from server.realtime.errors import internal
from server.realtime.errors import malformed
from server.realtime.errors import unavailable
from server.realtime.log import Log
from server.realtime.mutation import Request
from server.realtime.mutation import Transaction
from server.realtime.mutation import perform
from server.realtime.store import Store

logger = logging.getLogger("spotter.committer")

_BATCH = 100
_LOCK_SECONDS = 4.0
_LOCK_RETRY_SECONDS = 0.02


@dataclass(slots=True)
class Job:
    """A request, and what is to be done with its answer."""

    request: Request
    answer: Callable[[Ack], None]


class Committer:
    """Carries out requests in the order in which they were submitted."""

    def __init__(self, engine: Engine, log: Log, stores: dict[str, Store]) -> None:
        self._engine = engine.execution_options(**{WRITES: True})
        self._log = log
        self._stores = stores
        self._queue: SimpleQueue = SimpleQueue()
        self._greenlet: gevent.Greenlet | None = None
        self._connection: Connection | None = None
        self._busy = False
        self.sizes, self.seconds = Distribution(SIZES), Distribution(SECONDS)

    def start(self) -> None:
        """Begin to carry out what is submitted."""
        self._greenlet = gevent.spawn(self._run)

    def submit(self, request: Request, answer: Callable[[Ack], None]) -> None:
        """Queue a request. `answer` is called exactly once, after the commit, and must not block."""
        self._queue.put(Job(request, answer))

    def stop(self, timeout: float) -> None:
        """Finish what was submitted, for at most `timeout` seconds."""
        deadline = gevent.Timeout(timeout, False)
        with deadline:
            while self._busy or not self._queue.empty():
                gevent.sleep(0.01)
        if self._greenlet is not None:
            self._greenlet.kill()

    def _run(self) -> None:
        while True:
            self._busy = False
            jobs = [self._queue.get()]
            self._busy = True
            # Let the sockets that have a request ready hand it in: one disk flush for all of them.
            gevent.sleep(0)
            while len(jobs) < _BATCH and not self._queue.empty():
                jobs.append(self._queue.get())
            began = time.perf_counter()
            try:
                acks = self._commit(jobs)
            except Exception:
                reference = secrets.token_hex(4)
                logger.exception("%d requests were lost sight of, reference %s", len(jobs), reference)
                acks = [Ack.refused(internal(reference)) for _ in jobs]
            self.sizes.add(len(jobs))
            self.seconds.add(time.perf_counter() - began)
            for job, ack in zip(jobs, acks, strict=True):
                try:
                    job.answer(ack)
                except Exception:
                    logger.exception("an answer could not be given")

    def _commit(self, jobs: list[Job]) -> list[Ack]:
        try:
            connection = self._begin()
            head = self._log.lock(connection)
            transaction = Transaction(connection, head, self._log.snapshots, self._stores)
            acks = [_attempt(transaction, job.request) for job in jobs]
            if transaction.entries:
                transaction.write_journal()
                journal.advance(connection, transaction.seq)
            connection.commit()
        except Exception:
            # Whatever it was, nothing was committed, everybody is told so, and the next group is tried.
            logger.exception("%d requests could not be committed", len(jobs))
            self._drop_connection()
            return [Ack.refused(unavailable()) for _ in jobs]
        self._log.extend([entry.commit for entry in transaction.entries])
        for job, ack in zip(jobs, acks, strict=True):
            _record(job.request, ack, transaction)
        return acks

    def _begin(self) -> Connection:
        """The connection with a transaction begun; waits for another process's lock without blocking the loop.

        It is kept from group to group: to get one from the pool and give it back costs as much as a write.
        """
        deadline = time.monotonic() + _LOCK_SECONDS
        while True:
            try:
                if self._connection is None:
                    self._connection = self._engine.connect()
                self._connection.begin()
                return self._connection
            except OperationalError:
                self._drop_connection()
                if time.monotonic() >= deadline:
                    raise
            gevent.sleep(_LOCK_RETRY_SECONDS)

    def _drop_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _attempt(transaction: Transaction, request: Request) -> Ack:
    """One request's answer; whatever fails is undone."""
    if request.reads_journal:
        # Before the savepoint: what earlier requests changed must stay when this one is rolled back.
        transaction.write_journal()
    # Past SQLAlchemy, whose way to a statement costs ten times the savepoint.
    driver: Any = transaction.connection.connection.driver_connection
    driver.execute("SAVEPOINT request")
    try:
        ack = perform(transaction, request)
    except Refusal as refusal:
        ack = Ack.refused(refusal)
    except IntegrityError:
        logger.warning("a constraint refused %s", request.event, exc_info=True)
        ack = Ack.refused(malformed("This does not fit with other records. Reload, and try again."))
    except Exception as error:
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            raise
        reference = secrets.token_hex(4)
        logger.exception("%s failed, reference %s", request.event, reference)
        ack = Ack.refused(internal(reference))
    else:
        driver.execute("RELEASE SAVEPOINT request")
        return ack
    driver.execute("ROLLBACK TO SAVEPOINT request")
    driver.execute("RELEASE SAVEPOINT request")
    return ack


def _record(request: Request, ack: Ack, transaction: Transaction) -> None:
    """A line in the audit: what was written, or that it was not allowed."""
    if not ack.ok:
        if (code := ack.meta.get("code")) in audit.DENIALS:
            audit.denied(request.caller, request.event, code)
    elif not ack.meta.get("replayed"):
        seq = ack.meta.get("seq")
        subject = request.subject
        if not subject and seq is not None:
            changes = transaction.entries[seq - transaction.head.seq - 1].commit.changes
            subject = f"{changes[0].channel} {changes[0].id}" if changes else ""
        if subject or seq is not None:
            audit.wrote(request.caller, request.event, seq, subject)
