"""A proxy before PostgreSQL that holds answers up: what a server does in between is seen without a race."""

import contextlib
import socket
import threading

from tests.support.waiting import wait_until

_POSTGRES = ("127.0.0.1", 5432)

# Text of the queries that are held, and of no other: each process asks for new commits, too. It is that of journal.py
# and history.py.
DELTA, HISTORY = b"journal_changes.seq <= ", b"ORDER BY journal_changes.seq DESC"


class PostgresProxy:
    """Passes everything on, until `hold`; `url(...)` is where a server reaches a database through it."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._text: bytes | None = None
        self._passes = threading.Event()
        self._passes.set()
        self._holds = False
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, url: str) -> str:
        """The same database, reached through the proxy."""
        port = self._listener.getsockname()[1]
        return url.replace(f":{_POSTGRES[1]}/", f":{port}/") + "?sslmode=disable"

    def hold(self, text: bytes) -> None:
        """Let the first question in which this text is have no answer until `release`; nor what else its asker asks."""
        self._holds = False
        self._passes.clear()
        self._text = text

    def wait(self) -> None:
        """Return when an answer is being held."""
        wait_until(lambda: self._holds, "the question whose answer is held up")

    def release(self) -> None:
        """Let the answer pass."""
        self._text = None
        self._passes.set()

    def close(self) -> None:
        """Take no more connections."""
        self.release()
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                asker, _ = self._listener.accept()
                answerer = socket.create_connection(_POSTGRES)
                held = threading.Event()
                threading.Thread(target=self._pass, args=(asker, answerer, held, True), daemon=True).start()
                threading.Thread(target=self._pass, args=(answerer, asker, held, False), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, held: threading.Event, asks: bool) -> None:
        with contextlib.suppress(OSError), source, target:
            while data := source.recv(65_536):
                if asks and self._text is not None and self._text in data:
                    self._text = None
                    held.set()
                if not asks and held.is_set():
                    self._holds = True
                    self._passes.wait()
                    held.clear()
                target.sendall(data)
