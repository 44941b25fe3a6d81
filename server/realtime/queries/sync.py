"""`sync`: from a cursor to the newest state, by a delta or a snapshot, without missing a commit."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

import orjson
from sqlalchemy import Engine

from server.database.engines import UNREACHABLE
from server.realtime.journal.commit import Commit
from server.realtime.journal.record_queries import changed_between
from server.realtime.journal.replica import Replica
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import split
from server.realtime.queries.cursor import Cursor, newest_between
from server.realtime.queries.delta import Delta, leave_all_visible
from server.realtime.queries.publisher import Publisher
from server.realtime.resource.view import View
from server.realtime.transport.client import Client


class Sync:
    """Answers `sync`. The answer's `seq` is the `prev` of the first `changes` after it.

    `follow()` reads what other processes committed. While the database cannot be reached every answer is a snapshot, or
    a delta of commits that are in memory.
    """

    def __init__(self, engine: Engine, replica: Replica, publisher: Publisher, follow: Callable[[], None]) -> None:
        self._engine = engine
        self._replica = replica
        self._publisher = publisher
        self._follow = follow
        self._snapshots: WeakKeyDictionary[View, tuple[int, str, bytes]] = WeakKeyDictionary()

    def __call__(self, client: Client, args: Sequence[Any]) -> Callable[[], Ack]:
        """The service for the event `sync`."""
        cursor, _ = split(args, required=False)
        answer = self.catch_up(client, Cursor.parse(cursor))
        return lambda: Ack(data=answer())

    def catch_up(self, client: Client, cursor: Cursor | None) -> Callable[[], bytes]:
        """Read the delta since the cursor, which may wait for the database.

        The function returned is to be called at once, if the client may still read. It returns the JSON of the answer,
        and from then on the client is sent `changes`.
        """
        view = client.view
        if cursor is not None:
            cursor = cursor.within(view)
        try:
            delta = None if cursor is None else self._delta_since(cursor, view)
        except UNREACHABLE:
            delta = None
        return partial(self._answer, client, view, cursor, delta)

    def _answer(self, client: Client, view: View, cursor: Cursor | None, delta: list[bytes] | None) -> bytes:
        # Nothing here waits, so all later commits are published to this client.
        self._publisher.follow(client)
        if cursor is None or delta is None or client.view is not view:
            return self._snapshot(client.view)
        if cursor.seq == self._publisher.seq:
            return self._head("current", view) + b"}"
        return self._head("delta", view) + b',"changes":[' + b",".join(delta) + b"]}"

    def _delta_since(self, cursor: Cursor, view: View) -> list[bytes] | None:
        """The encoded delta from the cursor to the newest commit; None if the answer must be a snapshot."""
        replica = self._replica
        if not cursor.is_known(replica, self._follow):
            return None
        seq = replica.state.seq
        if cursor.seq == seq:
            return []
        commits = replica.recent_after(cursor.seq)
        if commits is not None:
            return Delta(replica.state.known(commits)).encoded(view)
        with self._engine.connect() as connection:
            newest = newest_between(connection, replica.state.channels, cursor.epoch, cursor.seq, seq)
            copied = changed_between(connection, replica.state.copied, cursor.seq, seq)
        # There may have been commits during the read.
        more = [] if replica.state.seq == seq else replica.recent_after(seq)
        if newest is None or more is None or cursor.epoch != replica.state.epoch:
            return None
        if not leave_all_visible(newest, view):
            # Whether the view had such a record at the cursor, and the client must delete it, is not known.
            return None
        # `before` counts only for a later change in `more`.
        older = [(commit, replace(change, before=change.record)) for commit, change in newest]
        # Who wrote what others embed concerns nobody who does not have it itself.
        older += ((Commit(change.rev, 0, ""), change) for change in copied)
        older.sort(key=lambda one: one[0].seq)
        return Delta([*older, *replica.state.known(more)]).encoded(view)

    def _head(self, mode: str, view: View) -> bytes:
        epoch = orjson.dumps(self._replica.state.epoch + view.tag)
        return b'{"mode":"%b","epoch":%b,"seq":%d' % (mode.encode(), epoch, self._publisher.seq)

    def _snapshot(self, view: View) -> bytes:
        """The snapshot, encoded once for all clients of the view until the next commit."""
        key = (self._publisher.seq, self._replica.state.epoch)
        cached = self._snapshots.get(view)
        if cached is not None and cached[:2] == key:
            return cached[2]
        encoded = self._head("snapshot", view) + b',"snapshot":' + self._replica.state.revised(view) + b"}"
        if not view.filters:
            # A view with filters has few clients: a cached snapshot would take more memory than it saves time.
            self._snapshots[view] = (*key, encoded)
        return encoded
