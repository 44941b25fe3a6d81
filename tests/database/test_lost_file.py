"""A server whose SQLite file is moved away, replaced or overwritten writes nothing more until the same file is back."""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.database.files import NOTICED, coaches_in, copied_alone, path_of, seed, write
from tests.support.http import ask
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.waiting import wait_until


def _wait_for(server: Server, status: int) -> str:
    """What /readyz says when it answers so."""
    wait_until(lambda: ask(server, "/readyz")[0] == status, f"/readyz answers {status}", NOTICED)
    return str(json.loads(ask(server, "/readyz")[2]).get("problem", ""))


def _served(server: Server) -> list[str]:
    """The names of the coaches that a client is sent."""
    with closing(Client(server.port)) as client:
        return [coach["name"] for coach in client.welcome()[1]["coaches"]]


def _another_gym(directory: Path) -> Path:
    path = directory / "another.db"
    seed(path)
    return path


def test_a_file_that_is_moved_away_is_waited_for_and_never_made_anew(own_server: Server, tmp_path: Path) -> None:
    path = path_of(own_server)
    with closing(Client(own_server.port)) as client:
        client.welcome()
        assert write(client, "Before") == ""
        logged = own_server.log_size()
        away = path.rename(tmp_path / "away.db")

        assert write(client, "Meanwhile") == "unavailable"
        problem = _wait_for(own_server, 503)
        assert "database" in problem
        wait_until(lambda: "cannot be reached" in own_server.log(logged), "a line in the log", NOTICED)
        assert write(client, "Known to be away") == "unavailable"
        assert _served(own_server) == ["Before"], "reads are from memory"
        assert not path.exists()

        away.rename(path)
        _wait_for(own_server, 200)
        assert write(client, "After") == ""
        log = own_server.log(logged)
        assert log.count("cannot be reached") == 1, log
        assert str(path) not in problem
        assert f"{path.name} is not where it was" in log
        assert "Traceback" not in log, log
    own_server.stop()
    assert coaches_in(path) == ["Before", "After"]


def test_another_file_in_its_place_is_not_taken_before_a_restart(own_server: Server, tmp_path: Path) -> None:
    path = path_of(own_server)
    other = _another_gym(tmp_path)
    others = coaches_in(other)
    with closing(Client(own_server.port)) as client:
        client.welcome()
        known = client.ok("sync", None)
        assert write(client, "Before") == ""
        away = path.rename(tmp_path / "away.db")
        shutil.copy(other, path)
        _wait_for(own_server, 503)
        assert write(client, "Lost") == "unavailable"
        assert _served(own_server) == ["Before"]
    own_server.stop()
    assert coaches_in(path) == others, "nothing of the one was written into the other"
    assert coaches_in(copied_alone(away, tmp_path)) == ["Before"], "what was acked is in its file"
    own_server.start()
    assert _served(own_server) == others
    with closing(Client(own_server.port)) as client:
        assert client.ok("sync", {"epoch": known["epoch"], "seq": known["seq"]})["mode"] == "snapshot"


def _write_over(path: Path, content: bytes) -> None:
    """As `cp` does it, or an editor: the same file, something else in it."""
    with path.open("r+b") as file:
        file.truncate(0)
        file.write(content)


@pytest.mark.parametrize("with_what", ["another gym", "nothing", "garbage"])
def test_a_file_that_is_written_over_is_neither_used_nor_written_to(
    with_what: str, own_server: Server, tmp_path: Path
) -> None:
    path = path_of(own_server)
    with closing(Client(own_server.port)) as client:
        assert write(client, "Before") == ""
    content = {
        "another gym": lambda: _another_gym(tmp_path).read_bytes(),
        "nothing": bytes,
        "garbage": lambda: os.urandom(50_000),
    }[with_what]()
    with closing(Client(own_server.port)) as client:
        client.welcome()
        assert write(client, "Acked") == ""
        logged = own_server.log_size()
        _write_over(path, content)
        assert write(client, "Lost") == "unavailable"
        assert "database" in _wait_for(own_server, 503)
        assert write(client, "Known to be lost") == "unavailable"
        assert "Acked" in _served(own_server), "reads are from memory"
        wait_until(lambda: f"{path.name} was written over" in own_server.log(logged), "a line in the log", NOTICED)
    own_server.stop()
    assert path.read_bytes() == content, "something was written to what is there now"
    assert "Traceback" not in own_server.log(logged)
    (kept,) = path.parent.glob(f"{path.name}-wal.*")
    assert kept.stat().st_mode & 0o077 == 0
    assert b"Acked" in kept.read_bytes(), "what was acked is nowhere"
    if with_what != "garbage":
        own_server.start()
        names = _served(own_server)
        assert bool(names) is (with_what == "another gym") and "Acked" not in names
        with closing(Client(own_server.port)) as client:
            assert write(client, "After") == ""


def test_the_same_database_is_taken_again(own_server: Server) -> None:
    path = path_of(own_server)
    with closing(Client(own_server.port)) as client:
        client.welcome()
        assert write(client, "Before") == ""
        whole = path.read_bytes()
        _write_over(path, b"a mistake")
        assert write(client, "Meanwhile") == "unavailable"
        _write_over(path, whole)
        _wait_for(own_server, 200)
        assert write(client, "After") == ""
    own_server.stop()
    assert coaches_in(path) == ["Before", "After"]


def test_a_seed_and_checkpoints_of_others_are_no_loss(own_server: Server) -> None:
    path = path_of(own_server)
    with closing(Client(own_server.port)) as client:
        client.welcome()
        for _ in range(2):
            assert write(client, "Before") == ""
            seed(path, "--replace")
            with closing(sqlite3.connect(path, timeout=30)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            wait_until(lambda: write(client, "After") == "", "written to the seeded gym", NOTICED)
        assert "written over" not in own_server.log()
        assert len(coaches_in(path)) == 4


@pytest.mark.parametrize("loss", ["DELETE FROM journal_head", "DROP TABLE journal_head"])
def test_a_file_without_its_journal_is_no_new_gym(loss: str, own_server: Server) -> None:
    path = path_of(own_server)
    with closing(Client(own_server.port)) as client:
        client.welcome()
        assert write(client, "Before") == ""
        logged = own_server.log_size()
        with closing(sqlite3.connect(path, timeout=30)) as connection, connection:
            connection.execute(loss)
        assert write(client, "Meanwhile") == "unavailable"
        _wait_for(own_server, 503)
        assert write(client, "Known to be lost") == "unavailable"
        log = own_server.log(logged)
        assert log.count("cannot be reached") == 1, log
        assert "is back" not in log
        assert "Traceback" not in log, log
