"""The clients of `/test`: anybody may connect, is sent a greeting, and then what is pushed."""

from collections.abc import Callable, Iterable
from functools import partial

import orjson
from socketio import Server

from server.live.ticker import Ticker
from server.realtime.gateway.namespace import NamespaceClients
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.caller import Caller
from server.realtime.transport.namespace_client import NamespaceClient
from server.realtime.transport.outbox import frame
from server.realtime.transport.websocket import WebSocket

NAMESPACE = "/test"
_GREETING = orjson.dumps({"data": "Connected", "count": 0})

# Sends events, each a name and its argument, to all listeners.
Push = Callable[[Iterable[tuple[str, object]]], None]


class Listener(NamespaceClient):
    """One client. Its acks never have meta."""

    def __init__(self, socket: WebSocket, sid: str) -> None:
        super().__init__(socket, sid, Caller(socket.allowance.address), NAMESPACE)
        self.greeted = False

    def ack(self, number: int | None, ack: Ack, with_meta: bool) -> None:
        """As for others, without meta."""
        super().ack(number, ack, with_meta=False)


class Listeners(NamespaceClients[Listener]):
    """All of them. While there are any, `tick(push, index, moment)` is called as `ticker` says."""

    def __init__(self, server: Server, tick: Callable[[Push, int, float], None], seconds: float) -> None:
        super().__init__(server, NAMESPACE)
        self.ticker = Ticker(partial(tick, self.push), seconds)

    def make_client(self, socket: WebSocket, sid: str, auth: object) -> Listener:
        """A listener: anybody may connect."""
        return Listener(socket, sid)

    def send_greeting(self, client: Listener) -> None:
        """Greet a client, and push ticks to it from now on."""
        client.emit("message", _GREETING)
        client.greeted = True
        self.ticker.join(client.sid)

    def on_disconnect(self, client: Listener) -> None:
        """Push no more ticks to it."""
        self.ticker.leave(client.sid)

    def push(self, events: Iterable[tuple[str, object]]) -> None:
        """Send events to all but those with a backlog: they would get the time late."""
        frames = [
            frame(b'42%b,["%b",%b]' % (NAMESPACE.encode(), event.encode(), orjson.dumps(data)))
            for event, data in events
        ]
        for client in self.clients:
            if client.greeted and not client.socket.outbox.backlog:
                for framed in frames:
                    client.socket.outbox.send(framed)
