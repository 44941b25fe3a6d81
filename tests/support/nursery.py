"""Starts servers from a process that has loaded the program already.

To load it is most of what a start costs, and the tests start hundreds. What runs is `server.__main__.main()`, in a
process of its own with an environment of its own, as `python -m server` runs it.

Run as a program, this is that process: it reads requests from the socket that is its standard input.
"""

import atexit
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[2]
# Of a number on the line: two may wait to be read.
_WIDTH = 16


class Child:
    """A process as `subprocess.Popen` has it; `line` tells its id, and then its exit code."""

    def __init__(self, line: int) -> None:
        self._line = line
        self._code: int | None = None
        self.pid = int(os.read(line, _WIDTH))

    def poll(self) -> int | None:
        """Its exit code; None while it runs."""
        self._look(0.0)
        return self._code

    def wait(self, timeout: float) -> int:
        """Its exit code. Raises subprocess.TimeoutExpired."""
        if not self._look(timeout):
            raise subprocess.TimeoutExpired("server", timeout)
        assert self._code is not None
        return self._code

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal, if it runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def _look(self, timeout: float) -> bool:
        if self._code is None and select.select([self._line], [], [], timeout)[0]:
            self._code = int(os.read(self._line, _WIDTH))
            os.close(self._line)
        return self._code is not None


class Nursery:
    """The process that servers are forked from. It ends with the one that made it."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen([sys.executable, "-m", __name__], stdin=theirs.fileno(), cwd=_ROOT)
        atexit.register(self._end)

    def launch(self, directory: Path, environment: Mapping[str, str], log_path: Path) -> Child:
        """Start a server, without waiting for it; what it writes is appended to the log."""
        line, theirs = os.pipe()
        with log_path.open("ab") as log:
            request = json.dumps({"directory": str(directory), "environment": dict(environment)}).encode()
            socket.send_fds(self._socket, [request], [log.fileno(), theirs])
        os.close(theirs)
        return Child(line)

    def _end(self) -> None:
        self._socket.close()
        self._process.wait(10)


@cache
def nursery() -> Nursery:
    """The one of this test run."""
    return Nursery()


def _serve_requests() -> None:
    # Made before gevent replaces its class: this process waits in the kernel, and has no hub that a fork would share.
    requests = socket.socket(fileno=0)
    from gevent import monkey

    monkey.patch_all()
    import server.__main__
    import server.serve  # noqa: F401

    while True:
        request, files, _, _ = socket.recv_fds(requests, 65_536, 2)
        if not request:
            return
        if _fork() == 0:
            _watch(json.loads(request), *files)
        for file in files:
            os.close(file)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def _fork() -> int:
    from gevent import monkey

    return int(monkey.get_original("os", "fork")())


def _watch(request: dict[str, Any], log: int, line: int) -> None:
    """Fork the server, and tell its id and its exit code: only who forked it is told how it ends."""
    pid = _fork()
    if pid == 0:
        os.close(line)
        _become_server(request, log)
    os.write(line, b"%*d" % (_WIDTH, pid))
    for file in (0, log):
        os.close(file)
    status = os.waitpid(pid, 0)[1]
    with contextlib.suppress(OSError):
        os.write(line, b"%*d" % (_WIDTH, os.waitstatus_to_exitcode(status)))
    os._exit(0)


def _become_server(request: dict[str, Any], log: int) -> None:
    import server.__main__

    nothing = os.open(os.devnull, os.O_RDONLY)
    for file, number in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(file, number)
    os.closerange(3, 256)
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["directory"])
    code = 0
    try:
        server.__main__.main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    _serve_requests()
