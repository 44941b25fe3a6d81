"""The clients of the default namespace: how they connect, what they are sent first, and what another caller changes."""

import time
from collections.abc import Callable
from typing import Any

import orjson
from socketio import Server

from server.database.engines import UNREACHABLE
from server.database.postgresql import within
from server.realtime.gateway.namespace import NamespaceClients
from server.realtime.presence.presence import Presence
from server.realtime.protocol import audit
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import Refusal
from server.realtime.queries.cursor import Cursor
from server.realtime.queries.publisher import Publisher
from server.realtime.queries.sync import Sync
from server.realtime.resource.rights import Rights
from server.realtime.resource.view import View
from server.realtime.transport.client import Client
from server.realtime.transport.websocket import TRY_AGAIN_LATER, WebSocket

# A caller that took the database longer than this to find may have signed out meanwhile: it is looked up again.
_MOST_LOOKUP_SECONDS = 0.5


class Connections(NamespaceClients[Client]):
    """The clients of the default namespace; `identify(auth, address)` finds the caller of a connection.

    Until `open()` the gym's data is not known: clients may connect, and get it when it is.
    """

    def __init__(
        self,
        server: Server,
        publisher: Publisher,
        sync: Sync,
        presence: Presence,
        *,
        identify: Callable[[object, str], Caller],
        rights: Rights,
        greeting: Callable[[View], dict[str, Any]],
        backlog: int,
    ) -> None:
        super().__init__(server, "/")
        self._publisher = publisher
        self._sync = sync
        self._presence = presence
        self._identify = identify
        self._rights = rights
        self._greeting = greeting
        self._backlog = backlog
        self._starting: set[Client] = set()
        self.is_open = False

    def open(self) -> None:
        """Send the gym's data, which is known from now on, to those connected already."""
        self.is_open = True
        for client in self.clients:
            if not client.reads and self._rights.may_read(client.caller):
                self._start_reading(client)

    def make_client(self, socket: WebSocket, sid: str, auth: object) -> Client:
        """Find the caller. While the database cannot be reached, the client is sent away: it tries again by itself."""
        try:
            caller = self._find_caller(auth, socket.allowance.address)
        except UNREACHABLE:
            socket.end(TRY_AGAIN_LATER)
            raise ConnectionRefusedError("unavailable") from None
        client = Client(socket, sid, caller, self._rights.view(caller), self._publisher.array_frame, self._backlog)
        if isinstance(auth, dict):
            client.requested_sync = auth.get("sync")
            client.wants_arrays = auth.get("arrays") is not False
        return client

    def _find_caller(self, auth: object, address: str) -> Caller:
        with within():
            while True:
                began = time.monotonic()
                caller = self._identify(auth, address)
                if time.monotonic() - began < _MOST_LOOKUP_SECONDS:
                    return caller

    def on_disconnect(self, client: Client) -> None:
        """Publish nothing more to the client, and show it to no other."""
        self._publisher.leave(client)
        self._presence.leave(client)

    def send_greeting(self, client: Client) -> None:
        """Send `connected`, then the gym's data."""
        greeting = {"data": f"id: {client.sid} is connected", "sid": client.sid, "user": client.caller.user}
        client.emit("connected", orjson.dumps(greeting | self._greeting(client.view)))
        client.socket.allowance.account = client.caller.username
        self._presence.join(client)
        if self.is_open and self._rights.may_read(client.caller):
            self._start_reading(client)

    def _start_reading(self, client: Client) -> None:
        """Send the `sync` that CONNECT requested, or the arrays, and from then on what is committed.

        To find out what changed may take a while: nothing is sent to a client that has left, or may not read any more.
        """
        if client in self._starting:
            return
        self._starting.add(client)
        try:
            catch_up = self._catch_up(client)
        finally:
            self._starting.discard(client)
        if self.find(client.socket.sid) is not client or not self._rights.may_read(client.caller):
            return
        client.reads = True
        client.requested_sync = None
        if catch_up is not None:
            client.emit("sync", catch_up())
        elif client.wants_arrays:
            client.send_arrays(self._publisher.channels)
        else:
            self._publisher.subscribe(client)
        if client not in self._publisher.subscribers:
            self._publisher.join(client)
        self._presence.update(client)

    def _catch_up(self, client: Client) -> Callable[[], bytes] | None:
        """What makes the answer to the `sync` that CONNECT requested, None if it did not."""
        if not client.requested_sync:
            return None
        try:
            cursor = None if client.requested_sync is True else Cursor.parse(client.requested_sync)
        except Refusal:
            cursor = None
        return self._sync.catch_up(client, cursor)

    def set_caller(self, client: Client, caller: Caller) -> None:
        """Give the client another caller: it gets the gym's data, no more of it, or what the other view has."""
        client.caller = caller
        client.socket.allowance.account = caller.username
        before, client.view = client.view, self._rights.view(caller)
        may_read = self._rights.may_read(caller)
        if may_read and not client.reads:
            self._start_reading(client)
        elif client.reads and not may_read:
            self._publisher.leave(client)
            client.stop_reading()
        elif client.reads and client.view is not before:
            self._publisher.renew(client, before)
        self._presence.update(client)

    def change_session(self, client: Client, caller: Caller) -> None:
        """`set_caller` for a client that did not request it: audited, and sent as `session` with the new `user`."""
        audit.changed(client.caller, caller)
        self.set_caller(client, caller)
        client.emit("session", orjson.dumps({"user": caller.user}))
