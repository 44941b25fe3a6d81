"""A line between clients and a server that can be cut, or lose what the server says."""

import contextlib
import socket
import threading
from collections.abc import Callable


class CutLine:
    """Passes everything on to the server's port, which is asked for anew at each connection."""

    def __init__(self, port: Callable[[], int]) -> None:
        self._server_port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._is_mute = False
        self._is_down = False
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Where a client connects."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def mute(self) -> None:
        """Lose all that the server says from here on, until the line is cut; what clients say arrives."""
        self._is_mute = True

    def cut(self, down: bool = False) -> None:
        """End all connections; with `down` new ones end at once, until `mend`."""
        with self._lock:
            self._is_down = down
            open_now, self._open = self._open, []
        for end in open_now:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._is_mute = False

    def mend(self) -> None:
        """Take connections again."""
        self._is_down = False

    def close(self) -> None:
        """End all connections, and take no more."""
        self._listener.close()
        self.cut(down=True)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                with self._lock:
                    server = None if self._is_down else self._reach()
                    if server is None:
                        client.close()
                        continue
                    self._open += [client, server]
                threading.Thread(target=self._pass, args=(client, server, False), daemon=True).start()
                threading.Thread(target=self._pass, args=(server, client, True), daemon=True).start()

    def _reach(self) -> socket.socket | None:
        with contextlib.suppress(OSError):
            return socket.create_connection(("127.0.0.1", self._server_port()))
        return None

    def _pass(self, source: socket.socket, target: socket.socket, may_be_lost: bool) -> None:
        with contextlib.suppress(OSError), source, target:
            while data := source.recv(65_536):
                if not (may_be_lost and self._is_mute):
                    target.sendall(data)
