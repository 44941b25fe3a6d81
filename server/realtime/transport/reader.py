"""The reading side of a websocket: messages, read no faster than the limits allow, and in turn with other sockets.

A frame costs 5 to 20 microseconds, whatever is in it, and gevent switches greenlets only where one waits: without
pauses a socket that sends and sends would be the only one served.
"""

import time
from collections.abc import Iterator
from typing import Any

import gevent
from wsproto.events import BytesMessage, CloseConnection, Event, Message, Ping, TextMessage
from wsproto.utilities import ProtocolError

from server.realtime.transport.frame_parser import FrameParser
from server.realtime.transport.outbox import Outbox
from server.realtime.transport.rate_limits import Allowance
from server.realtime.transport.time_slice import PAUSE_SECONDS

PROTOCOL_ERROR, UNSUPPORTED, TOO_BIG = 1002, 1003, 1009
_CHUNK = 16_384
# A socket is read for so long in a row, then others are.
_TURN_SECONDS = 0.001
# A read that takes longer has waited.
_WAITED_SECONDS = 0.000_05
# After a read of less than this without a whole frame the next waits for more: a read costs as much as a frame.
_SMALL_READ = 1_024
_GATHER_SECONDS = 0.001


class Unreadable(Exception):
    """A message that breaks the protocol or a limit: the websocket is closed with `code` (RFC 6455, 7.4)."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Reader:
    """Reads one connection. Every frame counts as a request in `allowance`, whatever is in it.

    Before the next frame it waits until the last one is paid for, and until the client has taken all but `most_backlog`
    bytes of what it was sent, answers to pings included.
    """

    def __init__(self, sock: Any, outbox: Outbox, allowance: Allowance, most_bytes: int, most_backlog: int) -> None:
        self._sock = sock
        self._outbox = outbox
        self._allowance = allowance
        self._most_bytes = most_bytes
        self._most_backlog = most_backlog
        self._frames = FrameParser()
        self._began = 0.0

    def messages(self) -> Iterator[str]:
        """The text messages, until the connection ends. Raises Unreadable, and OSError when it breaks."""
        parts: list[str] = []
        size = 0
        for event in self._events():
            if isinstance(event, str):
                if _size(event) > self._most_bytes:
                    raise Unreadable(TOO_BIG)
                yield event
            elif isinstance(event, TextMessage):
                if event.data:
                    size += _size(event.data)
                    parts.append(event.data)
                if size > self._most_bytes:
                    raise Unreadable(TOO_BIG)
                if event.message_finished:
                    yield "".join(parts)
                    parts.clear()
                    size = 0
            elif isinstance(event, Ping | CloseConnection):
                self._outbox.send(self._frames.parser.send(event.response()))
                if isinstance(event, CloseConnection):
                    return
            elif isinstance(event, BytesMessage):
                raise Unreadable(UNSUPPORTED)

    def _events(self) -> Iterator[Event | str]:
        """Frames, or parts of them, as they arrive."""
        frames, allowance, outbox = self._frames, self._allowance, self._outbox
        while data := self._receive():
            try:
                whole = 0
                for event in frames.events(data):
                    if not isinstance(event, Message) or event.frame_finished:
                        whole += 1
                        allowance.take()
                    yield event
                    while allowance.owed and not outbox.closed:
                        self._pause(allowance.owed)
                        allowance.take()
                    if outbox.backlog > self._most_backlog:
                        outbox.wait_for_room(self._most_backlog)
                    if time.monotonic() - self._began > _TURN_SECONDS:
                        self._pause(PAUSE_SECONDS)
                    if outbox.closed:
                        return
            except ProtocolError:
                raise Unreadable(PROTOCOL_ERROR) from None
            if not whole and len(data) < _SMALL_READ:
                self._pause(_GATHER_SECONDS)

    def _receive(self) -> bytes:
        """The next bytes. Other greenlets run while it waits for them, and the socket's time in a row begins anew."""
        began = time.monotonic()
        data: bytes = self._sock.recv(_CHUNK)
        ended = time.monotonic()
        if ended - began > _WAITED_SECONDS:
            self._began = ended
        return data

    def _pause(self, seconds: float) -> None:
        gevent.sleep(seconds)
        self._began = time.monotonic()


def _size(text: str) -> int:
    """In bytes."""
    return len(text) if text.isascii() else len(text.encode())
