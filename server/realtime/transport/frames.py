"""A websocket's bytes as wsproto's events. The frames of which nearly all requests consist are read here, for half.

These are whole text messages in one short masked frame. At the first frame that is anything else (a fragment, a ping, a
close, a long one, no UTF-8, a breach of the protocol) wsproto takes over, and reads all that follows.
"""

from collections.abc import Iterator

from wsproto import ConnectionType
from wsproto.connection import Connection
from wsproto.events import Event

# The last frame of a message, of text; a masked one.
_WHOLE_TEXT, _MASKED = 0x81, 0x80
# What the length says if it stands in the two bytes after it, and from where on it may.
_IN_TWO_BYTES = 126
# What is not there yet is kept; longer frames are wsproto's to put together.
_LONGEST = 16_384


class Frames:
    """The frames that a client sends; `parser` is the one that makes answers, and reads what is not simple."""

    def __init__(self) -> None:
        self.parser = Connection(ConnectionType.SERVER)
        self._is_simple = True
        self._rest = b""

    def events(self, data: bytes) -> Iterator[Event | str]:
        """What has come with `data`; a text message that was read here is its text. Raises ProtocolError."""
        if self._is_simple:
            data, self._rest = self._rest + data, b""
            start = 0
            while found := self._bounds(data, start):
                first, end = found
                try:
                    text = _unmasked(data, first, end).decode()
                except UnicodeDecodeError:
                    self._is_simple = False
                    break
                yield text
                start = end
            data = data[start:]
            if self._is_simple:
                self._rest = data
                return
        self.parser.receive_data(data)
        yield from self.parser.events()

    def _bounds(self, data: bytes, start: int) -> tuple[int, int] | None:
        """Where the payload of the frame at `start` is; None if it is not there yet, or not simple."""
        there = len(data) - start
        if there < 2:
            self._is_simple = not there or data[start] == _WHOLE_TEXT
            return None
        size = data[start + 1] - _MASKED
        if data[start] != _WHOLE_TEXT or size < 0 or size > _IN_TWO_BYTES:
            self._is_simple = False
            return None
        first = start + 6
        if size == _IN_TWO_BYTES:
            if there < 4:
                return None
            size = data[start + 2] << 8 | data[start + 3]
            if not _IN_TWO_BYTES <= size <= _LONGEST:
                self._is_simple = False
                return None
            first = start + 8
        end = first + size
        return (first, end) if end <= len(data) else None


def _unmasked(data: bytes, first: int, end: int) -> bytes:
    size = end - first
    mask = int.from_bytes((data[first - 4 : first] * (size // 4 + 1))[:size], "little")
    return (int.from_bytes(data[first:end], "little") ^ mask).to_bytes(size, "little")
