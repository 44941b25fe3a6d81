"""One request that writes: authorize, replay if its op is known, apply, append. The caller commits."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from server.realtime.journal import journal
from server.realtime.journal.commit import MOST_CHANGES, Commit
from server.realtime.journal.journal import Entry, HeadState, Kept
from server.realtime.mutations.idempotency import replay
from server.realtime.mutations.unit_of_work import UnitOfWork
from server.realtime.mutations.write_set import IndexedRecords, WriteSet
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.caller import Caller
from server.realtime.resource.row_writer import RowWriter
from server.realtime.resource.view import EVERYTHING, View


@dataclass(slots=True)
class Request:
    """A request that writes. `apply` carries it out and gives its answer, or raises a Refusal.

    `authorize`, if there is one, is asked first, in the same transaction. `op` names the request, so that a retry is
    told from a new one; `digest` stands for its event and `payload`, without passwords: even a digest of one is not for
    the journal.
    """

    event: str
    caller: Caller
    apply: Callable[[UnitOfWork], Ack]
    authorize: Callable[[Connection], None] | None = None
    op: str | None = None
    digest: str = ""
    payload: object = None
    # The channel of the record in the answer's data, or of each in the list; none if it is not known.
    channels: Sequence[str] = ()
    # How many requests it counts as, by the time that it may take.
    cost: int = 1
    # Whether `apply` asks the journal's tables about earlier commits.
    reads_journal: bool = False
    # Whether only to say what would happen.
    check: bool = False
    # The view of the client at the moment when the request is carried out, and what it was then.
    view: Callable[[], View] = lambda: EVERYTHING
    answered_for: View | None = None
    # What the audit line names if no record was written.
    subject: str = ""


class Checked(Exception):
    """The ack of a request with `check`: to be sent, and everything else to be rolled back."""

    def __init__(self, ack: Ack) -> None:
        super().__init__()
        self.ack = ack


@dataclass(slots=True)
class Transaction:
    """Several requests that are committed together, each all or nothing. `state` is the data as of `head`."""

    connection: Connection
    head: HeadState
    state: IndexedRecords
    writers: dict[str, RowWriter]
    entries: list[Entry] = field(default_factory=list)
    writes: WriteSet = field(init=False)
    changes: int = 0
    _written: int = 0

    def __post_init__(self) -> None:
        self.writes = WriteSet(self.state)

    @property
    def is_full(self) -> bool:
        """Whether it holds so much that further requests should wait for the next one."""
        return self.changes >= MOST_CHANGES

    @property
    def seq(self) -> int:
        """The newest commit, of this transaction or before it."""
        return self.head.seq + len(self.entries)

    def write_journal(self) -> None:
        """Append what is not in the journal yet: for all requests at once it costs little more than for one."""
        journal.append(self.connection, self.entries[self._written :])
        self._written = len(self.entries)

    def find_op(self, op: str) -> Kept | None:
        """The digest and ack of the request that had this op, here or committed before; None if none had."""
        for entry in self.entries:
            if entry.commit.op == op:
                return entry.kept
        return journal.find_op(self.connection, op)


def perform(transaction: Transaction, request: Request) -> Ack:
    """Carry out one request. Raises a Refusal, or Checked: then the caller rolls back to where the request began."""
    connection = transaction.connection
    if request.authorize is not None:
        request.authorize(connection)
    view = request.answered_for = request.view()
    if request.op is not None and (known := transaction.find_op(request.op)) is not None:
        return replay(known, request.digest, request.channels, view)
    work = UnitOfWork(connection, transaction.writes, transaction.head, transaction.seq + 1, transaction.writers, view)
    ack = request.apply(work)
    if request.check:
        for key in ("rev", "revs"):
            ack.meta.pop(key, None)
        raise Checked(ack)
    changes = list(work.writes)
    if changes or request.op is not None:
        ack.meta = {"seq": work.seq, **ack.meta}
        actor = request.caller.actor
        commit = Commit(work.seq, int(time.time() * 1000), request.event, actor, request.op, changes)
        kept = None if request.op is None else Kept(request.digest, ack.encode(with_meta=True))
        transaction.entries.append(Entry(commit, kept))
        transaction.writes.merge(work.writes)
        transaction.changes += len(changes)
    return ack
