"""A server in an interpreter of its own, with libraries before the C library's: forked ones have theirs already."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.faults.points import PROGRAM
from tests.support.environment import ROOT
from tests.support.process import Process
from tests.support.server import Server


class OwnProcess(Process):
    """One process that is started as an operator would."""

    def launch(self, environment: Mapping[str, str], log_path: Path) -> None:
        """Start it, without waiting for it."""
        assert not self.is_alive(), "the server runs already"
        self._address, self._ready, self._published = "127.0.0.1", False, 0
        # That of another version, which knows nothing of points.
        folder = environment.get("SERVER_FOLDER")
        program = ("-m", "server") if folder else PROGRAM
        with log_path.open("ab") as log:
            self._process = subprocess.Popen(  # type: ignore[assignment]
                [sys.executable, *program],
                cwd=folder or ROOT,
                env={**environment, "PORT": str(self.port), "PYTHONPATH": folder or str(ROOT)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )


def with_own_process(server: Server) -> Server:
    """The same server, its processes not forked from the next start on."""
    for process in server.processes:
        process.__class__ = OwnProcess
    return server


def forked(server: Server) -> Server:
    """The same server, its processes forked again from the next start on: that is sooner done."""
    for process in server.processes:
        process.__class__ = Process
    return server
