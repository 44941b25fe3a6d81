"""One websocket of a client of the campaign."""

import time
from collections.abc import Callable
from typing import Any

import orjson
import websocket

Take = Callable[[str, int | None, list[Any]], None]


class Ended(Exception):
    """The connection is no more."""


class Link:
    """Speaks docs/protocol.md. `take(kind, number, arguments)` is called with each packet that is not of the framing:
    kind "in", "event" or "ack".
    """

    def __init__(self, port: int, auth: dict[str, Any], take: Take, patience: float) -> None:
        self._take = take
        self._auth = auth
        self.heard = time.monotonic()
        try:
            self._socket = websocket.create_connection(
                f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket",
                timeout=patience,
                suppress_origin=True,
                enable_multithread=False,
                skip_utf8_validation=True,
            )
        except (OSError, websocket.WebSocketException) as error:
            raise Ended(str(error)) from error

    def send(self, frame: str) -> None:
        """Raises Ended."""
        try:
            self._socket.settimeout(5)
            self._socket.send(frame)
        except (OSError, websocket.WebSocketException) as error:
            raise Ended(str(error)) from error

    def request(self, number: int, event: str, *arguments: Any) -> None:
        """Send a request. Raises Ended."""
        self.send(f"42{number}{orjson.dumps([event, *arguments]).decode()}")

    def read(self, seconds: float) -> bool:
        """Take one frame, if one comes in time. Raises Ended."""
        self._socket.settimeout(max(seconds, 0.001))
        try:
            frame = self._socket.recv()
        except websocket.WebSocketTimeoutException:
            return False
        except (OSError, websocket.WebSocketException, ValueError, UnicodeDecodeError) as error:
            raise Ended(str(error)) from error
        self.heard = time.monotonic()
        if not isinstance(frame, str) or not frame:
            raise Ended("no text")
        self._frame(frame)
        return True

    def _frame(self, frame: str) -> None:
        if frame == "2":
            self.send("3")
        elif frame[0] == "0":
            self.send("40" + orjson.dumps(self._auth).decode())
        elif frame.startswith("40"):
            self._take("in", None, [])
        elif frame.startswith("42"):
            self._take("event", None, orjson.loads(frame[2:]))
        elif frame.startswith("43"):
            start = frame.index("[")
            self._take("ack", int(frame[2:start]), orjson.loads(frame[start:]))
        else:
            raise Ended(frame[:200])

    def close(self) -> None:
        """Leave, without a word."""
        self._socket.shutdown()
