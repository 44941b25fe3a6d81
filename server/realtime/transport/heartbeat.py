"""One clock for all sockets: pings, and the end of those that are silent, stalled or never finish connecting."""

import time

import gevent
from engineio.server import Server

from server.realtime.transport.reader import PROTOCOL_ERROR
from server.realtime.transport.websocket import WebSocket

_TURN_SECONDS = 1.0
_CONNECT_SECONDS = 5.0
_STALL_SECONDS = 30.0


class Heartbeat:
    """Looks at every socket each second. A socket that connected to a namespace has `joined` in its session."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def start(self) -> gevent.Greenlet:
        """Turn until killed."""
        return gevent.spawn(self._run)

    def _run(self) -> None:
        while True:
            gevent.sleep(_TURN_SECONDS)
            now = time.monotonic()
            for socket in list(self._server.sockets.values()):
                if not socket.closed and hasattr(socket, "outbox"):
                    self._look_at(socket, now)

    def _look_at(self, socket: WebSocket, now: float) -> None:
        server = self._server
        if socket.awaits_pong:
            if now - socket.pinged > server.ping_timeout:
                socket.close(reason=server.reason.PING_TIMEOUT)
        elif now - socket.pinged > server.ping_interval:
            socket.ping()
        if not socket.session.get("joined") and now - socket.opened > _CONNECT_SECONDS:
            socket.end(PROTOCOL_ERROR)
        self._watch_progress(socket, now)

    def _watch_progress(self, socket: WebSocket, now: float) -> None:
        """End a socket that has not read a byte of its backlog for long: it may answer pings, and never reads."""
        sent, since = socket.progress
        if not socket.outbox.backlog or socket.outbox.sent != sent:
            socket.progress = (socket.outbox.sent, now)
        elif now - since > _STALL_SECONDS:
            socket.close(reason=self._server.reason.TRANSPORT_ERROR)
