"""Starts servers and commands from a process that has loaded the program already.

To load it is most of what a start costs, and the tests start hundreds. What runs is what `python -m server` runs, in a
process of its own with an environment of its own. How the interpreter itself starts is tested in tests/cli.

Run as a program, this is that process: it reads requests from the socket that is its standard input.
"""

import atexit
import contextlib
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from typing import IO, Any

from tests.support.environment import ROOT, environment
from tests.support.program import Ended, Program, code

# Of a number on the line: two may wait to be read.
_WIDTH = 16
_PATIENCE_SECONDS = 240.0


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


class ForkServer:
    """The process that servers are forked from. It ends with the one that made it."""

    def __init__(self) -> None:
        self._was_used = False
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen([sys.executable, "-u", "-m", __name__], stdin=theirs.fileno(), cwd=ROOT)
        atexit.register(self._end)

    def launch(self, program: Program, environment: Mapping[str, str], log: IO[bytes], stdin: IO[bytes]) -> Child:
        """Start a program as `Program` names it, without waiting for it; what it writes goes to the log."""
        self._was_used = True
        line, theirs = os.pipe()
        request = json.dumps({"arguments": program, "directory": str(ROOT), "environment": dict(environment)}).encode()
        socket.send_fds(self._socket, [request], [stdin.fileno(), log.fileno(), theirs])
        os.close(theirs)
        return Child(line)

    def end(self, program: Program, stdin: str = "", **settings: str) -> Ended:
        """Run a program that ends, beside a server or alone."""
        with tempfile.TemporaryFile() as log, tempfile.TemporaryFile() as asked:
            asked.write(stdin.encode())
            asked.seek(0)
            ended = self.launch(program, environment(**settings), log, asked).wait(_PATIENCE_SECONDS)
            log.seek(0)
            return Ended(ended, log.read().decode())

    def run(self, program: Program, stdin: str = "", **settings: str) -> str:
        """Run a program that must work; returns what it said, to both streams."""
        ended = self.end(program, stdin, **settings)
        assert ended.code == 0, ended.said
        return ended.said

    def _end(self) -> None:
        self._socket.close()
        if not self._was_used:
            # It may still load the program, for nobody.
            self._process.terminate()
        self._process.wait(10)


@cache
def fork_server() -> ForkServer:
    """The one of this test run."""
    return ForkServer()


def _serve_requests() -> None:
    # Made before gevent replaces its class: this process waits in the kernel, and has no hub that a fork would share.
    requests = socket.socket(fileno=0)
    from gevent import monkey

    monkey.patch_all()
    import server.cli.serve  # noqa: F401

    # No child has to look for garbage in what was loaded.
    gc.collect()
    gc.freeze()
    while True:
        request, files, _, _ = socket.recv_fds(requests, 65_536, 3)
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


def _watch(request: dict[str, Any], stdin: int, log: int, line: int) -> None:
    """Fork the program, and tell its id and its exit code: only who forked it is told how it ends."""
    pid = _fork()
    if pid == 0:
        os.close(line)
        _become(request, stdin, log)
    os.write(line, b"%*d" % (_WIDTH, pid))
    for file in (0, stdin, log):
        os.close(file)
    status = os.waitpid(pid, 0)[1]
    with contextlib.suppress(OSError):
        os.write(line, b"%*d" % (_WIDTH, os.waitstatus_to_exitcode(status)))
    os._exit(0)


def _become(request: dict[str, Any], stdin: int, log: int) -> None:
    for file, number in ((stdin, 0), (log, 1), (log, 2)):
        os.dup2(file, number)
    os.closerange(3, 256)
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["directory"])
    ended = code(request["arguments"])
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(ended)


if __name__ == "__main__":
    _serve_requests()
