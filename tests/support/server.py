"""A real server process: started, killed, restarted and stopped by its pid, with its log in a file."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from tests.support.database import Database
from tests.support.ports import Port

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 30.0
STOP_SECONDS = 5.0

# Only these of the developer's environment reach the server: a DATABASE_URL exported in a shell must not.
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "PYTHONPATH", "PYTHONWARNINGS")
DEFAULTS = {
    "SECRET_KEY": "a key for tests, long enough",
    # Durability across a power cut cannot be tested here, and costs an fsync for each of thousands of writes.
    "SQLITE_SYNCHRONOUS": "NORMAL",
    # One test asks for more in a second than a person in an hour, and all come from one address.
    "RATE_LIMIT": "off",
    "PYTHONUNBUFFERED": "1",
}


def environment(**settings: str) -> dict[str, str]:
    """The environment of a process under test: the machine's, the tests' defaults, `settings`."""
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return {**inherited, **DEFAULTS, **settings}


class ServerFailed(AssertionError):
    """The server did not start, died, or did not stop; the text ends with its log."""


class Server:
    """One `python -m server` on a port and a database of its own. `generation` counts its starts."""

    running: "list[Server]" = []

    def __init__(
        self,
        directory: Path,
        database: Database,
        settings: Mapping[str, str] | None = None,
        command: tuple[str, ...] = (sys.executable, "-m", "server"),
    ) -> None:
        self.database = database
        self.log_path = directory / "server.log"
        self.generation = 0
        self._command = command
        self._settings = dict(settings or {})
        self._port = Port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def port(self) -> int:
        """The port it listens on, the same after a restart."""
        return self._port.number

    @property
    def pid(self) -> int:
        """Of the process that runs now."""
        assert self._process is not None, "the server was never started"
        return self._process.pid

    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None

    def threads(self) -> int:
        """How many threads of the operating system it has."""
        return len(list(Path(f"/proc/{self.pid}/task").iterdir()))

    def sockets(self) -> int:
        """How many sockets it has open."""
        count = 0
        for entry in Path(f"/proc/{self.pid}/fd").iterdir():
            # One may be closed between the listing and the look.
            with contextlib.suppress(FileNotFoundError):
                count += os.readlink(entry).startswith("socket:")
        return count

    def memory(self) -> int:
        """Bytes of memory it has in use."""
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def log(self, since: int = 0) -> str:
        """What it wrote to stdout and stderr, from byte `since` on."""
        if not self.log_path.exists():
            return ""
        with self.log_path.open("rb") as file:
            file.seek(since)
            return file.read().decode("utf-8", "replace")

    def log_size(self) -> int:
        """Bytes written so far."""
        return self.log_path.stat().st_size if self.log_path.exists() else 0

    def start(self) -> "Server":
        """Start it, and return when it takes connections. Raises ServerFailed."""
        assert not self.is_alive(), "the server runs already"
        settings = {"HOST": "127.0.0.1", "PORT": str(self.port), "DATABASE_URL": self.database.url} | self._settings
        with self.log_path.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, env=environment(**settings), stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self.running.append(self)
        self.generation += 1
        deadline = time.monotonic() + START_SECONDS
        while not self._listens():
            if not self.is_alive() or time.monotonic() > deadline:
                self.kill()
                raise ServerFailed(f"the server does not listen on port {self.port}:\n{self.log()[-4000:]}")
            time.sleep(0.02)
        return self

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self, ending: signal.Signals = signal.SIGTERM) -> None:
        """End it in order. Raises ServerFailed if that takes 5 s or more, or it exits with an error."""
        code = self._end(ending)
        if code != 0:
            raise ServerFailed(f"{ending.name} ended the server with {code}:\n{self.log()[-4000:]}")

    def restart(self) -> None:
        """Kill it and start it again on the same port and database."""
        self.kill()
        self.start()

    def close(self) -> None:
        """Stop it if it runs, and give everything back."""
        try:
            if self.is_alive():
                self.stop()
        finally:
            self._port.release()
            self.database.drop()

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 0.5).close()
        except OSError:
            return False
        return True

    def _end(self, with_signal: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(with_signal)
        try:
            return self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(STOP_SECONDS)
            raise ServerFailed(f"{with_signal.name} did not end the server in 5 s:\n{self.log()[-4000:]}") from None
        finally:
            if self in self.running:
                self.running.remove(self)
