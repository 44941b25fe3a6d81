"""A real server process: started, killed and stopped by its pid."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path

from tests.support.fork_server import Child, fork_server
from tests.support.ports import Port
from tests.support.program import Program

START_SECONDS = 90.0
STOP_SECONDS = 15.0


class ServerFailed(AssertionError):
    """The server did not start, died, or did not stop."""


class Process:
    """One process of a server, on a port of its own, which it keeps over restarts."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._port = Port()
        self._process: Child | None = None
        self._address = ""
        self._ready = False
        self._published = 0

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._port.number

    @property
    def pid(self) -> int:
        """Of the process that runs now."""
        assert self._process is not None, "the server was never started"
        return self._process.pid

    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    def threads(self) -> int:
        """How many threads of the operating system it has."""
        return len(list(Path(f"/proc/{self.pid}/task").iterdir()))

    def sockets(self) -> int:
        """How many sockets it has open."""
        return sum(name.startswith("socket:") for name in self._open_files())

    def has_open(self, path: Path) -> bool:
        """Whether it has this file open."""
        return str(path.resolve()) in self._open_files()

    def memory(self) -> int:
        """Bytes of memory it has in use."""
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def cpu_seconds(self) -> float:
        """The time that its threads have computed, which does not grow with what else the machine does."""
        # The clock that clock_getcpuclockid(3) names: /proc counts in hundredths.
        return time.clock_gettime(~self.pid << 3 | 2)

    def has_published(self, seq: int) -> bool:
        """Whether it is ready, and its clients were told of this commit. What it said once it is not asked again."""
        self._ready = self._ready or self._get("/readyz")[0] == 200
        if self._ready and self._published < seq:
            numbers = self._get("/metrics")[1].splitlines()
            (line,) = [line for line in numbers if line.startswith("spotter_published_seq ")]
            self._published = int(float(line.split()[1]))
        return self._ready and self._published >= seq

    def launch(self, environment: Mapping[str, str], log_path: Path) -> None:
        """Start it, without waiting for it; what it writes is appended to the log."""
        assert not self.is_alive(), "the server runs already"
        host = environment["HOST"].strip("[]")
        self._address = "127.0.0.1" if host in ("0.0.0.0", "::") else host
        self._ready, self._published = False, 0
        environment = {**environment, "PORT": str(self.port)}
        with log_path.open("ab") as log, open(os.devnull, "rb") as nothing:
            self._process = fork_server().launch(self._program, environment, log, nothing)

    def wait_until_it_listens(self) -> None:
        """Return when it takes connections. Raises ServerFailed."""
        deadline = time.monotonic() + START_SECONDS
        while not self._listens():
            if not self.is_alive() or time.monotonic() > deadline:
                raise ServerFailed(f"the server does not listen on port {self.port}")
            time.sleep(0.02)

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal, without waiting for what that does."""
        assert self._process is not None, "the server was never started"
        self._process.send_signal(number)

    def wait_until_it_ended(self) -> int:
        """Return its exit code. Raises ServerFailed if it has not ended after STOP_SECONDS."""
        assert self._process is not None
        try:
            return self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise ServerFailed(f"the server did not end in {STOP_SECONDS:g} s") from None

    def kill(self) -> None:
        """End it at once."""
        self.signal(signal.SIGKILL)
        self.wait_until_it_ended()

    def release(self) -> None:
        """Give its port back."""
        self._port.release()

    def _get(self, path: str) -> tuple[int, str]:
        with contextlib.closing(HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()

    def _open_files(self) -> list[str]:
        names = []
        for entry in Path(f"/proc/{self.pid}/fd").iterdir():
            # One may be closed between the listing and the look.
            with contextlib.suppress(FileNotFoundError):
                names.append(os.readlink(entry))
        return names

    def _listens(self) -> bool:
        try:
            socket.create_connection((self._address, self.port), 0.5).close()
        except OSError:
            return False
        return True
