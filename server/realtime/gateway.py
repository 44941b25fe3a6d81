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

import gevent
import orjson
from flask_socketio import SocketIO
from sqlalchemy.exc import DBAPIError

from server.realtime import audit
from server.realtime import brake
from server.realtime.ack import Ack
from server.realtime.caller import Authorize
from server.realtime.caller import Caller
from server.realtime.caller import Rights
from server.realtime.client import Client
from server.realtime.committer import Committer
from server.realtime.encoding import decode
from server.realtime.errors import Code
from server.realtime.errors import Refusal
from server.realtime.errors import internal
from server.realtime.errors import malformed
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
from server.realtime.tally import Tally

logger = logging.getLogger("spotter.gateway")

# An event of the default namespace: "2", the ack's number if one is wanted, JSON. Others have a "/" after the "2".
_EVENT = re.compile(r"2([0-9]{0,15})((?!/).*)", re.ASCII | re.DOTALL)
# Connects, disconnects, events and acks are python-socketio's where they are not ours; binary packets are nobody's.
_PASSED_ON = ("0", "1", "2", "3")

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
        rights: Rights,
        greeting: Callable[[], dict[str, Any]],
        backlog: int,
    ) -> None:
        self._server = socketio.server
        self._committer = committer
        self._publisher = publisher
        self._sync = sync
        self._identify = identify
        self._rights = rights
        self._greeting = greeting
        self._backlog = backlog
        self._clients: dict[str, Client] = {}
        self._wishes: dict[Client, object] = {}
        self._services: dict[str, Service] = {}
        self._writes: dict[str, MakeRequest] = {
            event: partial(write_request, resource=resource)
            for resource in Resource.registry.values()
            for event in resource.events
        }
        self.tally = Tally(self._writes)

    def listen(self) -> None:
        """Take the place of python-socketio's handlers for the default namespace."""
        self._server.on("connect", self._connect)
        self._server.on("disconnect", self._disconnect)
        self._server.eio.on("message", self._receive)
        self._pass_event = self._server._handle_event
        self._server._handle_event = self._handle_other_event

    def serve(self, event: str, service: Service) -> None:
        """Let `service` answer `event`, for those whom the rights permit it."""
        self._services[event] = service
        self.tally.events.add(event)

    def write(self, event: str, make_request: MakeRequest) -> None:
        """Let `event` be committed as the request that `make_request` makes of it."""
        self._writes[event] = make_request
        self.tally.events.add(event)

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
            brake.report(client.socket.allowance, client.caller)

    def _receive(self, eio_sid: str, text: str) -> None:
        """One Socket.IO packet. What cannot be parsed raises, and the transport ends the connection."""
        match = _EVENT.fullmatch(text)
        client = self._clients.get(eio_sid)
        if match is None:
            if text[:1] not in _PASSED_ON:
                raise ValueError("binary, or no packet at all")
            # Other namespaces have no refusals of this kind, so who asks too much of them is read slower.
            if wait := self._server.eio.sockets[eio_sid].allowance.take():
                gevent.sleep(wait)
            self._server._handle_eio_message(eio_sid, text)
            if client is None and (client := self._clients.get(eio_sid)) is not None:
                self._welcome(client)
        elif client is not None:
            number = int(match[1]) if match[1] else None
            try:
                event, *args = _decode(match[2])
            except Refusal as refusal:
                client.wait_for_answers()
                ack = Ack.refused(refusal)
                self.tally.count(None, ack)
                client.ack(number, ack, with_meta=False)
            else:
                self._handle(client, event, args, number)

    def _handle_other_event(self, eio_sid: str, namespace: str | None, number: int | None, data: object) -> None:
        """Events of other namespaces are python-socketio's. One of ours got here by a spelling that we don't read."""
        if namespace in (None, "/"):
            raise ValueError("an event of the default namespace, oddly spelled")
        self._pass_event(eio_sid, namespace, number, data)

    def _welcome(self, client: Client) -> None:
        """What a client is sent once it is let in: `connected`, then its arrays, or the `sync` that it wished for."""
        greeting = {"data": f"id: {client.sid} is connected", "sid": client.sid, "user": client.caller.user}
        client.emit("connected", orjson.dumps(greeting | self._greeting()))
        client.socket.allowance.account = client.caller.username
        if self._rights.may_read(client.caller):
            self._admit(client)

    def _admit(self, client: Client) -> None:
        """Let the client have the gym's data from now on: the `sync` that it wished for, or the arrays."""
        client.reads = True
        wish = self._wishes.pop(client, None)
        if wish:
            try:
                cursor = None if wish is True else Cursor.parse(wish)
            except Refusal:
                cursor = None
            client.emit("sync", self._sync.answer(client, cursor))
        else:
            client.show(self._publisher.channels)
        self._publisher.join(client)

    def become(self, client: Client, caller: Caller) -> None:
        """From now on `caller` is who asks over this connection: it gets the gym's data, or no more of it."""
        client.caller = caller
        client.socket.allowance.account = caller.username
        may_read = self._rights.may_read(caller)
        if may_read and not client.reads:
            self._admit(client)
        elif client.reads and not may_read:
            self._publisher.leave(client)
            client.forget()

    def change(self, client: Client, caller: Caller) -> None:
        """The same for a client that did not ask for it, and is told so: an event `session` with its new `user`."""
        audit.changed(client.caller, caller)
        self.become(client, caller)
        client.emit("session", orjson.dumps({"user": caller.user}))

    def _handle(self, client: Client, event: object, args: list[Any], number: int | None) -> None:
        with_meta = len(args) > 1
        try:
            if not isinstance(event, str):
                raise unknown_event()
            if wait := client.socket.allowance.take():
                brake.hold(client.socket.allowance, client.caller, event, wait)
            self._rights.permit(client.caller, event)
            make_request = self._writes.get(event)
            if make_request is not None:
                data, opts = split(args)
                request = make_request(event, data, opts, client.caller, self._rights.authorize)
                client.begin()
                answer = partial(client.finish, number, with_meta=with_meta)
                self._committer.submit(request, self.tally.counting(event, answer))
                client.wait_for_room()
                return
            service = self._services.get(event)
            if service is None:
                raise unknown_event()
            client.wait_for_answers()
            # Who waited may be somebody else by now.
            self._rights.permit(client.caller, event)
            ack = service(client, args, number)
        except Refusal as refusal:
            ack = Ack.refused(refusal)
            if refusal.code in (Code.UNAUTHORIZED, Code.FORBIDDEN):
                audit.denied(client.caller, event, refusal.code)
        except DBAPIError:
            logger.exception("%r could not reach the database", event)
            ack = Ack.refused(unavailable())
        except Exception:
            reference = secrets.token_hex(4)
            logger.exception("%r failed, reference %s", event, reference)
            ack = Ack.refused(internal(reference))
        self.tally.count(event, ack)
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
