"""A websocket to the server that the test itself reads, frame by frame."""

import time
from collections.abc import Iterable, Mapping

import websocket

TIMEOUT = 30.0


class ConnectionClosed(Exception):
    """The server closed the connection, or took the client out of the namespace."""


class Connection:
    """One connection. A subclass says what becomes of each frame, in `_take_frame`."""

    def __init__(
        self,
        port: int,
        *,
        origin: str | None = None,
        headers: Mapping[str, str] | None = None,
        sockopt: Iterable[tuple[int, int, int]] = (),
    ) -> None:
        self.port = port
        self.closed = False
        self.socket = websocket.create_connection(
            f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket",
            timeout=TIMEOUT,
            origin=origin,
            suppress_origin=origin is None,
            header=dict(headers or {}),
            sockopt=list(sockopt),
            enable_multithread=False,
            # What is no UTF-8 is no text either: it is found when the text is decoded, and in a tenth of the time.
            skip_utf8_validation=True,
        )

    def send(self, frame: str) -> None:
        """Send a text frame as it is. Raises ConnectionClosed."""
        try:
            self.socket.send(frame)
        except (OSError, websocket.WebSocketException) as error:
            self.close()
            raise ConnectionClosed from error

    def read(self, timeout: float) -> bool:
        """Read one frame; False when none comes in time. Raises ConnectionClosed."""
        if self.closed:
            raise ConnectionClosed
        if timeout <= 0:
            return False
        self.socket.settimeout(timeout)
        try:
            frame = self.socket.recv()
        except websocket.WebSocketTimeoutException:
            return False
        except (OSError, websocket.WebSocketException) as error:
            self.close()
            raise ConnectionClosed from error
        self._take_frame(frame)
        return True

    def read_until_closed(self, limit: float) -> None:
        """Read until the server ends the connection. Raises AssertionError if it has not after `limit` seconds."""
        deadline = time.monotonic() + limit
        try:
            while (left := deadline - time.monotonic()) > 0:
                self.read(left)
        except ConnectionClosed:
            return
        raise AssertionError(f"the server keeps the connection for more than {limit:g} s")

    def close(self) -> None:
        """Leave, without waiting for the server."""
        self.closed = True
        self.socket.shutdown()  # type: ignore[no-untyped-call]

    def _take_frame(self, frame: str | bytes) -> None:
        raise NotImplementedError
