"""A server that cannot start ends with one line that names the setting; see tests/test_config.py for the cures."""

import os
import re
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from server import port_binding
from tests.conftest import StartServer
from tests.support.database import SQLiteDatabase
from tests.support.disk import make_read_only, mounted
from tests.support.environment import ROOT
from tests.support.fork_server import fork_server
from tests.support.ports import Port
from tests.support.program import SERVER, python
from tests.support.server import Server
from tests.support.socketio_client import Client

REFUSED = {
    "PORT": "port",
    "HOST": "not a host",
    "DATABASE_URL": "sqlite://nonsense",
    "ACCESS": "sesame",
    "ALLOWED_ORIGINS": "*",
    "LOG_LEVEL": "loud",
}


def _refusal(tmp_path: Path, **settings: str) -> str:
    """Start a server that cannot run; returns its output."""
    port = Port()
    try:
        code, said = fork_server().end(SERVER, **{"PORT": str(port.number), **_database(tmp_path), **settings})
    finally:
        port.release()
    assert code not in (0, None) and "Traceback" not in said, said
    return said.strip()


def _database(folder: Path) -> dict[str, str]:
    return {"DATABASE_URL": f"sqlite:///{folder}/gym.db"}


@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_setting_ends_the_start_with_one_line(name: str, tmp_path: Path) -> None:
    said = _refusal(tmp_path, **{name: REFUSED[name]})
    assert len(said.splitlines()) == 1, said
    assert name in said
    assert REFUSED[name] in said or f"{name}=(hidden) " in said


def test_an_address_under_a_path_is_refused_with_the_reason(tmp_path: Path) -> None:
    for origin in ("https://gym.example/spotter/", "https://gym.example/spotter"):
        said = _refusal(tmp_path, ALLOWED_ORIGINS=origin)
        assert said == (
            f"ALLOWED_ORIGINS={origin!r} cannot be used: set it to origins such as https://gym.example, separated by "
            "commas, each without a path: the server needs a name of its own, and works under no path."
        )
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert "The server works under no path (`https://gym.example/spotter/`)" in page


def test_open_access_on_a_public_address_is_refused(tmp_path: Path) -> None:
    said = _refusal(tmp_path, HOST="0.0.0.0")
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
    said = _refusal(tmp_path, **settings).splitlines()
    assert name in said[-1]
    if name == "HOST":
        assert len(said) == 1 and not list(tmp_path.iterdir()), "it is tried before a database is made"


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gym.db"
    path.write_text("This is a letter to my grandmother, and no database at all. " * 50)
    assert "DATABASE_URL" in _refusal(tmp_path).splitlines()[-1]
    assert path.read_text().startswith("This is a letter")


def test_a_disk_that_takes_no_database(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=6000000") as disk:
        server = Server(tmp_path, SQLiteDatabase(disk)).start()
        server.leave()
        make_read_only(disk)
        for path in ("gym.db", "new.db", "folder/gym.db"):
            said = _refusal(tmp_path, DATABASE_URL=f"sqlite:///{disk}/{path}")
            assert len(said.splitlines()) == 1 and said.startswith(f"DATABASE_URL=sqlite:///{disk}/{path} "), said


_WITH_INSTANCE = "import pathlib, runpy, sys, server.config as c; c.INSTANCE = pathlib.Path(sys.argv.pop(1)); "


def test_an_instance_that_takes_no_key(tmp_path: Path) -> None:
    with mounted(tmp_path / "instance", "ro") as instance:
        program = _WITH_INSTANCE + "runpy.run_module('server', run_name='__main__')"
        code, said = python("-c", program, str(instance), SECRET_KEY="", **_database(tmp_path))
    assert code == 1 and len(said.splitlines()) == 1, said
    assert said.startswith("SECRET_KEY=(hidden) cannot be used: set it to at least 16 ") and "Read-only" in said


@pytest.fixture
def busy_port() -> Iterator[int]:
    """A port on which another program listens, which answers nothing."""
    port = Port()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", port.number))
        listener.listen()
        yield port.number
    port.release()


def test_a_port_in_use_is_named_before_a_database_is_made(busy_port: int, tmp_path: Path) -> None:
    said = _refusal(tmp_path, PORT=str(busy_port))
    assert len(said.splitlines()) == 1, said
    assert said.startswith(f"PORT={busy_port} cannot be used: another program listens there. Set PORT to a free one")
    assert not list(tmp_path.iterdir())


def test_the_port_is_tried_without_any_package(busy_port: int) -> None:
    """As `make start` does it, with nothing installed; -S and -I hide what is."""
    command = ("-S", "-I", os.path.relpath(port_binding.__file__, ROOT), "127.0.0.1")
    code, said = python(*command, str(busy_port))
    assert code == 1 and f"PORT={busy_port} cannot be used" in said
    example = re.search(r"such as ([0-9]+) \(PORT=\1 make start\)", said)
    assert example, said
    for free in (example[1], "nonsense", "0"):
        assert python(*command, free) == (0, ""), free


def test_a_second_server_on_the_same_port_leaves_the_first_alone(start_server: StartServer, tmp_path: Path) -> None:
    """As somebody starts it, with an interpreter of its own."""
    server = start_server()
    code, said = python("-m", "server", PORT=str(server.port), **_database(tmp_path))
    assert code == 1 and "Spotter runs there already" in said and "Traceback" not in said, said
    with closing(Client(server.port)) as client:
        client.welcome()
