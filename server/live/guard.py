"""What stands before python-socketio on a namespace whose handlers are the ordinary ones."""

import re
from typing import Any

from socketio.packet import ACK

from server.live.answer import refused
from server.realtime.errors import Refusal
from server.realtime.errors import malformed
from server.realtime.errors import unknown_event

# A client that emits one of the first two would run the handlers of the server's own events (socketio/server.py:612).
# Under the third name the catch-all handler is found as if it were no catch-all: it takes the first argument for a sid.
_NOT_FOR_CLIENTS = ("connect", "disconnect", "*")


class Guard:
    """Answers the requests that python-socketio would lose or mistake.

    What never reaches a handler, but has an ack id, gets its one ack here: JSON that is none, an event without a name,
    names that are the server's own. Binary packets end the connection: python-socketio keeps what comes after one, as
    its attachments, without a limit (socketio/packet.py:87).
    """

    def __init__(self, server: Any, namespace: str) -> None:
        self._server = server
        self._namespace = namespace
        self._number = re.compile(rf"2{re.escape(namespace)},([0-9]{{0,15}})(?![0-9])", re.ASCII)
        self._pass_message = server._handle_eio_message
        self._pass_event = server._handle_event

    def stand(self) -> None:
        """Take the place before python-socketio's two entrances: the packet as text, the event once it is parsed."""
        self._server._handle_eio_message = self._receive
        self._server._handle_event = self._handle_event

    def behind(self, room: str) -> list[str]:
        """The clients of a room that have not taken yet what was sent to them."""
        sockets = self._server.eio.sockets
        participants = self._server.manager.get_participants(self._namespace, room)
        return [sid for sid, eio_sid in participants if eio_sid in sockets and sockets[eio_sid].outbox.backlog]

    def _receive(self, eio_sid: str, text: str) -> None:
        try:
            self._pass_message(eio_sid, text)
        except ValueError:
            # Not JSON, or a number that Python does not read.
            match = self._number.match(text)
            if match is None:
                raise
            number = int(match[1]) if match[1] else None
            self._refuse(eio_sid, number, malformed("This is not JSON. Numbers must be finite, text Unicode."))
        if self._server._binary_packet.pop(eio_sid, None) is not None:
            raise ValueError("binary data")

    def _handle_event(self, eio_sid: str, namespace: str | None, number: int | None, data: object) -> None:
        if namespace == self._namespace and (refusal := _refusal(data)) is not None:
            self._refuse(eio_sid, number, refusal)
        else:
            self._pass_event(eio_sid, namespace, number, data)

    def _refuse(self, eio_sid: str, number: int | None, refusal: Refusal) -> None:
        server = self._server
        sid = server.manager.sid_from_eio_sid(eio_sid, self._namespace)
        if number is not None and server.manager.is_connected(sid, self._namespace):
            answer = [refused(refusal)]
            server._send_packet(eio_sid, server.packet_class(ACK, namespace=self._namespace, id=number, data=answer))


def _refusal(data: object) -> Refusal | None:
    """Why these are no event and its arguments, if so."""
    if not isinstance(data, list) or not data:
        return malformed("An event is an array that begins with its name.")
    name = data[0]
    if not isinstance(name, str) or name in _NOT_FOR_CLIENTS:
        return unknown_event()
    return None
