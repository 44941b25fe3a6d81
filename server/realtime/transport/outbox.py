"""The websocket's sending side: a message is framed once for all who get it, and sent without waiting."""

from collections import deque
from collections.abc import Callable
from socket import socket as RawSocket
from typing import Any

from gevent import get_hub
from gevent.event import Event

_WRITE = 2
_TEXT = 0x81
_CLOSE = 0x88


def frame(payload: bytes, opcode: int = _TEXT) -> bytes:
    """`payload` as one unmasked websocket frame (RFC 6455, 5.2), a text message unless `opcode` says otherwise."""
    return header(len(payload), opcode) + payload


def close_frame(code: int) -> bytes:
    """The frame that ends a websocket, with a status code of RFC 6455, 7.4."""
    return frame(code.to_bytes(2, "big"), _CLOSE)


def header(size: int, opcode: int = _TEXT) -> bytes:
    """What goes before a payload of `size` bytes, for one that is sent in parts."""
    if size < 126:
        return bytes((opcode, size))
    if size < 65536:
        return bytes((opcode, 126)) + size.to_bytes(2, "big")
    return bytes((opcode, 127)) + size.to_bytes(8, "big")


class Outbox:
    """Sends frames on a non-blocking socket, in order, each whole or (when the connection breaks) not to its end.

    What the kernel does not take waits in a backlog; `backlog` is its size in bytes, and `on_drained` is called from
    the event loop when it is empty again. Senders look at `backlog` and hold back: the outbox drops nothing.
    """

    __slots__ = ("_moved", "_parts", "_raw", "_watcher", "backlog", "closed", "on_drained", "sent")

    def __init__(self, raw: RawSocket) -> None:
        self._raw = raw
        self._parts: deque[memoryview] | None = None
        self._watcher: Any = None
        # Set when some of the backlog was sent, while somebody waits for that.
        self._moved: Event | None = None
        self.backlog = 0
        # Of what waited, in bytes.
        self.sent = 0
        self.closed = False
        self.on_drained: Callable[[], None] = _nothing

    def send(self, framed: bytes) -> None:
        """Send a frame, now if the kernel takes it, else when it does. Never blocks, never raises."""
        if self.closed:
            return
        if self._parts is None:
            try:
                taken = self._raw.send(framed)
            except BlockingIOError:
                taken = 0
            except OSError:
                self.close()
                return
            if taken == len(framed):
                return
            self._parts = deque((memoryview(framed)[taken:],))
            self.backlog = len(framed) - taken
            self._watcher = get_hub().loop.io(self._raw.fileno(), _WRITE)
            self._watcher.start(self._drain)
        else:
            self._parts.append(memoryview(framed))
            self.backlog += len(framed)

    def close(self) -> None:
        """Send nothing more, and let the reading side see the end of the connection."""
        if self.closed:
            return
        self.closed = True
        self._unwatch()
        self.backlog = 0
        try:
            self._raw.shutdown(2)
        except OSError:
            pass
        self.on_drained()
        self._tell()

    def wait_for_room(self, most: int) -> None:
        """Block this greenlet, the only one that may, until no more than `most` bytes wait, or it is closed."""
        while self.backlog > most and not self.closed:
            self._moved = Event()
            self._moved.wait()
        self._moved = None

    def _drain(self) -> None:
        self._send_parts()
        self._tell()

    def _send_parts(self) -> None:
        parts = self._parts
        while parts:
            try:
                taken = self._raw.send(parts[0])
            except BlockingIOError:
                return
            except OSError:
                self.close()
                return
            self.sent += taken
            self.backlog -= taken
            if taken < len(parts[0]):
                parts[0] = parts[0][taken:]
                return
            parts.popleft()
        self._unwatch()
        self.on_drained()

    def _tell(self) -> None:
        if self._moved is not None:
            self._moved.set()

    def _unwatch(self) -> None:
        self._parts = None
        if self._watcher is not None:
            self._watcher.stop()
            self._watcher.close()
            self._watcher = None


def _nothing() -> None:
    """What an outbox calls until somebody listens."""
