"""The group commit: requests that wait are carried out in one transaction, then all are answered.

One greenlet writes for the whole process. A commit costs a disk flush; under load it serves all requests that came
meanwhile. Each runs in a savepoint of its own: one that fails, or takes too long, leaves no trace.
"""

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

import gevent
from gevent.event import Event
from gevent.queue import SimpleQueue
from prometheus_client import Histogram
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from server.database.engines import UNREACHABLE, WRITES, one_line
from server.database.postgresql import PATIENCE_SECONDS, is_too_slow, within
from server.realtime.journal import journal
from server.realtime.journal.replica import Replica
from server.realtime.journal.stored_records import StoredRecords
from server.realtime.mutations.full_disk import Writable
from server.realtime.mutations.mutation import Request, Transaction
from server.realtime.mutations.savepoint import attempt, limit
from server.realtime.protocol import audit
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.errors import cannot_be_written, internal, unavailable
from server.realtime.protocol.measurements import duration
from server.realtime.resource.row_writer import RowWriter

logger = logging.getLogger("spotter.mutations")

# By the cost of the requests.
_LARGEST = 100
_SIZES = (1, 2, 5, 10, 20, 50, _LARGEST)
# After so long a group is committed, and the rest comes into the next: with one more request, as slow as one may be,
# that is within PATIENCE_SECONDS.
_GROUP_SECONDS = 1.0
_FIRST_RETRY_SECONDS = 0.02
_LONGEST_RETRY_SECONDS = 0.2
# After a group of several the next waits so long at most, until it has as many: clients that one frame answered write
# again together. Else two halves would alternate, each with a commit and a frame of its own.
_GATHER_SECONDS = 0.001


@dataclass(slots=True)
class Job:
    """A request, what is to be done with its answer, and until when it waits for the database (monotonic clock)."""

    request: Request
    answer: Callable[[Ack], None]
    until: float


class _NotBegun(Exception):
    """The database could not be reached, or its lock not be had: nothing was done, and it may be tried again."""


