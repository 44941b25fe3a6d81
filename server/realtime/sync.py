"""Catch-up: from a cursor to the newest state, by what changed since or by a snapshot, without missing a commit."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from functools import partial
from typing import Any
from typing import NamedTuple

import orjson
from sqlalchemy import Engine

from server.database import UNREACHABLE
from server.realtime import journal
from server.realtime.ack import Ack
from server.realtime.changes import Change
from server.realtime.changes import Commit
from server.realtime.client import Client
from server.realtime.errors import invalid
from server.realtime.errors import malformed
from server.realtime.log import Log
from server.realtime.publisher import Publisher
from server.realtime.requests import split


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


class Sync:
    """Answers `sync`. Reading and joining are one step: the first event's `prev` is the answer's `seq`.

    `look()` takes in what other processes committed. While the database cannot be reached, who could have had a delta
    gets the snapshot, which is in memory.
    """

    def __init__(self, engine: Engine, log: Log, publisher: Publisher, look: Callable[[], None]) -> None:
        self._engine = engine
        self._log = log
        self._publisher = publisher
        self._look = look
        self._snapshot: tuple[int, str, bytes] = (-1, "", b"")

    def __call__(self, client: Client, args: Sequence[Any], number: int | None) -> Callable[[], Ack]:
        """The service for the event `sync`."""
        cursor, _ = split(args, required=False)
        answer = self.catch_up(client, Cursor.parse(cursor))
        return lambda: Ack(data=answer())

    def catch_up(self, client: Client, cursor: Cursor | None) -> Callable[[], bytes]:
        """Read what changed since, which may take a while.

        What it returns is to be called at once, if the client may still read: it gives the JSON that brings the client
        up to date, and from then on the client gets `changes`.
        """
        try:
            delta = None if cursor is None else self._since(cursor)
        except UNREACHABLE:
            delta = None
        return partial(self._answer, client, cursor, delta)

    def _answer(self, client: Client, cursor: Cursor | None, delta: list[bytes] | None) -> bytes:
        # Nothing here waits: what is committed from here on is published to this client.
        self._publisher.flush()
        client.sync()
        if cursor is None or delta is None:
            return self._whole()
        if cursor.seq == self._publisher.seq:
            return self._head("current") + b"}"
        return self._head("delta") + b',"changes":[' + b",".join(delta) + b"]}"

    def _since(self, cursor: Cursor) -> list[bytes] | None:
        """The encoded changes from the cursor up to the newest commit known; None if only a snapshot will do."""
        log = self._log
        if cursor.seq > log.snapshots.seq or cursor.epoch != log.snapshots.epoch:
            # The client comes from another process, which is ahead of this one.
            self._look()
        seq = log.snapshots.seq
        if cursor.epoch != log.snapshots.epoch or cursor.seq > seq:
            return None
        if cursor.seq == seq:
            return []
        commits = log.recent_after(cursor.seq)
        if commits is not None:
            return _encode(_changes(commits))
        with self._engine.connect() as connection:
            newest = journal.newest_between(connection, cursor.epoch, cursor.seq, seq)
        # Meanwhile there may have been more.
        more = [] if log.snapshots.seq == seq else log.recent_after(seq)
        if newest is None or more is None or cursor.epoch != log.snapshots.epoch:
            return None
        return _encode([*newest, *_changes(more)])

    def _head(self, mode: str) -> bytes:
        epoch = orjson.dumps(self._log.snapshots.epoch)
        return b'{"mode":"%b","epoch":%b,"seq":%d' % (mode.encode(), epoch, self._publisher.seq)

    def _whole(self) -> bytes:
        """The snapshot, encoded once for all who ask before the next commit."""
        key = (self._publisher.seq, self._log.snapshots.epoch)
        if self._snapshot[:2] != key:
            self._snapshot = (*key, self._head("snapshot") + b',"snapshot":' + self._log.snapshots.revised + b"}")
        return self._snapshot[2]


def _changes(commits: Iterable[Commit]) -> Iterable[tuple[Commit, Change]]:
    return ((commit, change) for commit in commits for change in commit.changes)


def _encode(changes: Iterable[tuple[Commit, Change]]) -> list[bytes]:
    newest: dict[tuple[str, int], tuple[Commit, Change]] = {}
    for commit, change in changes:
        newest.pop((change.channel, change.id), None)
        newest[change.channel, change.id] = (commit, change)
    return [commit.encode(change) for commit, change in newest.values()]
