"""Pings all sockets, and closes those that are silent, stalled or never finish connecting."""

import time

import gevent
from engineio.server import Server

from server.realtime.transport.reader import PROTOCOL_ERROR
from server.realtime.transport.websocket import WebSocket

_LOOK_SECONDS = 1.0
_CONNECT_SECONDS = 5.0
_STALL_SECONDS = 30.0


class Heartbeat:
    """Checks every socket each second. One that connected to a namespace has `joined` in its session."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def start(self) -> gevent.Greenlet:
        """Check until killed."""
        return gevent.spawn(self._run)

    def _run(self) -> None:
        while True:
            gevent.sleep(_LOOK_SECONDS)
            now = time.monotonic()
            for socket in list(self._server.sockets.values()):
                if not socket.closed and hasattr(socket, "outbox"):
                    self._check(socket, now)

    def _check(self, socket: WebSocket, now: float) -> None:
        server = self._server
        if socket.awaits_pong:
            if now - socket.pinged > server.ping_timeout:
                socket.close(reason=server.reason.PING_TIMEOUT)
        elif now - socket.pinged > server.ping_interval:
            socket.ping()
        if not socket.session.get("joined") and now - socket.opened > _CONNECT_SECONDS:
            socket.end(PROTOCOL_ERROR)
        # A socket may answer pings, and take no byte of its backlog.
        sent, since = socket.progress
        if not socket.outbox.backlog or socket.outbox.sent != sent:
            socket.progress = (socket.outbox.sent, now)
        elif now - since > _STALL_SECONDS:
            socket.close(reason=server.reason.TRANSPORT_ERROR)
