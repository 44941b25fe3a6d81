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
from contextlib import nullcontext
from functools import partial
from json import JSONDecodeError
from typing import Any

from flask_socketio import SocketIO
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from server.database import UNREACHABLE
from server.database import one_line
from server.postgresql import within
from server.realtime import audit
from server.realtime import brake
from server.realtime.ack import Ack
from server.realtime.arguments import Options
from server.realtime.arguments import split
from server.realtime.caller import Caller
from server.realtime.client import Client
from server.realtime.committer import Committer
from server.realtime.encoding import MOST_LEVELS
from server.realtime.encoding import decode
from server.realtime.encoding import is_too_deep
from server.realtime.errors import Code
from server.realtime.errors import Refusal
from server.realtime.errors import forbidden
from server.realtime.errors import internal
from server.realtime.errors import malformed
from server.realtime.errors import unauthorized
from server.realtime.errors import unavailable
from server.realtime.errors import unknown_event
from server.realtime.lobby import Lobby
from server.realtime.mutation import Request
from server.realtime.presence import Presence
from server.realtime.requests import write_request
from server.realtime.resource import Resource
from server.realtime.rights import Authorize
from server.realtime.rights import Rights
from server.realtime.tally import Tally

logger = logging.getLogger("spotter.gateway")

# An event of the default namespace: "2", the ack's number if one is wanted, JSON. Others have a "/" after the "2".
_EVENT = re.compile(r"2([0-9]{0,15})((?!/).*)", re.ASCII | re.DOTALL)
# Connects, disconnects, events and acks are python-socketio's where they are not ours; binary packets are nobody's.
_PASSED_ON = ("0", "1", "2", "3")

# (client, arguments, number of the ack): what answers an event that only reads. It may wait, for the database or for a
# password to be hashed. An answer that comes with more than an ack, such as all that follows, is a function: it is
# called after the rights were looked at again, and does not wait.
Service = Callable[[Client, Sequence[Any], int | None], Ack | Callable[[], Ack]]
# The same for an event that keeps a pace of its own, and answers later by itself: also if there is a refusal already.
PacedService = Callable[[Client, Sequence[Any], int | None, Refusal | None], None]
# (event, data, opts, caller, authorize): what makes a request of an event that writes, to be committed.
MakeRequest = Callable[[str, object, Options | None, Caller, Authorize], Request]


