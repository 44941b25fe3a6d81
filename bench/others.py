"""The servers beside ours: how each is started."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.build import (
    BATCHING,
    FEATHERS,
    POCKETBASE,
    POCKETBASE_PROGRAM,
    install_node,
    install_pocketbase,
    run_command,
)
from bench.dialects import BATCHING_DIALECT, ECHO, FEATHERS_DIALECT, NAIVE, POCKETBASE_DIALECT
from bench.peers.data import copy_into_pocketbase, make_database
from bench.servers import Server, running


@contextmanager
def naive(folder: Path) -> Iterator[Server]:
    database = folder / "naive.db"
    make_database(database, 1000)
    environment = {"DATABASE_URL": f"sqlite:///{database}"}
    command = [sys.executable, "-m", "bench.peers.naive"]
    with running("naive", command, environment, NAIVE, folder) as server:
        yield server


@contextmanager
def feathers(folder: Path) -> Iterator[Server]:
    install_node(FEATHERS)
    database = folder / "feathers.db"
    make_database(database, 1000)
    environment = {"DATABASE": str(database), "SYNCHRONOUS": "NORMAL", "NODE_ENV": "production"}
    command = ["node", "server.cjs"]
    with running("feathers", command, environment, FEATHERS_DIALECT, folder, cwd=FEATHERS) as server:
        yield server


@contextmanager
def echo(folder: Path) -> Iterator[Server]:
    command = [sys.executable, "-m", "bench.peers.echo"]
    with running("echo", command, {}, ECHO, folder) as server:
        yield server


@contextmanager
def _node(folder: Path, name: str, program: str) -> Iterator[Server]:
    install_node(BATCHING)
    database = folder / f"{name}.db"
    make_database(database, 1000)
    environment = {"DATABASE": str(database), "NODE_ENV": "production"}
    with running(name, ["node", program], environment, BATCHING_DIALECT, folder, cwd=BATCHING) as server:
        yield server


@contextmanager
def batching(folder: Path) -> Iterator[Server]:
    with _node(folder, "batching", "socketio.cjs") as server:
        yield server


@contextmanager
def raw(folder: Path) -> Iterator[Server]:
    with _node(folder, "raw", "raw.cjs") as server:
        yield server


@contextmanager
def pocketbase(folder: Path) -> Iterator[Server]:
    install_pocketbase()
    rows, data = folder / "rows.db", folder / "pocketbase"
    common = ["--dir", str(data), "--migrationsDir", str(POCKETBASE / "migrations")]
    run_command(POCKETBASE_PROGRAM, "migrate", "up", *common, cwd=folder)
    make_database(rows, 1000)
    copy_into_pocketbase(rows, data / "data.db")
    command = [str(POCKETBASE_PROGRAM), "serve", *common, "--http", "127.0.0.1:%port%"]
    with running("pocketbase", command, {}, POCKETBASE_DIALECT, folder, cwd=folder) as server:
        yield server
