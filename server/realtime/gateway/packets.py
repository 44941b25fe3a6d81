"""Socket.IO packets in: an event becomes a call of what answers its namespace.

Events are taken off the wire here, not by python-socketio's dispatcher: that one loses the ack of whatever it cannot
handle (socketio/server.py:610) and calls `connect` for a client that emits an event of that name (server.py:612).
Connecting and disconnecting are python-socketio's.
"""

import re
from json import JSONDecodeError
from typing import Any

from socketio import Server

from server.realtime.gateway.dispatcher import Dispatcher
from server.realtime.protocol.errors import Refusal
from server.realtime.protocol.errors import malformed
from server.realtime.protocol.json import MOST_LEVELS
from server.realtime.protocol.json import decode
from server.realtime.protocol.json import is_too_deep
from server.realtime.transport import socketio_internals

# An event: "2", the namespace unless it is the default, the ack's number if one is wanted, JSON.
_EVENT = re.compile(r"2(?:(/[^,?]+)(?:\?[^,]*)?,)?([0-9]{0,15})((?!/).*)", re.ASCII | re.DOTALL)
# Connects, disconnects and acks are python-socketio's; binary packets are refused.
_PASSED_ON = ("0", "1", "3")
_TOO_DEEP = f"This is nested too deep: {MOST_LEVELS} levels are the most."


class Packets:
    """Reads what clients send, and hands it to what is served on its namespace."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._served: dict[str, Dispatcher[Any]] = {}
        socketio_internals.take_packets(server, self.receive)

    def serve(self, namespace: str, dispatcher: Dispatcher[Any]) -> None:
        """Let `dispatcher` answer the events of this namespace."""
        self._served[namespace] = dispatcher

    def receive(self, eio_sid: str, text: str) -> None:
        """One packet. What is none raises, and the transport ends the connection."""
        match = _EVENT.fullmatch(text)
        if match is None:
            if text[:1] not in _PASSED_ON:
                raise ValueError("binary, or no packet at all")
            self._pass_on(eio_sid, text)
            return
        namespace, digits, body = match.groups()
        dispatcher = self._served.get(namespace or "/")
        if dispatcher is None or (client := dispatcher.connections.find(eio_sid)) is None:
            return
        number = int(digits) if digits else None
        try:
            event, *args = _decode(body)
        except Refusal as refusal:
            dispatcher.refuse(client, number, refusal)
        else:
            too_deep = is_too_deep(body, [event, *args])
            dispatcher.handle(client, event, args, number, malformed(_TOO_DEEP) if too_deep else None)

    def _pass_on(self, eio_sid: str, text: str) -> None:
        namespaces = [dispatcher.connections for dispatcher in self._served.values()]
        before = [clients.find(eio_sid) for clients in namespaces]
        socketio_internals.pass_on(self._server, eio_sid, text)
        for clients, known in zip(namespaces, before, strict=True):
            if known is None and (client := clients.find(eio_sid)) is not None:
                clients.welcome(client)


def _decode(text: str) -> list[Any]:
    """The event's name and its arguments."""
    try:
        array = decode(text)
    except JSONDecodeError:
        raise malformed("This is not JSON. Numbers must be finite, text valid Unicode.") from None
    if not isinstance(array, list) or not array:
        raise malformed("An event is an array that begins with its name.")
    return array
