"""The sending side of a websocket: a message is framed once for all clients that get it, and sent without waiting."""

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
    """A close frame with a status code of RFC 6455, 7.4."""
    return frame(code.to_bytes(2, "big"), _CLOSE)


def header(size: int, opcode: int = _TEXT) -> bytes:
    """The header of a frame with a payload of `size` bytes."""
    if size < 126:
        return bytes((opcode, size))
    if size < 65536:
        return bytes((opcode, 126)) + size.to_bytes(2, "big")
    return bytes((opcode, 127)) + size.to_bytes(8, "big")


class Outbox:
    """Sends frames on a non-blocking socket, in order, each whole unless the connection breaks.

    What the kernel does not take waits in a backlog of `backlog` bytes; `on_drained` is called from the event loop when
    it is empty again. The outbox drops nothing: senders check `backlog`. `sent` counts the bytes sent from a backlog.
    """

    __slots__ = ("_moved", "_parts", "_raw", "_watcher", "backlog", "closed", "on_drained", "sent")

    def __init__(self, raw: RawSocket) -> None:
        self._raw = raw
        self._parts: deque[memoryview] | None = None
        self._watcher: Any = None
        self._moved = Event()
        self.backlog = 0
        self.sent = 0
        self.closed = False
        self.on_drained: Callable[[], None] = lambda: None

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
        """Send nothing more, and shut the connection down: the reading side sees its end."""
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
        self._moved.set()

    def wait_for_room(self, most: int) -> None:
        """Block the greenlet until no more than `most` bytes wait, or it is closed."""
        while self.backlog > most and not self.closed:
            self._moved.clear()
            self._moved.wait()

    def _drain(self) -> None:
        self._send_parts()
        self._moved.set()

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

    def _unwatch(self) -> None:
        self._parts = None
        if self._watcher is not None:
            self._watcher.stop()
            self._watcher.close()
            self._watcher = None
