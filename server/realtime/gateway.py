"""Socket.IO in and out: frames become calls, and every request gets exactly one ack, whatever happens.

Requests on the default namespace are taken off the wire here, not by python-socketio's dispatcher: that one loses the
ack of whatever it cannot handle (socketio/server.py:610) and calls `connect` for a client that emits an event of that
name (server.py:612). All else (connecting, other namespaces) is python-socketio's.
"""

import logging
import re
import secrets
from collections.abc import Callable
from collections.abc import Sequence
from functools import partial
from json import JSONDecodeError
from typing import Any

import orjson
from flask_socketio import SocketIO
from sqlalchemy.exc import DBAPIError

from server.realtime.ack import Ack
from server.realtime.caller import Authorize
from server.realtime.caller import Caller
from server.realtime.client import Client
from server.realtime.committer import Committer
from server.realtime.encoding import decode
from server.realtime.errors import Refusal
from server.realtime.errors import internal
from server.realtime.errors import malformed
from server.realtime.errors import unauthorized
from server.realtime.errors import unavailable
from server.realtime.errors import unknown_event
from server.realtime.mutation import Request
from server.realtime.publisher import Publisher
from server.realtime.requests import Options
from server.realtime.requests import split
from server.realtime.requests import write_request
from server.realtime.resource import Resource
from server.realtime.sync import Cursor
from server.realtime.sync import Sync

logger = logging.getLogger("spotter.gateway")

# An event of the default namespace: "2", the ack's number if one is wanted, JSON. Others have a "/" after the "2".
_EVENT = re.compile(r"2([0-9]{0,15})((?!/).*)", re.ASCII | re.DOTALL)

# (client, arguments, number of the ack): what answers an event that only reads. None: it answers later by itself.
Service = Callable[[Client, Sequence[Any], int | None], Ack | None]
# (event, data, opts, caller, authorize): what makes a request of an event that writes, to be committed.
MakeRequest = Callable[[str, object, Options | None, Caller, Authorize], Request]


class Gateway:
    """The clients of the default namespace. `identify(auth, address)` says who connects; it must not raise."""

    def __init__(
        self,
        socketio: SocketIO,
        committer: Committer,
        publisher: Publisher,
        sync: Sync,
        *,
        identify: Callable[[object, str], Caller],
        authorize: Authorize,
        may_read: Callable[[Caller], bool],
        greeting: Callable[[], dict[str, Any]],
        backlog: int,
    ) -> None:
        self._server = socketio.server
        self._committer = committer
        self._publisher = publisher
        self._sync = sync
        self._identify = identify
        self._authorize = authorize
        self._may_read = may_read
        self._greeting = greeting
        self._backlog = backlog
        self._clients: dict[str, Client] = {}
        self._wishes: dict[Client, object] = {}
        self._services: dict[str, Service] = {}
        self._open_services: set[str] = set()
        self._writes: dict[str, MakeRequest] = {
            event: partial(write_request, resource=resource)
            for resource in Resource.registry.values()
            for event in resource.events
        }

    def listen(self) -> None:
        """Take the place of python-socketio's handlers for the default namespace."""
        self._server.on("connect", self._connect)
        self._server.on("disconnect", self._disconnect)
        self._server.eio.on("message", self._receive)

    def serve(self, event: str, service: Service, *, to_all: bool = False) -> None:
        """Let `service` answer `event`, for those who may read; `to_all`: also for those who may not."""
        self._services[event] = service
        if to_all:
            self._open_services.add(event)

    def write(self, event: str, make_request: MakeRequest) -> None:
        """Let `event` be committed as the request that `make_request` makes of it."""
        self._writes[event] = make_request

    @property
    def clients(self) -> list[Client]:
        """Those connected now."""
        return list(self._clients.values())

    def _connect(self, sid: str, environ: dict[str, Any], auth: object = None) -> None:
        eio_sid = self._server.manager.eio_sid_from_sid(sid, "/")
        socket = self._server.eio.sockets[eio_sid]
        caller = self._identify(auth, socket.allowance.address)
        client = Client(socket, sid, caller, self._publisher.array_frame, self._backlog)
        self._wishes[client] = auth.get("sync") if isinstance(auth, dict) else None
        self._clients[eio_sid] = client
        socket.session["joined"] = True

    def _disconnect(self, sid: str, reason: str = "") -> None:
        eio_sid = self._server.manager.eio_sid_from_sid(sid, "/")
        client = self._clients.pop(eio_sid, None)
        if client is not None:
            self._publisher.leave(client)
            self._wishes.pop(client, None)

    def _receive(self, eio_sid: str, text: str) -> None:
        """One Socket.IO packet. What cannot be parsed raises, and the transport ends the connection."""
        match = _EVENT.fullmatch(text)
        client = self._clients.get(eio_sid)
        if match is None:
            self._server._handle_eio_message(eio_sid, text)
            if client is None and (client := self._clients.get(eio_sid)) is not None:
                self._welcome(client)
        elif client is not None:
            number = int(match[1]) if match[1] else None
            try:
                event, *args = _decode(match[2])
            except Refusal as refusal:
                client.wait_for_answers()
                client.ack(number, Ack.refused(refusal), with_meta=False)
            else:
                self._handle(client, event, args, number)

    def _welcome(self, client: Client) -> None:
        """What a client is sent once it is let in: `connected`, then its arrays, or the `sync` that it wished for."""
        wish = self._wishes.pop(client)
        greeting = {"data": f"id: {client.sid} is connected", "sid": client.sid, "user": client.caller.user}
        client.emit("connected", orjson.dumps(greeting | self._greeting()))
        if not self._may_read(client.caller):
            return
        if wish:
            try:
                cursor = None if wish is True else Cursor.parse(wish)
            except Refusal:
                cursor = None
            client.emit("sync", self._sync.answer(client, cursor))
        self.admit(client)

    def admit(self, client: Client) -> None:
        """Let the client have the gym's data from now on; a plain one gets the arrays."""
        if not client.synced:
            client.show(self._publisher.channels)
        self._publisher.join(client)

    def _handle(self, client: Client, event: object, args: list[Any], number: int | None) -> None:
        with_meta = len(args) > 1
        try:
            if not isinstance(event, str):
                raise unknown_event()
            make_request = self._writes.get(event)
            if make_request is not None:
                data, opts = split(args)
                request = make_request(event, data, opts, client.caller, self._authorize)
                client.begin()
                answer = partial(client.finish, number, with_meta=with_meta)
                self._committer.submit(request, answer)
                client.wait_for_room()
                return
            service = self._services.get(event)
            if service is None:
                raise unknown_event()
            client.wait_for_answers()
            if event not in self._open_services and not self._may_read(client.caller):
                raise unauthorized()
            ack = service(client, args, number)
        except Refusal as refusal:
            ack = Ack.refused(refusal)
        except DBAPIError:
            logger.exception("%r could not reach the database", event)
            ack = Ack.refused(unavailable())
        except Exception:
            reference = secrets.token_hex(4)
            logger.exception("%r failed, reference %s", event, reference)
            ack = Ack.refused(internal(reference))
        if ack is not None:
            client.wait_for_answers()
            client.ack(number, ack, with_meta)
        client.wait_for_room()


def _decode(text: str) -> list[Any]:
    """The event's name and its arguments."""
    try:
        array = decode(text)
    except JSONDecodeError:
        raise malformed("This is not JSON. Numbers must be finite, text valid Unicode.") from None
    if not isinstance(array, list) or not array:
        raise malformed("An event is an array that begins with its name.")
    return array
