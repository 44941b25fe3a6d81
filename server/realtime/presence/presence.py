"""Who is connected and who edits which record. Advisory: it locks nothing, is stored nowhere, and delays no write.

Each process sends its own clients to its peers over the bus, and all clients to its own. Without a bus it has only its
own.
"""

import logging
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary

import gevent
from gevent.event import Event

from server.database.bus import Bus
from server.database.engines import UNREACHABLE
from server.realtime.journal.commit import Row
from server.realtime.presence import roster
from server.realtime.presence.peers import Peers
from server.realtime.presence.roster import Entry
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import split
from server.realtime.protocol.errors import Refusal, invalid, malformed, not_found
from server.realtime.resource.lookup import readable_channel, record_id
from server.realtime.resource.rights import Rights
from server.realtime.resource.view import View
from server.realtime.transport.client import Client
from server.realtime.transport.outbox import frame

logger = logging.getLogger("spotter.presence")

# Changes of so many seconds are sent in one event. Then rest: at most ten events a second, and fewer if they take long.
_GATHER_SECONDS = 0.02
_MIN_REST_SECONDS = 0.08
_REST_FACTOR = 3.0
# After so many clients other greenlets run.
_CLIENTS_IN_A_ROW = 50

ReadRows = Callable[[str, Collection[int]], Mapping[int, Row]]


