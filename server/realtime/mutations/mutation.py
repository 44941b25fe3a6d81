"""One request that writes: authorize, replay if its op is known, apply, append. The caller commits."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
from typing import Any

import orjson
from sqlalchemy import Connection

from server.realtime.journal import journal
from server.realtime.journal.commit import Commit
from server.realtime.journal.journal import Entry
from server.realtime.journal.journal import HeadState
from server.realtime.journal.journal import Kept
from server.realtime.mutations.unit_of_work import MOST_CHANGES
from server.realtime.mutations.unit_of_work import UnitOfWork
from server.realtime.mutations.write_set import IndexedRecords
from server.realtime.mutations.write_set import WriteSet
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import op_reused
from server.realtime.protocol.json import encode
from server.realtime.resource.resource import Resource
from server.realtime.resource.row_writer import RowWriter
from server.realtime.resource.view import EVERYTHING
from server.realtime.resource.view import View


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
    # Whether `apply` asks the journal's tables about earlier commits.
    reads_journal: bool = False
    # Whether only to say what would happen.
    check: bool = False
    # What who asks may see, when its turn comes; and what that was.
    view: Callable[[], View] = lambda: EVERYTHING
    answered_for: View | None = None
    # What it is about, for the audit, if no record tells.
    subject: str = ""


class Checked(Exception):
    """What a request was answered that only asks what would happen: to be given, and all else to be rolled back."""

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
        """What is remembered of the request that `op` named, in this transaction or before."""
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
        return _replay(known, request, view)
    work = UnitOfWork(connection, transaction.writes, transaction.head, transaction.seq + 1, transaction.writers, view)
    ack = request.apply(work)
    if request.check:
        ack.meta.pop("rev", None)
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


def digest(event: str, data: object) -> str:
    """A hash of an event and its payload, whatever the order of keys: a request with the same op must have the same."""
    return hashlib.sha256(encode([event, data])).hexdigest()


def _replay(kept: Kept, request: Request, view: View) -> Ack:
    """The first answer again, with the record if who asks may see that now."""
    if kept.digest != request.digest:
        raise op_reused()
    answer = orjson.loads(kept.answer)
    meta = {**answer["meta"], "replayed": True}
    data = answer["data"]
    if not view.is_whole and not _is_seen(request.event, data, view):
        data = None
    return Ack(answer["ok"], orjson.dumps(data), answer["errors"], meta)


def _is_seen(event: str, data: Any, view: View) -> bool:
    """Whether the record in an answer is in the view. Of what no resource's own event answers that is not known."""
    channel = next((channel for channel, resource in Resource.registry.items() if event in resource.events), None)
    return channel is not None and isinstance(data, dict) and view.has(channel, data)
