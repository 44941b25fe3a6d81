"""The process itself: how it starts, what it says when it cannot, how it ends."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from server import port
from tests.conftest import StartServer
from tests.support.database import SQLiteDatabase
from tests.support.disk import make_read_only
from tests.support.disk import mounted
from tests.support.environment import ROOT
from tests.support.environment import environment
from tests.support.ports import Port
from tests.support.raw_socket import RawSocket
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.waiting import wait_until

# The line must have the setting's name and its value; test_config looks at the cures.
REFUSED = {
    "PORT": "port",
    "HOST": "not a host",
    "DATABASE_URL": "sqlite://nonsense",
    "ACCESS": "sesame",
    "ALLOWED_ORIGINS": "*",
    "LOG_LEVEL": "loud",
}


def _refusal(tmp_path: Path, **settings: str) -> str:
    """Start a server that cannot run; returns what it said."""
    port = Port()
    try:
        settings = {"PORT": str(port.number), "DATABASE_URL": f"sqlite:///{tmp_path}/gym.db", **settings}
        ended = subprocess.run(
            [sys.executable, "-m", "server"],
            cwd=ROOT,
            env=environment(**settings),
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
    finally:
        port.release()
    said = ended.stdout + ended.stderr
    assert ended.returncode not in (0, None), said
    assert "Traceback" not in said
    return said


@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_setting_ends_the_start_with_one_line(name: str, tmp_path: Path) -> None:
    said = _refusal(tmp_path, **{name: REFUSED[name]}).strip()
    assert len(said.splitlines()) == 1, said
    assert name in said
    assert REFUSED[name] in said or f"{name}=(hidden) " in said


def test_open_access_on_a_public_address_is_refused(tmp_path: Path) -> None:
    said = _refusal(tmp_path, HOST="0.0.0.0").strip()
    assert len(said.splitlines()) == 1, said
    assert "ACCESS" in said
    assert "HOST" in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "sqlite:////proc/nowhere/gym.db"),
        ("DATABASE_URL", "sqlite:////"),
        ("HOST", "192.0.2.1"),
        ("HOST", "no-such-host.invalid"),
    ],
)
def test_a_setting_that_turns_out_wrong_later_is_named_too(name: str, value: str, tmp_path: Path) -> None:
    settings = {name: value} | ({"ACCESS": "required"} if name == "HOST" else {})
    said = _refusal(tmp_path, **settings).strip().splitlines()
    assert name in said[-1]
    if name == "HOST":
        assert len(said) == 1 and not list(tmp_path.iterdir()), "it is tried before a database is made"


def test_a_database_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gym.db"
    path.write_text("This is a letter to my grandmother, and no database at all. " * 50)
    assert "DATABASE_URL" in _refusal(tmp_path).strip().splitlines()[-1]
    assert path.read_text().startswith("This is a letter")


def test_a_relative_path_that_is_written_out(tmp_path: Path) -> None:
    database = SQLiteDatabase(Path(os.path.relpath(tmp_path, ROOT)))
    server = Server(tmp_path, database)
    try:
        server.start()
        with closing(Client(server.port)) as client:
            client.welcome()
    finally:
        server.leave()
    assert {"gym.db", "gym.db.seen"} <= {path.name for path in tmp_path.iterdir()}


def test_a_disk_that_takes_no_database(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=6000000") as disk:
        server = Server(tmp_path, SQLiteDatabase(disk)).start()
        server.leave()
        make_read_only(disk)
        for path in ("gym.db", "new.db", "folder/gym.db"):
            said = _refusal(tmp_path, DATABASE_URL=f"sqlite:///{disk}/{path}").strip()
            assert len(said.splitlines()) == 1 and said.startswith(f"DATABASE_URL=sqlite:///{disk}/{path} "), said


_WITH_INSTANCE = "import pathlib, runpy, sys, server.config as c; c.INSTANCE = pathlib.Path(sys.argv.pop(1)); "


def test_an_instance_that_takes_no_key(tmp_path: Path) -> None:
    with mounted(tmp_path / "instance", "ro") as instance:
        command = [sys.executable, "-c", _WITH_INSTANCE + "runpy.run_module('server', run_name='__main__')"]
        settings = environment(SECRET_KEY="", DATABASE_URL=f"sqlite:///{tmp_path}/gym.db")
        ended = subprocess.run(
            [*command, instance], cwd=ROOT, env=settings, capture_output=True, text=True, timeout=20, check=False
        )
    said = (ended.stdout + ended.stderr).strip()
    assert ended.returncode == 1 and len(said.splitlines()) == 1, said
    assert said.startswith("SECRET_KEY=(hidden) cannot be used: set it to at least 16 ") and "Read-only" in said


@pytest.fixture
def busy_port() -> Iterator[int]:
    """Some other program listens on it, and answers nothing."""
    port = Port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port.number))
        taken.listen()
        yield port.number
    port.release()


def test_a_port_in_use_is_told_before_a_database_is_made(busy_port: int, tmp_path: Path) -> None:
    said = _refusal(tmp_path, PORT=str(busy_port)).strip()
    assert len(said.splitlines()) == 1, said
    assert said.startswith(f"PORT={busy_port} cannot be used: another program listens there. Set PORT to a free one")
    assert not list(tmp_path.iterdir())


def test_the_port_is_tried_without_any_package(busy_port: int) -> None:
    """As `make start` does it, with nothing installed; -S and -I hide what is."""
    path = os.path.relpath(port.__file__, ROOT)
    command = [sys.executable, "-S", "-I", path, "127.0.0.1"]
    ended = subprocess.run([*command, str(busy_port)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 1 and f"PORT={busy_port} cannot be used" in ended.stderr
    example = re.search(r"such as ([0-9]+) \(PORT=\1 make start\)", ended.stderr)
    assert example, ended.stderr
    for free in (example[1], "nonsense", "0"):
        ended = subprocess.run([*command, free], cwd=ROOT, capture_output=True, text=True, check=False)
        assert (ended.returncode, ended.stdout + ended.stderr) == (0, ""), free


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_order(ending: signal.Signals, start_server: StartServer) -> None:
    """With clients of every kind connected: in the namespace, before it, before the handshake, and not reading."""
    server = start_server()
    client = Client(server.port)
    client.welcome()
    others = [RawSocket(server.port, receive_buffer=4_096) for _ in range(3)]
    for other in others[:2]:
        other.handshake()
    others[0].send_text("40")
    started = time.monotonic()
    server.stop(ending)
    assert time.monotonic() - started < 60
    client.read_until_closed(1)
    for other in others:
        other.close()


LEAST = {
    "RATE_LIMIT": "1", "CONNECTIONS_PER_ADDRESS": "2", "LOG_LEVEL": "ERROR", "MAX_MESSAGE_BYTES": "1000",
    "MAX_BACKLOG_BYTES": "100000", "REFRESHES_PER_SECOND": "1", "HEARTBEAT_SECONDS": "0.05", "EDITING_SECONDS": "0.1",
    "JOURNAL_DAYS": "1", "JOURNAL_COMMITS": "100", "TICK_SECONDS": "0.05", "REDIS_URL": "redis://127.0.0.1:1",
}  # fmt: skip
MOST = {
    "RATE_LIMIT": "100000", "CONNECTIONS_PER_ADDRESS": "1000000", "LOG_LEVEL": "DEBUG", "LOG_FORMAT": "json",
    "MAX_MESSAGE_BYTES": "10000000", "MAX_BACKLOG_BYTES": "100000000", "REFRESHES_PER_SECOND": "1000",
    "HEARTBEAT_SECONDS": "5", "EDITING_SECONDS": "300", "JOURNAL_DAYS": "3650", "JOURNAL_COMMITS": "100000000",
    "TICK_SECONDS": "60", "ACCESS": "public-read", "TRUSTED_PROXIES": "9", "SQLITE_SYNCHRONOUS": "FULL",
}  # fmt: skip


@pytest.mark.parametrize("settings", [LEAST, MOST], ids=["least", "most"])
def test_the_ends_of_every_range_work(settings: dict[str, str], start_server: StartServer) -> None:
    server = start_server(**settings)
    with closing(Client(server.port)) as client:
        client.welcome()
        may_write = settings.get("ACCESS") is None
        assert client.call("new_coach", {"name": "Ada Lovelace", "age": 36})["ok"] is may_write
        assert client.call("refresh")["ok"]
    assert "Traceback" not in server.log()


def test_it_starts_on_the_database_it_left(start_server: StartServer) -> None:
    server = start_server()
    server.stop()
    started = time.monotonic()
    server.start()
    assert time.monotonic() - started < 60
    client = Client(server.port)
    client.welcome()
    client.close()


def test_a_second_server_on_the_same_port_leaves_the_first_alone(
    start_server: StartServer, tmp_path: Path, new_server: Callable[..., Server]
) -> None:
    server = start_server()
    assert "Spotter runs there already" in _refusal(tmp_path, PORT=str(server.port))
    client = Client(server.port)
    client.welcome()
    client.close()


def test_processes_that_start_together_on_one_new_file_all_serve(tmp_path: Path) -> None:
    """They migrate it in turn, and make one journal."""
    database = SQLiteDatabase(tmp_path)
    folders = [tmp_path / str(number) for number in range(2)]
    for folder in folders:
        folder.mkdir()
    servers = [Server(folder, database) for folder in folders]
    try:
        with ThreadPoolExecutor() as threads:
            list(threads.map(Server.start, servers))
        epochs = set()
        for server in servers:
            with closing(Client(server.port)) as client:
                epochs.add(client.welcome()[0]["epoch"])
        assert len(epochs) == 1
    finally:
        for server in servers:
            server.close()


def test_a_file_that_another_process_has_locked_is_waited_for(start_server: StartServer) -> None:
    server = start_server()
    assert isinstance(server.database, SQLiteDatabase)
    path = server.database.path
    server.stop()
    with ThreadPoolExecutor() as threads, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        starting = threads.submit(server.start)
        wait_until(lambda: server.is_alive() and server.has_open(path), "it opens the file", 20)
        with pytest.raises(TimeoutError):
            starting.result(timeout=1)
        other.execute("ROLLBACK")
        starting.result(timeout=20)
    with closing(Client(server.port)) as client:
        client.welcome()
