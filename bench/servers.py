"""The servers under test: how each is started, and ours."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import websocket

from bench.build import BenchError
from bench.dialects import FIELDS, OURS, Dialect, Write
from bench.peers.data import COACHES, MOVES, PLANS
from bench.services import REDIS_URL, database

ROOT = Path(__file__).parent.parent
SERVER_CORE, GENERATOR_CORE = 0, 1
START_SECONDS, STOP_SECONDS = 60, 5


@dataclass(frozen=True)
class Server:
    """A running server: one process, or several that share a database."""

    name: str
    ports: tuple[int, ...]
    own_processes: tuple[int, ...]
    dialect: Dialect
    helpers: Callable[[], list[int]] = list

    def processes(self) -> list[int]:
        """The server's processes, all that they have started, and those that work for them alone elsewhere:
        a database in a process of its own is part of what a write costs."""
        found = [*self.own_processes]
        for parent in found:
            for children in Path(f"/proc/{parent}/task").glob("*/children"):
                found.extend(int(child) for child in children.read_text().split())
        return found + self.helpers()

    def message(self, write: Write) -> str:
        return self.dialect.message.replace("%fields%", FIELDS[write])

    def cursor(self) -> str:
        """The auth object of a client that has seen everything up to now, and so gets nothing."""
        with self.connected() as (_, state):
            return json.dumps({"sync": {"epoch": state["epoch"], "seq": state["seq"]}})

    @contextmanager
    def connected(self) -> Iterator[tuple[websocket.WebSocket, dict[str, Any]]]:
        """A synced client of ours, and what its `sync` said."""
        address = f"ws://127.0.0.1:{self.ports[0]}/socket.io/?EIO=4&transport=websocket"
        origin = f"http://127.0.0.1:{self.ports[0]}"
        try:
            with closing(websocket.create_connection(address, timeout=30, origin=origin)) as connection:
                connection.recv()
                connection.send('40{"sync":true}')
                yield connection, json.loads(packet(connection, '42["sync",')[2:])[1]
        except (websocket.WebSocketException, OSError) as error:
            raise BenchError(f"{self.name} did not answer: {error}") from error


def packet(connection: websocket.WebSocket, start: str) -> str:
    """The next packet that starts so; others are dropped."""
    while not (packet := str(connection.recv())).startswith(start):
        pass
    return packet


def add_coaches(server: Server, count: int) -> None:
    """Let ours have so many more coaches, who give no class."""
    with server.connected() as (connection, _):
        for number in range(1, count + 1):
            connection.send(f'42{number}["new_coach",{{"name":"Newcomer {number}","age":30}}]')
            answer = packet(connection, f"43{number}[")
            if '"ok":true' not in answer:
                raise BenchError(f"a coach could not be added: {answer[:200]}")


def pinned(core: int) -> list[str]:
    """Server and generator on cores of their own: else they take time from one another."""
    if shutil.which("taskset") is None or core not in os.sched_getaffinity(0):
        return []
    return ["taskset", "-c", str(core)]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_up(name: str, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise BenchError(f"{name} ended at its start:\n{log.read_text()[-2000:]}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise BenchError(f"{name} did not listen within {START_SECONDS} s:\n{log.read_text()[-2000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def running(
    name: str,
    command: list[str],
    environment: dict[str, str],
    dialect: Dialect,
    folder: Path,
    cwd: Path = ROOT,
    core: int | None = SERVER_CORE,
) -> Iterator[Server]:
    """Start a server, on a port that it finds in its environment as PORT and in its command as %port%."""
    port = _free_port()
    log = folder / f"{name}-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*([] if core is None else pinned(core)), *(part.replace("%port%", str(port)) for part in command)],
            cwd=cwd,
            env={**os.environ, **environment, "PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_up(name, process, port, log)
        yield Server(name, (port,), (process.pid,), dialect)
    finally:
        _stop(process)


def seed(environment: dict[str, str], schedules: int, coaches: int = COACHES) -> None:
    sizes = {"coaches": coaches, "moves": MOVES, "plans": PLANS, "schedules": schedules}
    _run_seed(environment, [text for name, size in sizes.items() for text in (f"--{name}", str(size))])


def _run_seed(environment: dict[str, str], arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "seed.py", "--replace", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode:
        raise BenchError(f"seed.py failed:\n{done.stdout[-2000:]}")


# As a user starts it, but for the rate limits: one writer stands for many people.
OURS_SETTINGS = {"RATE_LIMIT": "off", "SECRET_KEY": "for-the-benchmark-only-" + "0" * 32, "LOG_LEVEL": "WARNING"}
_COMMAND = [sys.executable, "-m", "server"]


@contextmanager
def ours(
    folder: Path, schedules: int = 1000, synchronous: str = "FULL", name: str = "ours", coaches: int = COACHES
) -> Iterator[Server]:
    environment = {**OURS_SETTINGS, "DATABASE_URL": f"sqlite:///{folder / name}.db", "SQLITE_SYNCHRONOUS": synchronous}
    seed(environment, schedules, coaches)
    with running(name, _COMMAND, environment, OURS, folder) as server:
        yield server


@contextmanager
def ours_with_the_demo_gym(folder: Path) -> Iterator[Server]:
    """As somebody sees it who tries it, on any core: a browser is beside it."""
    environment = {**OURS_SETTINGS, "DATABASE_URL": f"sqlite:///{folder / 'demo'}.db"}
    _run_seed(environment, [])
    with running("ours, demo gym", _COMMAND, environment, OURS, folder, core=None) as server:
        yield server


@contextmanager
def ours_on_postgresql(folder: Path, processes: int = 1, schedules: int = 1000) -> Iterator[Server]:
    """One process has the server's core for itself; several share both cores with all else."""
    name = f"ours, PostgreSQL, {processes} process{'es' if processes > 1 else ''}"
    with database() as (url, backends), ExitStack() as stack:
        environment = {**OURS_SETTINGS, "DATABASE_URL": url, "REDIS_URL": REDIS_URL}
        seed(environment, schedules)
        core = SERVER_CORE if processes == 1 else None
        started = [
            stack.enter_context(running(name, _COMMAND, environment, OURS, folder, core=core)) for _ in range(processes)
        ]
        ports = tuple(server.ports[0] for server in started)
        pids = tuple(server.own_processes[0] for server in started)
        yield Server(name, ports, pids, OURS, backends)
