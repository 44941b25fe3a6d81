"""Socket.IO packets of clients: an event becomes a call of its namespace's dispatcher.

Events are read here, not by python-socketio: it sends no ack for what it cannot handle (socketio/server.py:610), and
calls `connect` for a client that emits an event of that name (server.py:612). Connects and disconnects are left to it.
"""

import re
from json import JSONDecodeError
from typing import Any

from socketio import Server

from server.realtime.gateway.dispatcher import Dispatcher
from server.realtime.protocol.errors import Refusal, malformed
from server.realtime.protocol.json import MOST_LEVELS, decode, is_too_deep
from server.realtime.transport import socketio_internals

# An event: "2", the namespace unless it is the default, the number of the ack if there is to be one, JSON.
_EVENT = re.compile(r"2(?:(/[^,?]+)(?:\?[^,]*)?,)?([0-9]{0,15})((?!/).*)", re.ASCII | re.DOTALL)
# Connects, disconnects and acks are python-socketio's; binary packets are refused.
_PASSED_ON = ("0", "1", "3")
_TOO_DEEP = f"This is nested too deep: {MOST_LEVELS} levels are the most."


class Packets:
    """Reads what clients send, and hands events to the dispatcher of their namespace."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._dispatchers: dict[str, Dispatcher[Any]] = {}
        socketio_internals.take_packets(server, self.receive)

    def serve(self, namespace: str, dispatcher: Dispatcher[Any]) -> None:
        """Let `dispatcher` answer the events of this namespace."""
        self._dispatchers[namespace] = dispatcher

    def receive(self, eio_sid: str, text: str) -> None:
        """Handle one packet. Raises ValueError, on which the transport ends the connection, if it is none."""
        match = _EVENT.fullmatch(text)
        if match is None:
            if text[:1] not in _PASSED_ON:
                raise ValueError("binary, or no packet at all")
            self._pass_on(eio_sid, text)
            return
        namespace, digits, body = match.groups()
        dispatcher = self._dispatchers.get(namespace or "/")
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
        """Let python-socketio handle a packet, and greet the client that it may have connected."""
        new = [each.connections for each in self._dispatchers.values() if each.connections.find(eio_sid) is None]
        socketio_internals.pass_on(self._server, eio_sid, text)
        for connections in new:
            if (client := connections.find(eio_sid)) is not None:
                connections.send_greeting(client)


def _decode(text: str) -> list[Any]:
    """The event's name and its arguments."""
    try:
        array = decode(text)
    except JSONDecodeError:
        raise malformed("This is not JSON. Numbers must be finite, text valid Unicode.") from None
    if not isinstance(array, list) or not array:
        raise malformed("An event is an array that begins with its name.")
    return array
