"""Who is here and who edits what. Advisory: it locks nothing, is kept nowhere, and never on the way of a write.

Each process tells the others of its own clients over the bus, and its clients of everybody. Without a bus it knows
only its own.
"""

import logging
import time
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

import gevent
from gevent.event import Event

from server.database.bus import Bus
from server.realtime.journal.state import State
from server.realtime.presence import roster
from server.realtime.presence.peers import Peers
from server.realtime.presence.roster import Entry
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import split
from server.realtime.protocol.errors import invalid
from server.realtime.protocol.errors import malformed
from server.realtime.protocol.errors import not_found
from server.realtime.resource.lookup import readable_channel
from server.realtime.resource.lookup import record_id
from server.realtime.resource.rights import Rights
from server.realtime.resource.view import View
from server.realtime.transport.client import Client
from server.realtime.transport.outbox import frame

logger = logging.getLogger("spotter.presence")

# What happens together is told together. Then rest: at most ten events a second, and fewer if they cost much.
_GATHER_SECONDS = 0.02
_SHORTEST_REST = 0.08
_REST_FACTOR = 3.0
# So many clients are told in a row before writes and `changes` get their turn.
_IN_A_ROW = 50


class _Person:
    """One client of this process. `here`: it is told who is here, and is among them."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.caller = client.caller
        self.since = time.time_ns() // 1_000_000
        self.asked = False
        self.here = False
        self.editing: tuple[str, int] | None = None
        # When the lease of `editing` ends, on the monotonic clock.
        self.until = 0.0
        # The frame that it was given last.
        self.told: bytes | None = None

    @property
    def entry(self) -> Entry:
        """As others see it."""
        return Entry(self.client.sid, self.caller.actor, self.since, self.editing)


class Presence:
    """Tells those who may meet, and asked for more than the arrays, of each other.

    `lease` is for how many seconds a word counts: an `editing` that is not said again, a list of another process.
    """

    def __init__(self, bus: Bus, rights: Rights, state: State, lease: float) -> None:
        self._rights = rights
        self._state = state
        self._lease = lease
        self._people: dict[Client, _Person] = {}
        self._wake = Event()
        self._peers = Peers(bus, lease, self._wake.set)
        # By view, what was told last.
        self._framed: WeakKeyDictionary[View, bytes] = WeakKeyDictionary()
        self._greenlet: gevent.Greenlet | None = None

    def start(self) -> None:
        """Tell until stopped."""
        self._greenlet = gevent.spawn(self._run)

    def stop(self) -> None:
        """This process ends: let the others know that its clients are gone."""
        if self._greenlet is not None:
            self._greenlet.kill()
        self._peers.tell([])

    def join(self, client: Client) -> None:
        """The client has just connected."""
        # One that ended while it connected has left already.
        if not client.gone:
            self._people[client] = _Person(client)

    def leave(self, client: Client) -> None:
        """The client is gone."""
        person = self._people.pop(client, None)
        if person is not None and person.here:
            self._wake.set()

    def look(self, client: Client) -> None:
        """The client may be somebody else now, or get something else: let it in on this, or out."""
        person = self._people.get(client)
        if person is None:
            return
        caller, before = client.caller, (person.here, person.entry)
        person.here = (client.synced or person.asked) and self._rights.may_meet(caller)
        if not person.here or (caller.username, caller.role) != (person.caller.username, person.caller.role):
            person.editing = None
        person.caller = caller
        if not person.here:
            person.told = None
            client.discard_presence()
        is_told = not person.here or person.told is self._framed.get(client.view)
        if not is_told or (person.here, person.entry) != before:
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
        if on and not self._is_seen(client.view, record):
            raise not_found(resource.name, record[1])
        if person := self._people.get(client):
            person.asked = True
            self.look(client)
            self._edit(person, record, on)
        return Ack()

    def _edit(self, person: _Person, record: tuple[str, int], on: bool) -> None:
        if on:
            person.until = time.monotonic() + self._lease
        elif person.editing != record:
            return
        editing = record if on else None
        if editing != person.editing:
            person.editing = editing
            self._wake.set()

    def _run(self) -> None:
        while True:
            self._wake.wait(self._patience())
            gevent.sleep(_GATHER_SECONDS)
            self._wake.clear()
            began = time.perf_counter()
            try:
                self._tell()
            except Exception:
                logger.exception("who is here could not be told")
            gevent.sleep(max(_SHORTEST_REST, _REST_FACTOR * (time.perf_counter() - began)))

    def _patience(self) -> float:
        """Seconds until a lease ends, or the other processes want to be told again."""
        ends = [person.until for person in self._people.values() if person.editing is not None]
        return max(0.0, min([self._peers.due, *ends]) - time.monotonic())

    def _tell(self) -> None:
        mine = roster.first(self._mine())
        self._peers.tell(mine)
        everybody = roster.first([*mine, *self._peers.entries])
        whole = frame(b'42["presence",%b]' % roster.told(everybody))
        edited = {entry.editing[0] for entry in everybody if entry.editing is not None}
        for view in {one.client.view for one in self._people.values() if one.here}:
            framed = whole
            if not view.limited.isdisjoint(edited):
                framed = frame(b'42["presence",%b]' % roster.told(self._shown(entry, view) for entry in everybody))
            if framed != self._framed.get(view):
                self._framed[view] = framed
        stale = [one for one in self._people.values() if one.here and one.told is not self._framed[one.client.view]]
        for count, person in enumerate(stale, 1):
            # Its view may have changed while the others were told: then there is a next time.
            if person.here and (news := self._framed.get(person.client.view)) is not None:
                person.told = news
                person.client.send_presence(news)
            if count % _IN_A_ROW == 0:
                gevent.sleep(0)

    def _shown(self, entry: Entry, view: View) -> Entry:
        """The entry without what is not in the view."""
        if entry.editing is None or not view.limits(entry.editing[0]) or self._is_seen(view, entry.editing):
            return entry
        return entry._replace(editing=None)

    def _is_seen(self, view: View, record: tuple[str, int]) -> bool:
        row = self._state.row(*record)
        return row is not None and view.has_encoded(record[0], row.record)

    def _mine(self) -> Iterable[Entry]:
        now = time.monotonic()
        for person in self._people.values():
            if person.editing is not None and person.until <= now:
                person.editing = None
            if person.here:
                yield person.entry
