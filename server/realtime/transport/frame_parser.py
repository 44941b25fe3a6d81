"""A websocket's bytes as wsproto's events. Simple frames are read here, in half of the time that wsproto takes.

A simple frame is a whole text message, short and masked, as nearly all requests are. From the first other frame on (a
fragment, a ping, a close, a long one, no UTF-8, a breach of the protocol) wsproto reads all that follows.
"""

from collections.abc import Iterator

from wsproto import ConnectionType
from wsproto.connection import Connection
from wsproto.events import Event

# First byte of a text message in a single frame; mask bit of the second.
_WHOLE_TEXT, _MASKED = 0x81, 0x80
# The length that says that the two bytes after it have the length, and the least that these may say.
_IN_TWO_BYTES = 126
# A frame that has not come in whole is copied with each chunk that comes: longer ones are left to wsproto.
_LONGEST = 16_384


class FrameParser:
    """Parses what a client sends. `parser` is wsproto's: it reads what is not simple, and makes the answers."""

    def __init__(self) -> None:
        self.parser = Connection(ConnectionType.SERVER)
        self._is_simple = True
        self._rest = b""

    def events(self, data: bytes) -> Iterator[Event | str]:
        """The events that `data` completes, a text message that was read here as its text. Raises ProtocolError."""
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
        """Start and end of the payload of the frame at `start`; None if it is incomplete, or not simple."""
        available = len(data) - start
        if available < 2:
            self._is_simple = not available or data[start] == _WHOLE_TEXT
            return None
        size = data[start + 1] - _MASKED
        if data[start] != _WHOLE_TEXT or size < 0 or size > _IN_TWO_BYTES:
            self._is_simple = False
            return None
        first = start + 6
        if size == _IN_TWO_BYTES:
            if available < 4:
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
