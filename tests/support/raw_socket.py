"""A websocket handled byte by byte, for what no well-behaved client does."""

import base64
import os
import socket
import struct
import time
from collections.abc import Mapping

HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
}


def framed(payload: bytes, opcode: int = 1, *, final: bool = True, length: int | None = None) -> bytes:
    """A frame as clients send it, masked with zeros; `length` claims another size than it has."""
    size = len(payload) if length is None else length
    head = bytes([opcode | (0x80 if final else 0)])
    if size < 126:
        head += bytes([0x80 | size])
    elif size < 1 << 16:
        head += struct.pack("!BH", 0x80 | 126, size)
    else:
        head += struct.pack("!BQ", 0x80 | 127, size)
    return head + bytes(4) + payload


class RawSocket:
    """A TCP connection to the server. `handshake` makes it a websocket; nothing is read unless asked for."""

    def __init__(
        self, port: int, *, address: str = "127.0.0.1", receive_buffer: int | None = None, source: str = ""
    ) -> None:
        self.port = port
        family, kind, _, _, where = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
        self.socket = socket.socket(family, kind)
        try:
            if source:
                self.socket.bind((source, 0))
            if receive_buffer is not None:
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
            self.socket.settimeout(10)
            self.socket.connect(where)
        except OSError:
            self.socket.close()
            raise

    def handshake(self, headers: Mapping[str, str] | None = None, transport: str = "websocket") -> str:
        """Ask for a websocket; returns the head of the response."""
        fields = {
            "Host": f"127.0.0.1:{self.port}",
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
            **HANDSHAKE,
            **(headers or {}),
        }
        lines = [f"GET /socket.io/?EIO=4&transport={transport} HTTP/1.1", *(f"{k}: {v}" for k, v in fields.items())]
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
        head = b""
        while b"\r\n\r\n" not in head and (byte := self.socket.recv(1)):
            head += byte
        return head.decode("latin-1")

    def send_frame(self, payload: bytes, opcode: int = 1, *, final: bool = True, length: int | None = None) -> None:
        """Send a frame; `length` claims another size than it has."""
        self.socket.sendall(framed(payload, opcode, final=final, length=length))

    def send_text(self, text: str) -> None:
        """Send a whole text frame."""
        self.send_frame(text.encode())

    def read_available(self, timeout: float) -> bytes:
        """Whatever comes until `timeout` seconds pass without a byte, or the connection ends."""
        self.socket.settimeout(timeout)
        data = b""
        try:
            while part := self.socket.recv(65_536):
                data += part
        except (TimeoutError, ConnectionError):
            pass
        return data

    def seconds_until_closed(self, limit: float) -> float:
        """Read until the server ends the connection; the seconds that took. Raises AssertionError after `limit`."""
        started = time.monotonic()
        while (left := started + limit - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                if not self.socket.recv(65_536):
                    return time.monotonic() - started
            except TimeoutError:
                break
            except ConnectionError:
                return time.monotonic() - started
        raise AssertionError(f"the server keeps the connection for more than {limit:g} s")

    def reset(self) -> None:
        """Go away without a word: the other side gets a TCP reset."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def close(self) -> None:
        """Close the connection."""
        self.socket.close()
