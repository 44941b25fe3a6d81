"""One socket that sends as much as it can, and reads nothing."""

import contextlib
import random
import threading
from collections.abc import Sequence
from types import TracebackType

from tests.support.raw_socket import RawSocket, framed

_BLOCK = 65_536


def text(*packets: str) -> bytes:
    """These Engine.IO packets, a frame each."""
    return b"".join(framed(packet.encode()) for packet in packets)


def masked(payload: bytes) -> bytes:
    """A text frame whose mask changes every byte, as browsers send it."""
    mask = random.Random(1).randbytes(4)
    scrambled = bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))
    return framed(payload)[: -4 - len(payload)] + mask + scrambled


class Flood:
    """A context in which `unit` is sent without a pause, after `first` was sent once over a websocket.

    Without a handshake it is sent as it is, from the connection's first byte on. `sent` counts its bytes.
    """

    def __init__(
        self, port: int, unit: bytes, first: Sequence[str] = (), *, handshake: bool = True, source: str = ""
    ) -> None:
        self.raw = RawSocket(port, receive_buffer=4_096, source=source)
        if handshake:
            assert " 101 " in self.raw.handshake()
            for packet in first:
                self.raw.send_text(packet)
        self.sent = 0
        self._block = memoryview(unit * max(1, _BLOCK // len(unit)))
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        self.raw.socket.settimeout(0.02)
        # The server may end the connection: that is an answer, too.
        with contextlib.suppress(ConnectionError):
            while not self._ended.is_set():
                place = self.sent % len(self._block)
                with contextlib.suppress(TimeoutError):
                    self.sent += self.raw.socket.send(self._block[place:])

    def __enter__(self) -> "Flood":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()
        self.raw.reset()
