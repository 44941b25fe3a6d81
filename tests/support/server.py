"""A server under test: one process or several on one database, which look like one to the tests."""

import itertools
import signal
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.support.database import Database
from tests.support.environment import environment
from tests.support.process import Process, ServerFailed
from tests.support.program import SERVER, Program
from tests.support.waiting import wait_until


class Server:
    """`python -m server`, as many `processes` of it as asked for, on a database of their own and with one log.

    What is done to the server is done to all its processes at the same time. `generation` counts its starts.
    """

    running: "list[Server]" = []

    def __init__(
        self,
        directory: Path,
        database: Database,
        settings: Mapping[str, str] | None = None,
        program: Program = SERVER,
        processes: int = 1,
    ) -> None:
        self.database = database
        self.log_path = directory / "server.log"
        self.generation = 0
        self.settings = {"HOST": "127.0.0.1", "DATABASE_URL": database.url, **(settings or {})}
        self._processes = [Process(program) for _ in range(processes)]
        self._turns = itertools.cycle(self._processes)

    @property
    def port(self) -> int:
        """Where the next client is to connect: one process after the other, as a load balancer has it.

        Processes hear of each other's commits a moment later, clients read what was acked before they came: so the
        port of one among several is told only when all that is committed has been published there.
        """
        process = next(self._turns)
        if len(self._processes) > 1 and process.is_alive():
            newest = self.database.newest_commit()
            wait_until(lambda: process.has_published(newest), f"the process on {process.port} knows commit {newest}")
        return process.port

    @property
    def processes(self) -> list[Process]:
        """Each of them, to do something to one alone."""
        return self._processes

    @property
    def ports(self) -> list[int]:
        """Where each process listens, whatever it knows."""
        return [process.port for process in self._processes]

    @property
    def pids(self) -> list[int]:
        """Of the processes that run now."""
        return [process.pid for process in self._processes]

    def is_alive(self) -> bool:
        """Whether all of it runs."""
        return all(process.is_alive() for process in self._processes)

    def threads(self) -> int:
        """How many threads of the operating system a process has at most."""
        return max(process.threads() for process in self._processes)

    def sockets(self) -> int:
        """How many sockets are open."""
        return sum(process.sockets() for process in self._processes)

    def has_open(self, path: Path) -> bool:
        """Whether all of its processes have this file open."""
        return all(process.has_open(path) for process in self._processes)

    def memory(self) -> int:
        """Bytes of memory in use."""
        return sum(process.memory() for process in self._processes)

    def cpu_seconds(self) -> float:
        """The time that all of it has computed."""
        return sum(process.cpu_seconds() for process in self._processes)

    def log(self, since: int = 0) -> str:
        """What was written to stdout and stderr, from byte `since` on."""
        if not self.log_path.exists():
            return ""
        with self.log_path.open("rb") as file:
            file.seek(since)
            return file.read().decode("utf-8", "replace")

    def log_size(self) -> int:
        """Bytes written so far."""
        return self.log_path.stat().st_size if self.log_path.exists() else 0

    def start(self) -> "Server":
        """Start it, and return when it takes connections. Raises ServerFailed, with the log."""
        self.running.append(self)
        self.generation += 1
        for process in self._processes:
            process.launch(environment(**self.settings), self.log_path)
        try:
            for process in self._processes:
                process.wait_until_it_listens()
        except ServerFailed as failure:
            self.kill()
            raise self._with_log(failure) from None
        return self

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self, ending: signal.Signals = signal.SIGTERM) -> None:
        """End it in order. Raises ServerFailed if it takes too long, or a process exits with an error."""
        codes = self._end(ending)
        if any(codes):
            raise self._with_log(f"{ending.name} ended the server with {codes}")

    def restart(self) -> None:
        """Kill it and start it again on the same ports and database."""
        self.kill()
        self.start()

    def leave(self) -> None:
        """Stop it if it runs, and give its ports back; the database stays."""
        try:
            if self in self.running:
                self.stop()
        finally:
            for process in self._processes:
                process.release()

    @contextmanager
    def another_process(self) -> "Iterator[Server]":
        """Another process with the same settings on the same database, for as long as the context lasts.

        It has a log of its own, and is none of those that `port` tells.
        """
        settings = {name: value for name, value in self.settings.items() if name != "REDIS_URL"}
        directory = Path(tempfile.mkdtemp(dir=self.log_path.parent))
        other = Server(directory, self.database, settings)
        try:
            yield other.start()
        finally:
            other.leave()

    def close(self) -> None:
        """Stop it if it runs, and give everything back."""
        try:
            self.leave()
        finally:
            self.database.drop()

    def _end(self, number: signal.Signals) -> list[int]:
        self.running.remove(self)
        for process in self._processes:
            process.signal(number)
        try:
            return [process.wait_until_it_ended() for process in self._processes]
        except ServerFailed as failure:
            for process in self._processes:
                process.kill()
            raise self._with_log(failure) from None

    def _with_log(self, failure: object) -> ServerFailed:
        return ServerFailed(f"{failure}:\n{self.log()[-4000:]}")
