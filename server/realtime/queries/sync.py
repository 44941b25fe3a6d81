"""Catch-up: from a cursor to the newest state, by what changed since or by a snapshot, without missing a commit."""

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from typing import NamedTuple
from weakref import WeakKeyDictionary

import orjson
from sqlalchemy import Engine

from server.database.engines import UNREACHABLE
from server.realtime.journal import journal
from server.realtime.journal.replica import Replica
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import split
from server.realtime.protocol.errors import invalid
from server.realtime.protocol.errors import malformed
from server.realtime.queries.delta import Delta
from server.realtime.queries.delta import are_all_shown
from server.realtime.queries.publisher import Publisher
from server.realtime.resource.view import View
from server.realtime.transport.client import Client


class Cursor(NamedTuple):
    """Up to where a client knows everything."""

    epoch: str
    seq: int

    @classmethod
    def parse(cls, value: object) -> "Cursor | None":
        """Read a cursor off the wire; None stands for a client that knows nothing."""
        if value is None:
            return None
        if not isinstance(value, Mapping):
            raise malformed("The cursor must be an object {epoch, seq}, or null.")
        epoch, seq = value.get("epoch"), value.get("seq")
        if not isinstance(epoch, str):
            raise invalid({"epoch": ["Must be the epoch of an earlier answer."]})
        if isinstance(seq, bool) or not isinstance(seq, int) or seq < 0:
            raise invalid({"seq": ["Must be the seq of an earlier answer."]})
        return cls(epoch, seq)

    def within(self, view: View) -> "Cursor | None":
        """The same as the journal has it, None if it is of another view."""
        return Cursor(self.epoch.removesuffix(view.tag), self.seq) if self.epoch.endswith(view.tag) else None


class Sync:
    """Answers `sync`. Reading and joining are one step: the first event's `prev` is the answer's `seq`.

    `look()` takes in what other processes committed. While the database cannot be reached, who could have had a delta
    gets the snapshot, which is in memory.
    """

    def __init__(self, engine: Engine, replica: Replica, publisher: Publisher, look: Callable[[], None]) -> None:
        self._engine = engine
        self._replica = replica
        self._publisher = publisher
        self._look = look
        self._snapshots: WeakKeyDictionary[View, tuple[int, str, bytes]] = WeakKeyDictionary()

    def __call__(self, client: Client, args: Sequence[Any]) -> Callable[[], Ack]:
        """The service for the event `sync`."""
        cursor, _ = split(args, required=False)
        answer = self.catch_up(client, Cursor.parse(cursor))
        return lambda: Ack(data=answer())

    def catch_up(self, client: Client, cursor: Cursor | None) -> Callable[[], bytes]:
        """Read what changed since, which may take a while.

        What it returns is to be called at once, if the client may still read: it gives the JSON that brings the client
        up to date, and from then on the client gets `changes`.
        """
        view = client.view
        if cursor is not None:
            cursor = cursor.within(view)
        try:
            delta = None if cursor is None else self._since(cursor, view)
        except UNREACHABLE:
            delta = None
        return partial(self._answer, client, view, cursor, delta)

    def _answer(self, client: Client, view: View, cursor: Cursor | None, delta: list[bytes] | None) -> bytes:
        # Nothing here waits: what is committed from here on is published to this client.
        self._publisher.flush()
        client.switch_to_changes()
        if cursor is None or delta is None or client.view is not view:
            return self._whole(client.view)
        if cursor.seq == self._publisher.seq:
            return self._head("current", view) + b"}"
        return self._head("delta", view) + b',"changes":[' + b",".join(delta) + b"]}"

    def _since(self, cursor: Cursor, view: View) -> list[bytes] | None:
        """The encoded changes from the cursor up to the newest commit known; None if only a snapshot will do."""
        replica = self._replica
        if cursor.seq > replica.state.seq or cursor.epoch != replica.state.epoch:
            # The client comes from another process, which is ahead of this one.
            self._look()
        seq = replica.state.seq
        if cursor.epoch != replica.state.epoch or cursor.seq > seq:
            return None
        if cursor.seq == seq:
            return []
        commits = replica.recent_after(cursor.seq)
        if commits is not None:
            return Delta.of(commits).encoded(view)
        with self._engine.connect() as connection:
            newest = journal.newest_between(connection, cursor.epoch, cursor.seq, seq)
        # Meanwhile there may have been more.
        more = [] if replica.state.seq == seq else replica.recent_after(seq)
        if newest is None or more is None or cursor.epoch != replica.state.epoch:
            return None
        if not are_all_shown(newest, view):
            # Whether it was shown at the cursor, and is to be deleted, is not known.
            return None
        # From here on it is.
        then = [(commit, replace(change, before=change.record)) for commit, change in newest]
        return Delta([*then, *((commit, change) for commit in more for change in commit.changes)]).encoded(view)

    def _head(self, mode: str, view: View) -> bytes:
        epoch = orjson.dumps(self._replica.state.epoch + view.tag)
        return b'{"mode":"%b","epoch":%b,"seq":%d' % (mode.encode(), epoch, self._publisher.seq)

    def _whole(self, view: View) -> bytes:
        """The snapshot, encoded once for all who have the view and ask before the next commit."""
        key = (self._publisher.seq, self._replica.state.epoch)
        kept = self._snapshots.get(view)
        if kept is not None and kept[:2] == key:
            return kept[2]
        encoded = self._head("snapshot", view) + b',"snapshot":' + self._replica.state.revised(view) + b"}"
        if not view.filters:
            # Other views are one person's alone: to keep a snapshot for each would take more than it saves.
            self._snapshots[view] = (*key, encoded)
        return encoded
