"""Who is connected: how clients come in, what they are sent first, and what happens when they become somebody else."""

import time
from collections.abc import Callable
from typing import Any

import orjson
from socketio import Server

from server.database.engines import UNREACHABLE
from server.database.postgresql import within
from server.realtime.gateway.namespace_clients import NamespaceClients
from server.realtime.presence.presence import Presence
from server.realtime.protocol import audit
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import Refusal
from server.realtime.queries.publisher import Publisher
from server.realtime.queries.sync import Cursor
from server.realtime.queries.sync import Sync
from server.realtime.resource.rights import Rights
from server.realtime.resource.view import View
from server.realtime.transport.client import Client
from server.realtime.transport.websocket import TRY_AGAIN_LATER
from server.realtime.transport.websocket import WebSocket

# An answer of the database that is older than this is asked for again before somebody is let in because of it.
_NEW_SECONDS = 0.5


class Connections(NamespaceClients[Client]):
    """The clients of the default namespace. `identify(auth, address)` says who connects.

    Until `open()` the gym's data is not known: clients may come in, and get it when it is.
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
        self._wishes: dict[Client, object] = {}
        self._admitting: set[Client] = set()
        self.is_open = False

    def open(self) -> None:
        """The gym's data is known: who is connected already gets it now."""
        self.is_open = True
        for client in self.clients:
            if not client.reads and self._rights.may_read(client.caller):
                self._admit(client)

    def enter(self, socket: WebSocket, sid: str, auth: object) -> Client:
        """Find out who connects."""
        try:
            caller = self._identified(auth, socket.allowance.address)
        except UNREACHABLE:
            # Not as a stranger, who would be shown less than is due, or nothing: the client comes back by itself.
            socket.end(TRY_AGAIN_LATER)
            raise ConnectionRefusedError("unavailable") from None
        view = self._rights.view(caller)
        client = Client(socket, sid, caller, view, self._publisher.array_frame, self._backlog)
        self._wishes[client] = auth.get("sync") if isinstance(auth, dict) else None
        return client

    def _identified(self, auth: object, address: str) -> Caller:
        """Who connects. What the database took long to say may be older than a sign-out: it is asked again."""
        with within():
            while True:
                asked = time.monotonic()
                caller = self._identify(auth, address)
                if time.monotonic() - asked < _NEW_SECONDS:
                    return caller

    def leave(self, client: Client) -> None:
        """It is sent nothing more, and shown to nobody."""
        self._publisher.leave(client)
        self._presence.leave(client)
        self._wishes.pop(client, None)

    def welcome(self, client: Client) -> None:
        """What a client is sent once it is let in: `connected`, then its arrays, or the `sync` that it wished for."""
        greeting = {"data": f"id: {client.sid} is connected", "sid": client.sid, "user": client.caller.user}
        client.emit("connected", orjson.dumps(greeting | self._greeting(client.view)))
        client.socket.allowance.account = client.caller.username
        self._presence.join(client)
        if self.is_open and self._rights.may_read(client.caller):
            self._admit(client)

    def _admit(self, client: Client) -> None:
        """Let the client have the gym's data from now on: the `sync` that it wished for, or the arrays.

        To find out what changed may take a while. Whoever may not read any more after that, or has left, gets nothing.
        """
        if client in self._admitting:
            return
        self._admitting.add(client)
        try:
            catch_up = self._catch_up(client)
        finally:
            self._admitting.discard(client)
        if self.find(client.socket.sid) is not client or not self._rights.may_read(client.caller):
            return
        self._wishes.pop(client, None)
        client.reads = True
        if catch_up is not None:
            client.emit("sync", catch_up())
        else:
            client.show(self._publisher.channels)
        self._publisher.join(client)
        self._presence.look(client)

    def _catch_up(self, client: Client) -> Callable[[], bytes] | None:
        """What answers the `sync` that the client wished for, None if it did not."""
        wish = self._wishes.get(client)
        if not wish:
            return None
        try:
            cursor = None if wish is True else Cursor.parse(wish)
        except Refusal:
            cursor = None
        return self._sync.catch_up(client, cursor)

    def become(self, client: Client, caller: Caller) -> None:
        """From now on `caller` asks over this connection: it gets the gym's data, no more of it, or other parts."""
        client.caller = caller
        client.socket.allowance.account = caller.username
        before, client.view = client.view, self._rights.view(caller)
        may_read = self._rights.may_read(caller)
        if may_read and not client.reads:
            self._admit(client)
        elif client.reads and not may_read:
            self._publisher.leave(client)
            client.forget()
        elif client.reads and client.view is not before:
            self._publisher.renew(client, before)
        self._presence.look(client)

    def change(self, client: Client, caller: Caller) -> None:
        """The same for a client that did not ask for it, and is told so: an event `session` with its new `user`."""
        audit.changed(client.caller, caller)
        self.become(client, caller)
        client.emit("session", orjson.dumps({"user": caller.user}))
