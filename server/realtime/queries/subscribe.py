"""`subscribe`: a part of a channel, from a cursor to its newest state, and its changes from then on."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import orjson
from sqlalchemy import Engine

from server.database.engines import UNREACHABLE
from server.realtime.journal.commit import Change, Commit
from server.realtime.journal.replica import Replica
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import split
from server.realtime.protocol.errors import invalid, malformed
from server.realtime.queries.changed_records import MOST_CHANGED, ChangedRecords
from server.realtime.queries.cursor import Cursor, changes_between
from server.realtime.queries.delta import Delta
from server.realtime.queries.finder import Finder
from server.realtime.queries.part import Part
from server.realtime.queries.part_snapshot import PartSnapshots
from server.realtime.queries.publisher import Publisher
from server.realtime.resource.lookup import readable_channel
from server.realtime.resource.resource import Resource
from server.realtime.selection import where
from server.realtime.transport.client import Client

_KEYS = ("channel", "where", "epoch", "seq")


class Subscribe:
    """Answers `subscribe` and `unsubscribe`. The answer's `seq` is the `prev` of the first `changes` after it."""

    def __init__(
        self, engine: Engine, replica: Replica, publisher: Publisher, finder: Finder, follow: Callable[[], None]
    ) -> None:
        self._engine = engine
        self._replica = replica
        self._publisher = publisher
        self._follow = follow
        self._snapshots = PartSnapshots(replica, finder)

    def subscribe(self, client: Client, args: Sequence[Any]) -> Callable[[], Ack]:
        """The service for `subscribe {channel, where?, epoch?, seq?}`."""
        data = _object(args, _KEYS)
        while True:
            view = client.view
            part = _part(client, data)
            self._publisher.subscribers.check(client, part)
            cursor = Cursor.optional(data)
            if cursor is not None:
                cursor = cursor.within(view)
            answer = None if cursor is None else self._delta(part, cursor)
            if answer is None:
                rows = self._snapshots.read(part).encoded()
                answer = b"snapshot", b',"snapshot":{"%b":%b}' % (part.channel.encode(), rows)
            if client.view is view:
                return partial(self._join, client, part, *answer)

    def unsubscribe(self, client: Client, args: Sequence[Any]) -> Ack:
        """The service for `unsubscribe {channel, where}`."""
        part = _part(client, _object(args, ("channel", "where")))
        self._publisher.subscribers.drop(client, part)
        return Ack()

    def _join(self, client: Client, part: Part, mode: bytes, answer: bytes) -> Ack:
        # Nothing has waited since the answer was made, so all later commits are published to this client.
        self._publisher.subscribe(client, part)
        # Should the client lose the right to read, and get it back: it subscribes again, and needs no arrays.
        client.wants_arrays = False
        epoch = orjson.dumps(self._replica.state.epoch + client.view.tag)
        return Ack(data=b'{"mode":"%b","epoch":%b,"seq":%d%b}' % (mode, epoch, self._publisher.seq, answer))

    def _delta(self, part: Part, cursor: Cursor) -> tuple[bytes, bytes] | None:
        """The mode, and what the client missed; None if the answer must be a snapshot."""
        replica = self._replica
        channels = {part.channel} | Resource.registry[part.channel].sources
        older: list[tuple[Commit, Change]] = []
        after = cursor.seq
        try:
            if not cursor.is_known(replica, self._follow):
                return None
            if after != replica.state.seq and replica.recent_after(after) is None:
                after = replica.state.seq
                with self._engine.connect() as connection:
                    found = changes_between(connection, channels, cursor.epoch, cursor.seq, after, MOST_CHANGED)
                if found is None:
                    return None
                older = found
        except UNREACHABLE:
            return None
        # There may have been commits during the read.
        more = [] if after == replica.state.seq else replica.recent_after(after)
        if more is None or cursor.epoch != replica.state.epoch:
            return None
        if cursor.seq == replica.state.seq:
            return b"current", b""
        later = [(commit, change) for commit in more for change in commit.changes]
        changes = part.changes(ChangedRecords(Delta([*older, *later]).newest, replica.state))
        return None if changes is None else (b"delta", b',"changes":[%b]' % b",".join(changes))


def _object(args: Sequence[Any], keys: Sequence[str]) -> Mapping[str, Any]:
    data, _ = split(args)
    if not isinstance(data, Mapping):
        raise malformed(f"Send an object {{{', '.join(keys)}}}.")
    if unknown := sorted(str(key)[:80] for key in data if key not in keys)[:10]:
        raise invalid({key: [f"There is no such key; there are {', '.join(keys)}."] for key in unknown})
    return data


def _part(client: Client, data: Mapping[str, Any]) -> Part:
    resource = readable_channel(data.get("channel"), client.view, client.caller)
    return Part(resource, where.parse(resource, data.get("where")), client.view)