class Gateway:
    """Answers what the clients in `lobby` ask. Until the lobby is open that is `unavailable`, whatever they ask.

    `reachable()` says whether the database is: while it is not, what would have to ask it is refused at once.
    """

    def __init__(
        self,
        socketio: SocketIO,
        lobby: Lobby,
        committer: Committer,
        presence: Presence,
        *,
        rights: Rights,
        reachable: Callable[[], bool],
    ) -> None:
        self._server = socketio.server
        self.lobby = lobby
        self._committer = committer
        self._presence = presence
        self._rights = rights
        self._reachable = reachable
        self._services: dict[str, Service] = {}
        self._paced: dict[str, PacedService] = {}
        self._from_memory: set[str] = set()
        self._unhurried: set[str] = set()
        self._refused: dict[object, Callable[[Refusal], Ack]] = {}
        self._writes: dict[str, MakeRequest] = {
            event: partial(write_request, resource=resource)
            for resource in Resource.registry.values()
            for event in resource.events
        }
        self.tally = Tally(self._writes)

    def listen(self) -> None:
        """Take the place of python-socketio's handlers for the default namespace."""
        self._server.eio.on("message", self._receive)
        self._pass_event = self._server._handle_event
        self._server._handle_event = self._handle_other_event

    def serve(
        self,
        event: str,
        service: Service,
        *,
        from_memory: bool = False,
        unhurried: bool = False,
        refused: Callable[[Refusal], Ack] = Ack.refused,
    ) -> None:
        """Let `service` answer `event`, for those whom the rights permit it.

        One that answers from memory is asked even while the database cannot be reached. One that is unhurried waits for
        other things than the database, and says itself for how long that may take. `refused` makes the answer when the
        event is refused before or instead.
        """
        if unhurried:
            self._unhurried.add(event)
        self._services[event] = service
        self._refused[event] = refused
        if from_memory:
            self._from_memory.add(event)
        self.tally.know(event)

    def pace(self, event: str, service: PacedService) -> None:
        """Let `service` answer `event`, however often it comes; it says itself who may ask, and when it answers."""
        self._paced[event] = service
        self.tally.know(event)

    def write(self, event: str, make_request: MakeRequest) -> None:
        """Let `event` be committed as the request that `make_request` makes of it."""
        self._writes[event] = make_request
        self.tally.know(event)

    def _receive(self, eio_sid: str, text: str) -> None:
        """One Socket.IO packet. What cannot be parsed raises, and the transport ends the connection."""
        match = _EVENT.fullmatch(text)
        client = self.lobby.find(eio_sid)
        if match is None:
            if text[:1] not in _PASSED_ON:
                raise ValueError("binary, or no packet at all")
            self._server._handle_eio_message(eio_sid, text)
            if client is None and (client := self.lobby.find(eio_sid)) is not None:
                self.lobby.welcome(client)
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
                self._handle(client, event, args, number, is_too_deep(match[2], [event, *args]))

    def _handle_other_event(self, eio_sid: str, namespace: str | None, number: int | None, data: object) -> None:
        """Events of other namespaces are python-socketio's. One of ours got here by a spelling that we don't read."""
        if namespace in (None, "/"):
            raise ValueError("an event of the default namespace, oddly spelled")
        self._pass_event(eio_sid, namespace, number, data)

    def _handle(self, client: Client, event: object, args: list[Any], number: int | None, too_deep: bool) -> None:
        if isinstance(event, str) and event in self._paced:
            # It has a pace of its own, and takes nothing away from other events.
            client.socket.allowance.give_back()
            self._paced[event](client, args, number, _too_deep() if too_deep else None)
            return
        with_meta = len(args) > 1
        refused = self._refused.get(event, Ack.refused) if isinstance(event, str) else Ack.refused
        try:
            if client.socket.allowance.owed:
                brake.refuse(client.socket.allowance, client.caller)
            if not isinstance(event, str):
                raise unknown_event()
            if too_deep:
                raise _too_deep()
            self.permit(client.caller, event)
            make_request = self._writes.get(event)
            if make_request is not None:
                self._submit(client, event, make_request, args, number)
                return
            ack = self._serve(client, event, args, number)
        except Refusal as refusal:
            ack = refused(refusal)
            if refusal.code in (Code.UNAUTHORIZED, Code.FORBIDDEN):
                audit.denied(client.caller, event, refusal.code)
        except UNREACHABLE as error:
            defect = not isinstance(error, OperationalError | PoolTimeout)
            logger.warning("%r could not reach the database: %s", event, one_line(error), exc_info=defect)
            ack = refused(unavailable())
        except Exception:
            reference = secrets.token_hex(4)
            logger.exception("%r failed, reference %s", event, reference)
            ack = refused(internal(reference))
        self.tally.count(event, ack)
        client.wait_for_answers()
        client.ack(number, ack, with_meta)

    def permit(self, caller: Caller, event: str) -> None:
        """Refuse an event that is not for this caller, or for nobody yet."""
        if not self.lobby.is_open:
            raise unavailable()
        self._rights.permit(caller, event)

    def _serve(self, client: Client, event: str, args: list[Any], number: int | None) -> Ack:
        service = self._services.get(event)
        if service is None:
            raise unknown_event()
        client.wait_for_answers()
        # Whoever waited may be somebody else by now: for the answers to earlier requests, or for the service.
        self._rights.permit(client.caller, event)
        if event not in self._from_memory and not self._reachable():
            raise unavailable()
        with nullcontext() if event in self._unhurried else within():
            answer = service(client, args, number)
        self._rights.permit(client.caller, event)
        ack = answer if isinstance(answer, Ack) else answer()
        self._presence.look(client)
        return ack

    def _submit(
        self, client: Client, event: str, make_request: MakeRequest, args: list[Any], number: int | None
    ) -> None:
        """Let a request be committed. Its rights are those that the client has when its turn comes."""

        def authorize(caller: Caller, *write: Any) -> None:
            self._rights.permit(client.caller, event)
            self._rights.authorize(client.caller, *write)

        def still(connection: Connection) -> None:
            self._rights.permit(client.caller, event)
            made(connection)

        def answer(ack: Ack) -> None:
            if not self._rights.may_read(client.caller):
                # Records are not shown any more, not even in the answer to a write that was committed just before.
                ack = Ack() if ack.ok else Ack.refused(unauthorized())
            elif request.answered_for not in (None, client.view) and not client.view.is_whole:
                # It sees something else by now, and warnings are about other records.
                meta = {key: ack.meta[key] for key in ack.meta if key != "warnings"}
                ack = Ack(meta=meta) if ack.ok else Ack.refused(forbidden())
            client.finish(number, ack, with_meta=len(args) > 1)

        data, opts = split(args)
        request = make_request(event, data, opts, client.caller, authorize)
        request.view = lambda: client.view
        request.check = opts is not None and opts.check
        made, request.authorize = request.authorize, still
        client.begin()
        self._committer.submit(request, self.tally.counting(event, answer))
        client.wait_for_room()


def _too_deep() -> Refusal:
    return malformed(f"This is nested too deep: {MOST_LEVELS} levels are the most.")


def _decode(text: str) -> list[Any]:
    """The event's name and its arguments."""
    try:
        array = decode(text)
    except JSONDecodeError:
        raise malformed("This is not JSON. Numbers must be finite, text valid Unicode.") from None
    if not isinstance(array, list) or not array:
        raise malformed("An event is an array that begins with its name.")
    return array
