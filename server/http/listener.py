"""The WSGI server, with limits: time for a request to arrive and its answer to be read, and connections by address."""

import errno
import re
import socket
import struct
import time
from array import array
from contextlib import suppress
from fcntl import ioctl
from termios import TIOCOUTQ
from typing import Any, BinaryIO

import gevent
from gevent.pywsgi import WSGIHandler, WSGIServer

from server.realtime.transport.address import owner
from server.realtime.transport.connection_limit import ConnectionLimit
from server.realtime.transport.time_slice import PAUSE_SECONDS

# Also how long an idle connection is kept for the next request.
_ARRIVAL_SECONDS = 10.0
# A client that reads fewer bytes of an answer in so many seconds is disconnected: slower than any telephone.
_READING_SECONDS = 20.0
_LEAST_BYTES = 8_000
# Python reads headers of six megabytes, and takes seconds for some of them.
_MOST_HEADER_BYTES = 16_384
# No header has a control character but the tab; with many of them the parser is slow.
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_BAD_REQUEST = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_CROWDED = b"HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nRetry-After: 10\r\nContent-Length: 0\r\n\r\n"
_UNREAD_BYTES = 131_072
_RESET = struct.pack("ii", 1, 0)


class _TooLong(ValueError):
    """The headers are longer than `_MOST_HEADER_BYTES`."""


class _Headers:
    """The header lines of a request, checked as they are read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._left = _MOST_HEADER_BYTES

    def readline(self, size: int) -> bytes:
        """The next line. Raises ValueError."""
        line = self._file.readline(min(size, self._left + 1))
        self._left -= len(line)
        if self._left < 0:
            raise _TooLong
        if _CONTROL.search(line.removesuffix(b"\n").removesuffix(b"\r")):
            raise ValueError("a control character in a header")
        return line


class Handler(WSGIHandler):  # type: ignore[misc]
    """Closes a connection whose request has not arrived in time, or whose answer is not read."""

    def handle_one_request(self) -> Any:
        """Read and answer one request; None when there is none, or none in time, or it was refused."""
        # A client that sends requests without waiting for the answers takes no more of the process than others.
        gevent.sleep(PAUSE_SECONDS)
        self._arrival = gevent.Timeout.start_new(_ARRIVAL_SECONDS)
        try:
            result = super().handle_one_request()
            if isinstance(result, tuple):
                self._sendall(result[1])
                return None
            return result
        except gevent.Timeout as timeout:
            if timeout is not self._arrival:
                raise
            return None
        except OSError:
            return None
        finally:
            self._arrival.close()

    def read_request(self, raw_requestline: str) -> Any:
        """Read the headers. After them there is no limit of time: it may be a websocket."""
        try:
            arrived = super().read_request(raw_requestline)
        finally:
            self._arrival.close()
        # No route takes a body; the WSGI server would read one to its end, however long and slow.
        if self.content_length or "transfer-encoding" in self.headers:
            return False
        return arrived

    def MessageClass(self, file: BinaryIO, *rest: Any) -> Any:
        """The headers, read from the connection."""
        return super().MessageClass(_Headers(file), *rest)

    def _handle_client_error(self, error: Exception) -> Any:
        # Not logged: anybody could fill the disk, eight kilobytes a line.
        return ("431", _TOO_LONG) if isinstance(error, _TooLong) else ("400", _BAD_REQUEST)

    def _sendall(self, data: bytes) -> None:
        left = memoryview(data)
        checked, unread = time.monotonic(), len(left) + self._unread()
        while left:
            with gevent.Timeout(_READING_SECONDS, False):
                left = left[self.socket.send(left) :]
            if time.monotonic() - checked < _READING_SECONDS:
                continue
            remaining = len(left) + self._unread()
            if left and unread - remaining < _LEAST_BYTES:
                # Also what the kernel holds of it is dropped.
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                raise OSError(errno.EPIPE, "the answer is not read")
            checked, unread = time.monotonic(), remaining
        self.response_length += len(data)

    def _unread(self) -> int:
        """How many bytes the kernel holds that the peer has not acknowledged."""
        unread = array("i", [0])
        with suppress(OSError):
            ioctl(self.socket.fileno(), TIOCOUTQ, unread)
        return unread[0]


class Listener(WSGIServer):  # type: ignore[misc]
    """Accepts connections, of one address as many as `limit` allows."""

    handler_class = Handler

    def __init__(self, sock: socket.socket, application: Any, limit: ConnectionLimit, **options: Any) -> None:
        super().__init__(sock, application, **options)
        self._connections = limit

    def init_socket(self) -> None:
        """Listen. Without a bound the kernel buffers six megabytes of each client that sends more than is read."""
        super().init_socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _UNREAD_BYTES)

    def handle(self, sock: Any, address: Any) -> None:
        """Serve one connection until it ends."""
        client = owner(address[0])
        if not self._connections.acquire(client):
            sock.sendall(_CROWDED)
            return
        try:
            super().handle(sock, address)
        finally:
            self._connections.release(client)
