"""The process: starts that work, and its end."""

import os
import signal
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import StartServer
from tests.support.database import SQLiteDatabase
from tests.support.environment import ROOT
from tests.support.program import python
from tests.support.raw_socket import RawSocket
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.waiting import wait_until


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


def test_a_start_is_short_of_what_it_need_not_do() -> None:
    """SQLite needs no driver of PostgreSQL; what is loaded is not searched for garbage, what is made later is."""
    ended = python(
        "-c",
        "import gc, sys, server.__main__, server.cli.serve as serve\n"
        "assert not gc.isenabled() and 'psycopg' not in sys.modules\n"
        "serve._tune_the_collector()\n"
        "assert gc.isenabled()",
    )
    assert ended == (0, "")


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


def test_it_starts_on_the_database_it_left(start_server: StartServer) -> None:
    server = start_server()
    server.stop()
    started = time.monotonic()
    server.start()
    assert time.monotonic() - started < 60
    with closing(Client(server.port)) as client:
        client.welcome()


def test_processes_that_start_together_on_one_new_file_all_serve(tmp_path: Path) -> None:
    """They migrate it one after the other, and make one journal."""
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
