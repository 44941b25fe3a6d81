"""The websocket's reading side: messages, taken off the wire no faster than their sender may ask, and never alone.

A frame costs 5 to 20 microseconds, whatever is in it, so a socket that sends without a pause would keep the process:
nothing in gevent makes a greenlet wait while there is more to read.
"""

import time
from collections.abc import Iterator
from typing import Any

import gevent
from wsproto.events import BytesMessage
from wsproto.events import CloseConnection
from wsproto.events import Event
from wsproto.events import Message
from wsproto.events import Ping
from wsproto.events import TextMessage
from wsproto.utilities import ProtocolError

from server.realtime.transport.frames import Frames
from server.realtime.transport.outbox import Outbox
from server.realtime.transport.rate_limits import Allowance

PROTOCOL_ERROR, UNSUPPORTED, TOO_BIG = 1002, 1003, 1009
_CHUNK = 16_384
# So long a socket is read in a row. Then it is the others' turn: the shortest of timers, since the event loop looks at
# every socket before it; `sleep(0)` comes back up to 5 ms long without that, ten times for a single write of theirs.
_TURN_SECONDS = 0.001
OTHERS_TURN = 0.000_001
# To read what is there takes less.
_WAITED_SECONDS = 0.000_05
# What comes in crumbs that are no whole frame is left to pile up for a moment: a read costs as much as a frame.
_CRUMBS = 1_024
_PILE_SECONDS = 0.001


class Unreadable(Exception):
    """What arrived breaks the protocol or a limit; `code` says which (RFC 6455, 7.4)."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Reader:
    """Reads one connection. Every frame counts as a request, whatever is in it; `allowance.owed` tells of the last.

    What is still owed for a frame when the next is asked for is waited for, and so is the client while more than
    `most_backlog` bytes of what it was sent are not taken: answers to pings and refusals are answers too.
    """

    def __init__(self, sock: Any, outbox: Outbox, allowance: Allowance, most_bytes: int, most_backlog: int) -> None:
        self._sock = sock
        self._outbox = outbox
        self._allowance = allowance
        self._most_bytes = most_bytes
        self._most_backlog = most_backlog
        self._frames = Frames()
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
        """What arrives, frame by frame or as much of one as there is."""
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
                        self._pause(OTHERS_TURN)
                    if outbox.closed:
                        return
            except ProtocolError:
                raise Unreadable(PROTOCOL_ERROR) from None
            if not whole and len(data) < _CRUMBS:
                self._pause(_PILE_SECONDS)

    def _receive(self) -> bytes:
        """What has arrived; if nothing has, it is waited for, and the others have their turn meanwhile."""
        asked = time.monotonic()
        data: bytes = self._sock.recv(_CHUNK)
        got = time.monotonic()
        if got - asked > _WAITED_SECONDS:
            self._began = got
        return data

    def _pause(self, seconds: float) -> None:
        gevent.sleep(seconds)
        self._began = time.monotonic()


def _size(text: str) -> int:
    """In bytes."""
    return len(text) if text.isascii() else len(text.encode())