class _Member:
    """One client of this process. `is_visible`: it is sent `presence`, and is in it."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.caller = client.caller
        self.since = time.time_ns() // 1_000_000
        self.has_edited = False
        self.is_visible = False
        self.editing: tuple[str, int] | None = None
        # When the lease of `editing` ends, on the monotonic clock.
        self.until = 0.0
        # The frame that it was sent last.
        self.sent: bytes | None = None

    @property
    def entry(self) -> Entry:
        """As it is sent."""
        return Entry(self.client.sid, self.caller.actor, self.since, self.editing)


class Presence:
    """Sends `presence` to the clients whose callers may meet, and that are synced or have sent `editing`.

    `read(channel, numbers)` returns those of these records that exist. `lease` is for how many seconds an `editing`
    that is not sent again is valid, and a list of a peer.
    """

    def __init__(self, bus: Bus, rights: Rights, read: ReadRows, lease: float) -> None:
        self._rights = rights
        self._read = read
        self._lease = lease
        self._members: dict[Client, _Member] = {}
        self._wake = Event()
        self._peers = Peers(bus, lease, self._wake.set)
        # By view, the frame that was made last.
        self._frames: WeakKeyDictionary[View, bytes] = WeakKeyDictionary()
        self._greenlet: gevent.Greenlet | None = None

    def start(self) -> None:
        """Send until stopped."""
        self._greenlet = gevent.spawn(self._run)

    def stop(self) -> None:
        """This process ends: send the peers an empty list."""
        if self._greenlet is not None:
            self._greenlet.kill()
        self._peers.send([])

    def join(self, client: Client) -> None:
        """Add a client that has just connected."""
        # It may have left while it connected.
        if not client.gone:
            self._members[client] = _Member(client)

    def leave(self, client: Client) -> None:
        """Remove a client that is gone."""
        member = self._members.pop(client, None)
        if member is not None and member.is_visible:
            self._wake.set()

    def update(self, client: Client) -> None:
        """The client's caller, view or mode may have changed: decide again whether it is sent `presence`."""
        member = self._members.get(client)
        if member is None:
            return
        caller, before = client.caller, (member.is_visible, member.entry)
        member.is_visible = (client.synced or member.has_edited) and self._rights.may_meet(caller)
        if not member.is_visible or (caller.username, caller.role) != (member.caller.username, member.caller.role):
            member.editing = None
        member.caller = caller
        if not member.is_visible:
            member.sent = None
            client.discard_presence()
        is_current = not member.is_visible or member.sent is self._frames.get(client.view)
        if not is_current or (member.is_visible, member.entry) != before:
            self._wake.set()

    def __call__(self, client: Client, args: Sequence[Any]) -> Ack:
        """The service for `editing {channel, id, on}`: one record at a time."""
        data, _ = split(args)
        if not isinstance(data, Mapping):
            raise malformed("Send an object {channel, id, on}.")
        resource = readable_channel(data.get("channel"), client.view, client.caller)
        record = (resource.channel, record_id(resource, data.get("id")))
        on = data.get("on")
        if not isinstance(on, bool):
            raise invalid({"on": ["Must be true or false."]})
        if on and not _is_visible(client.view, record, self._read(record[0], (record[1],)).get(record[1])):
            raise not_found(resource.name, record[1])
        if member := self._members.get(client):
            member.has_edited = True
            self.update(client)
            self._edit(member, record, on)
        return Ack()

    def _edit(self, member: _Member, record: tuple[str, int], on: bool) -> None:
        if on:
            member.until = time.monotonic() + self._lease
        elif member.editing != record:
            return
        editing = record if on else None
        if editing != member.editing:
            member.editing = editing
            self._wake.set()

    def _run(self) -> None:
        while True:
            self._wake.wait(self._seconds_to_next())
            gevent.sleep(_GATHER_SECONDS)
            self._wake.clear()
            began = time.perf_counter()
            try:
                self._send()
            except Exception:
                logger.exception("presence could not be sent")
            gevent.sleep(max(_MIN_REST_SECONDS, _REST_FACTOR * (time.perf_counter() - began)))

    def _seconds_to_next(self) -> float:
        """Until a lease ends, or the list is to be sent to the peers again."""
        ends = [member.until for member in self._members.values() if member.editing is not None]
        return max(0.0, min([self._peers.due, *ends]) - time.monotonic())

    def _send(self) -> None:
        own = roster.first(self._own_entries())
        self._peers.send(own)
        entries = roster.first([*own, *self._peers.entries])
        whole = frame(b'42["presence",%b]' % roster.presence(entries))
        edited = self._edited(entries)
        for view in self._views:
            framed = whole
            if not view.limited.isdisjoint(channel for channel, _ in edited):
                reduced = (_reduced(entry, view, edited) for entry in entries)
                framed = frame(b'42["presence",%b]' % roster.presence(reduced))
            if framed != self._frames.get(view):
                self._frames[view] = framed
        stale = [
            member
            for member in self._members.values()
            if member.is_visible and member.sent is not self._frames[member.client.view]
        ]
        for count, member in enumerate(stale, 1):
            # Its view may have changed during the loop; the next call sends it that of the new view.
            if member.is_visible and (latest := self._frames.get(member.client.view)) is not None:
                member.sent = latest
                member.client.send_presence(latest)
            if count % _CLIENTS_IN_A_ROW == 0:
                gevent.sleep(0)

    def _edited(self, entries: Iterable[Entry]) -> dict[tuple[str, int], Row | None]:
        """The records that are edited, of channels that somebody may not read all of; None for what cannot be read."""
        edited: dict[str, set[int]] = {}
        for entry in entries:
            if entry.editing is not None and any(view.limits(entry.editing[0]) for view in self._views):
                edited.setdefault(entry.editing[0], set()).add(entry.editing[1])
        found: dict[tuple[str, int], Row | None] = {}
        for channel, numbers in edited.items():
            rows: Mapping[int, Row] = {}
            with suppress(Refusal, *UNREACHABLE):
                rows = self._read(channel, numbers)
            found |= {(channel, number): rows.get(number) for number in numbers}
        return found

    @property
    def _views(self) -> set[View]:
        return {member.client.view for member in self._members.values() if member.is_visible}

    def _own_entries(self) -> Iterable[Entry]:
        now = time.monotonic()
        for member in self._members.values():
            if member.editing is not None and member.until <= now:
                member.editing = None
            if member.is_visible:
                yield member.entry


def _reduced(entry: Entry, view: View, edited: Mapping[tuple[str, int], Row | None]) -> Entry:
    """The entry without a record that the view does not have, of those that are `edited`."""
    record = entry.editing
    if record is None or not view.limits(record[0]) or _is_visible(view, record, edited.get(record)):
        return entry
    return entry._replace(editing=None)


def _is_visible(view: View, record: tuple[str, int], row: Row | None) -> bool:
    return row is not None and view.has_encoded(record[0], row.record)