class GroupCommit:
    """Carries out requests in the order in which they were submitted.

    After each commit `announce(seq)` is called, and `publish()` when the group's requests were answered.
    """

    def __init__(
        self,
        engine: Engine,
        replica: Replica,
        writers: dict[str, RowWriter],
        *,
        announce: Callable[[int], None],
        publish: Callable[[], None],
    ) -> None:
        self._engine = engine.execution_options(**{WRITES: True})
        self._replica = replica
        self._writers = writers
        self._announce = announce
        self._publish = publish
        self._queue: SimpleQueue = SimpleQueue()
        # How many the next group is likely to have, and what is set when as many wait.
        self._expected = 1
        self._gathered = Event()
        self.writable = Writable(engine)
        self._greenlet: gevent.Greenlet | None = None
        self._connection: Connection | None = None
        self._pool = self._engine.pool
        self._busy = False
        text = "Requests carried out in one group."
        self.sizes = Histogram("spotter_commit_requests", text, buckets=_SIZES, registry=None)
        self.seconds = duration("spotter_commit_seconds", "Time that a group took to commit.")

    def start(self) -> None:
        """Begin to carry out what is submitted."""
        self._greenlet = gevent.spawn(self._run)

    def submit(self, request: Request, answer: Callable[[Ack], None]) -> None:
        """Queue a request. `answer` is called exactly once, after the commit, and must not block."""
        self._queue.put(Job(request, answer, time.monotonic() + PATIENCE_SECONDS))
        if self._queue.qsize() >= self._expected:
            self._gathered.set()

    def stop(self, timeout: float) -> None:
        """Finish what was submitted, for at most `timeout` seconds."""
        with gevent.Timeout(timeout, False):
            while self._busy or not self._queue.empty():
                gevent.sleep(0.01)
        if self._greenlet is not None:
            self._greenlet.kill()
        self._drop_connection()

    def _run(self) -> None:
        jobs: list[Job] = []
        while True:
            if not jobs:
                self._busy = False
                self._queue.peek()
                self._busy = True
                self._gather()
            # Sockets that have a request ready submit it: one disk flush for all of them.
            gevent.sleep(0)
            while len(jobs) < _LARGEST and not self._queue.empty():
                jobs.append(self._queue.get())
            began = time.perf_counter()
            try:
                acks = self._commit(jobs)
            except Exception:
                reference = secrets.token_hex(4)
                logger.exception("%d requests were lost sight of, reference %s", len(jobs), reference)
                acks = [Ack.refused(internal(reference)) for _ in jobs]
            self.sizes.observe(len(acks))
            self.seconds.observe(time.perf_counter() - began)
            self._expected = max(len(acks), self._expected - 1)
            done, jobs = jobs[: len(acks)], jobs[len(acks) :]
            for job, ack in zip(done, acks, strict=True):
                try:
                    job.answer(ack)
                except Exception:
                    logger.exception("an answer could not be given")
            self._publish()

    def _gather(self) -> None:
        if self._queue.qsize() < self._expected:
            self._gathered.clear()
            self._gathered.wait(_GATHER_SECONDS)

    def _commit(self, jobs: list[Job]) -> list[Ack]:
        """The answers of the group's first requests, of as many as can be done in time.

        What cannot be begun is tried again while the first request may wait.
        """
        until = jobs[0].until
        pause = _FIRST_RETRY_SECONDS
        while True:
            left = max(0.1, until - time.monotonic())
            try:
                with within(left):
                    return self._try(jobs, left)
            except _NotBegun as error:
                if why := self.writable.refused(error.__cause__):
                    return [Ack.refused(cannot_be_written(why)) for _ in jobs]
                if time.monotonic() + pause >= until:
                    logger.warning("%d requests could not be committed: %s", len(jobs), one_line(error.__cause__))
                    return [Ack.refused(unavailable()) for _ in jobs]
            gevent.sleep(pause)
            pause = min(2 * pause, _LONGEST_RETRY_SECONDS)

    def _try(self, jobs: list[Job], seconds: float) -> list[Ack]:
        if not self._replica.mutex.acquire(timeout=seconds):
            raise _NotBegun from TimeoutError("the journal is being read")
        try:
            transaction = self._begin()
            acks = self._attempt_in_time(transaction, jobs)
            if transaction.entries:
                transaction.write_journal()
                journal.advance(transaction.connection, transaction.seq)
            transaction.connection.commit()
            self._replica.extend([entry.commit for entry in transaction.entries])
        except _NotBegun:
            raise
        except Exception as error:
            # Whatever it was, all are answered that it may not have been done, and the next group is tried.
            self._drop_connection()
            if why := self.writable.refused(error):
                return [Ack.refused(cannot_be_written(why)) for _ in jobs]
            # No defect: the database is gone, or has stood still.
            is_away = isinstance(error, DBAPIError) and (error.connection_invalidated or is_too_slow(error))
            logger.error("%d requests were cut off: %s", len(jobs), one_line(error), exc_info=not is_away)
            return [Ack.refused(unavailable()) for _ in jobs]
        finally:
            self._replica.mutex.release()
        if transaction.entries:
            self._announce(transaction.seq)
        for job, ack in zip(jobs, acks, strict=False):
            _record(job.request, ack, transaction)
        return acks

    def _attempt_in_time(self, transaction: Transaction, jobs: list[Job]) -> list[Ack]:
        acks: list[Ack] = []
        until = time.monotonic() + _GROUP_SECONDS
        cost = 0
        for job in jobs:
            acks.append(attempt(transaction, job.request))
            cost += job.request.cost
            if transaction.is_full or cost >= _LARGEST or time.monotonic() > until:
                break
        return acks

    def _begin(self) -> Transaction:
        """A transaction that holds the head's lock; raises _NotBegun.

        The connection is kept from group to group: to get one from the pool and give it back costs as much as a write.
        """
        if self._connection is not None and self._pool is not self._engine.pool:
            # The pool was disposed of: the database was away, and may be another one.
            self._connection.invalidate()
            self._drop_connection()
        try:
            if self._connection is None:
                self._pool = self._engine.pool
                self._connection = self._engine.connect()
            self._connection.begin()
            head = self._replica.lock_head(self._connection)
            limit(self._connection)
        except UNREACHABLE as error:
            self._drop_connection()
            raise _NotBegun from error
        stored = StoredRecords(self._replica.state, self._connection)
        return Transaction(self._connection, head, stored, self._writers)

    def _drop_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _record(request: Request, ack: Ack, transaction: Transaction) -> None:
    """A line in the audit: what was written, or that it was not allowed."""
    if not ack.ok:
        if (code := ack.meta.get("code")) in audit.DENIALS:
            audit.denied(request.caller, request.event, code)
    elif not ack.meta.get("replayed") and not request.check:
        seq = ack.meta.get("seq")
        subject = request.subject
        if not subject and seq is not None:
            subject = transaction.entries[seq - transaction.head.seq - 1].commit.subject
        if subject or seq is not None:
            audit.wrote(request.caller, request.event, seq, subject)
