"""One websocket as an Engine.IO socket: the handshake and the packets; frames are those of `reader` and `outbox`.

It replaces python-engineio's socket, which has a queue, two greenlets and a frame of its own for each client of a
broadcast. Websocket is the only transport: polling would lose requests (engineio/payload.py:43).
"""

import logging
import sys
import time
from collections.abc import Callable
from typing import Any

from engineio.packet import Packet
from engineio.server import Server
from gevent.socket import IPPROTO_TCP, TCP_NODELAY
from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, Request
from wsproto.utilities import ProtocolError

from server.realtime.transport.address import AddressOf
from server.realtime.transport.connection_limit import ConnectionLimit
from server.realtime.transport.outbox import Outbox, close_frame, frame
from server.realtime.transport.rate_limits import Allowance, Limits
from server.realtime.transport.reader import PROTOCOL_ERROR, Reader, Unreadable
from server.realtime.transport.socketio_internals import Connect

logger = logging.getLogger("spotter.transport")

GOING_AWAY, TRY_AGAIN_LATER = 1001, 1013
_BAD_REQUEST = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_PING = frame(b"2")
_PONG = frame(b"3")


class WebSocket:
    """An Engine.IO client. python-engineio uses `send`, `close`, `closed`, `session` and `check_ping_timeout` of it."""

    upgraded = connected = True

    def __init__(self, server: Server, sid: str, most_bytes: int, most_backlog: int, allowance: Allowance) -> None:
        self.server = server
        self.sid = sid
        self.allowance = allowance
        self.session: dict[str, Any] = {}
        # The name by which the client reaches the server, as its Host header has it.
        self.host = ""
        self.closed = False
        self.opened = self.pinged = time.monotonic()
        self.awaits_pong = False
        # `outbox.sent` when it last grew, or when there was no backlog, and when that was.
        self.progress = (0, self.opened)
        self.outbox: Outbox
        self._most_bytes = most_bytes
        self._most_backlog = most_backlog
        # Of python-engineio's reasons, the one why it ended.
        self.reason: str = server.reason.TRANSPORT_CLOSE

    def serve(self, environ: dict[str, Any], hello: bytes) -> None:
        """Shake hands, send `hello`, and read until the connection ends. Runs in the connection's greenlet."""
        self.host = environ.get("HTTP_HOST", "")
        file = environ["wsgi.input"]
        sock = file.raw._sock
        # To free its buffer, and so that the WSGI server expects no further request.
        file.close()
        sock.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        # The handshake's answer goes through it, too: the heartbeat finds a client that does not read.
        self.outbox = Outbox(sock._sock)
        answer = _handshake(environ)
        self.outbox.send(_BAD_REQUEST if answer is None else answer + frame(hello))
        try:
            if answer is not None:
                reader = Reader(sock, self.outbox, self.allowance, self._most_bytes, self._most_backlog)
                for text in reader.messages():
                    self._receive(text)
                    if self.closed:
                        break
        except Unreadable as unreadable:
            self.end(unreadable.code)
        except OSError:
            pass
        finally:
            self.outbox.close()

    def _receive(self, text: str) -> None:
        """Handle an Engine.IO packet; anything else ends the connection."""
        kind = text[:1]
        if kind == "4":
            try:
                self.server.handlers["message"](self.sid, text[1:])
            except Exception:
                logger.info("a malformed message ended %s: %s", self.sid, sys.exc_info()[0])
                self.end(PROTOCOL_ERROR)
        elif kind == "3":
            self.awaits_pong = False
        elif kind == "2":
            self.outbox.send(_PONG)
        elif kind == "1":
            self.close(reason=self.server.reason.CLIENT_DISCONNECT)
        elif kind != "6":
            self.end(PROTOCOL_ERROR)

    def ping(self) -> None:
        """Send a ping, as clients expect at each interval, whatever else they are sent."""
        self.pinged = time.monotonic()
        self.awaits_pong = True
        self.outbox.send(_PING)

    def send(self, packet: Packet) -> None:
        """Send an Engine.IO packet."""
        encoded = packet.encode()
        if isinstance(encoded, str):
            self.outbox.send(frame(encoded.encode()))

    def end(self, code: int) -> None:
        """Send a close frame with `code`, and close."""
        self.outbox.send(close_frame(code))
        self.close()

    def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:
        """Close; the greenlet that reads sees the end, and cleans up."""
        self.closed = True
        self.reason = reason or self.reason
        self.outbox.close()

    def check_ping_timeout(self) -> bool:
        """Whether python-engineio may send; pings are the heartbeat's."""
        return not self.closed


def _handshake(environ: dict[str, Any]) -> bytes | None:
    """The answer to an upgrade, None if it is none.

    Extensions are not negotiated: deflate takes five times the CPU, and a small message may inflate to a huge one.
    """
    headers = [
        (key[5:].replace("_", "-").encode(), value.encode("latin-1"))
        for key, value in environ.items()
        if key.startswith("HTTP_") and key != "HTTP_SEC_WEBSOCKET_EXTENSIONS"
    ]
    handshake = WSConnection(ConnectionType.SERVER)
    try:
        handshake.initiate_upgrade_connection(headers, environ["PATH_INFO"])
        for event in handshake.events():
            if isinstance(event, Request):
                return handshake.send(AcceptConnection())
    except ProtocolError:
        pass
    return None


def connect(
    server: Server,
    most_bytes: int,
    most_backlog: int,
    *,
    allows_host: Callable[[str], bool],
    address_of: AddressOf,
    connection_limit: ConnectionLimit,
    limits: Limits,
) -> Connect:
    """What serves new connections: one WebSocket for each."""
    hello = {
        "upgrades": [],
        "pingTimeout": int(server.ping_timeout * 1000),
        "pingInterval": int(server.ping_interval * 1000),
        "maxPayload": most_bytes,
    }

    def handle_connect(environ: dict[str, Any], start_response: Callable[..., Any], *_: object) -> list[bytes]:
        if not allows_host(environ.get("HTTP_HOST", "")):
            start_response("400 Bad Request", [("Content-Type", "text/plain")])
            return [b"This server does not answer to that name."]
        address = address_of(environ)
        if not connection_limit.acquire(address):
            start_response("429 Too Many Requests", [("Content-Type", "text/plain"), ("Retry-After", "10")])
            return [b"There are too many connections from your address."]
        socket = WebSocket(server, server.generate_id(), most_bytes, most_backlog, limits.allowance(address))
        try:
            server.sockets[socket.sid] = socket
            server.handlers["connect"](socket.sid, environ)
            socket.serve(environ, Packet(0, {"sid": socket.sid, **hello}).encode().encode())
        finally:
            connection_limit.release(address)
            socket.closed = True
            server.handlers["disconnect"](socket.sid, socket.reason)
            server.sockets.pop(socket.sid, None)
        return []

    return handle_connect
