"""The clients of `/test`: anybody is let in, greeted, and hears what is pushed."""

from collections.abc import Callable
from collections.abc import Iterable
from functools import partial

import gevent
import orjson
from socketio import Server

from server.live.ticker import Ticker
from server.realtime.gateway.namespace_clients import NamespaceClients
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.caller import Caller
from server.realtime.transport.namespace_client import NamespaceClient
from server.realtime.transport.outbox import frame
from server.realtime.transport.websocket import WebSocket

NAMESPACE = "/test"
_GREETING = orjson.dumps({"data": "Connected", "count": 0})


# Sends events, each a name and its argument, to all who listen.
Push = Callable[[Iterable[tuple[str, object]]], None]


class Listener(NamespaceClient):
    """One of them. Its acks have three keys, whatever it sends along."""

    def __init__(self, socket: WebSocket, sid: str) -> None:
        super().__init__(socket, sid, Caller(socket.allowance.address), NAMESPACE)
        self.greeted = False

    def ack(self, number: int | None, ack: Ack, with_meta: bool) -> None:
        """Answer request `number`."""
        super().ack(number, ack, with_meta=False)


class Listeners(NamespaceClients[Listener]):
    """While there are any, `tick(push, index, moment)` is called at each multiple of `seconds` (see Ticker)."""

    def __init__(self, server: Server, tick: Callable[[Push, int, float], None], seconds: float) -> None:
        super().__init__(server, NAMESPACE)
        self.ticker = Ticker(gevent.spawn, partial(tick, self.push), seconds)

    def enter(self, socket: WebSocket, sid: str, auth: object) -> Listener:
        """Let anybody in."""
        return Listener(socket, sid)

    def welcome(self, client: Listener) -> None:
        """Greet a client, and tick for it from now on."""
        client.emit("message", _GREETING)
        client.greeted = True
        self.ticker.join(client.sid)

    def leave(self, client: Listener) -> None:
        """Tick for one less."""
        self.ticker.leave(client.sid)

    def push(self, events: Iterable[tuple[str, object]]) -> None:
        """Send events to all. Who has not taken what came before is left out: a clock must not come late."""
        frames = [
            frame(b'42%b,["%b",%b]' % (NAMESPACE.encode(), event.encode(), orjson.dumps(data)))
            for event, data in events
        ]
        for client in self.clients:
            if client.greeted and not client.socket.outbox.backlog:
                for framed in frames:
                    client.socket.outbox.send(framed)
