"""The file of an embedded database: who may read it, when it is whole, and what becomes of a server that loses it."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import StartServer
from tests.support.database import SQLiteDatabase
from tests.support.flask import flask
from tests.support.fork_server import fork_server
from tests.support.gym import Gym
from tests.support.http import ask
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.waiting import wait_until

# The server notices within a second; under load a test may wait longer than a person would.
NOTICED = 20.0


@pytest.fixture
def usual_umask() -> Iterator[None]:
    """What a shell has: files that are made without a word are readable by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def _path(server: Server) -> Path:
    return Path(server.database.url.removeprefix("sqlite:///"))


def _coaches(path: Path) -> list[str]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM coaches ORDER BY id")]


def _copied_alone(database: Path, to: Path) -> Path:
    return Path(shutil.copy(database, to / "alone.db"))


def _write(client: Client, name: str) -> str:
    """The code with which a new coach is refused; empty if there is one now."""
    ack = client.call("new_coach", {"name": name, "age": 30}, {})
    return "" if ack["ok"] else str(ack["meta"]["code"])


def _wait_for(server: Server, status: int) -> str:
    """What /readyz says when it answers so."""
    wait_until(lambda: ask(server, "/readyz")[0] == status, f"/readyz answers {status}", NOTICED)
    return str(json.loads(ask(server, "/readyz")[2]).get("problem", ""))


def _files(path: Path) -> set[str]:
    """The database and what SQLite keeps beside it; the server's own note is not meant."""
    return {one.name for one in path.parent.glob(f"{path.name}*")} - {f"{path.name}.seen"}


def _another_gym(directory: Path) -> Path:
    path = directory / "another.db"
    _seed(path)
    return path


def _seed(path: Path, *arguments: str) -> None:
    small = ("--coaches", "3", "--moves", "2", "--plans", "1", "--schedules", "0")
    fork_server().run(("seed.py", *small, *arguments), DATABASE_URL=f"sqlite:///{path}")


def test_a_file_that_is_moved_away_is_waited_for_and_never_made_anew(own_server: Server, tmp_path: Path) -> None:
    path = _path(own_server)
    with closing(Client(own_server.port)) as client:
        client.welcome()
        assert _write(client, "Before") == ""
        logged = own_server.log_size()
        away = path.rename(tmp_path / "away.db")

        assert _write(client, "Meanwhile") == "unavailable"
        problem = _wait_for(own_server, 503)
        assert "database" in problem
        wait_until(lambda: "cannot be reached" in own_server.log(logged), "it is said", NOTICED)
        assert _write(client, "Known to be away") == "unavailable"
        with closing(Client(own_server.port)) as reader:
            assert [coach["name"] for coach in reader.welcome()[1]["coaches"]] == ["Before"], "reads are from memory"
        assert not path.exists()

        away.rename(path)
        _wait_for(own_server, 200)
        assert _write(client, "After") == ""
        log = own_server.log(logged)
        assert log.count("cannot be reached") == 1, log
        assert str(path) not in problem
        assert f"{path.name} is not where it was" in log
        assert "Traceback" not in log, log
    own_server.stop()
    assert _coaches(path) == ["Before", "After"]


def test_another_file_in_its_place_is_not_taken_before_a_restart(own_server: Server, tmp_path: Path) -> None:
    path = _path(own_server)
    other = _another_gym(tmp_path)
    others = _coaches(other)
    with closing(Client(own_server.port)) as client:
        client.welcome()
        known = client.ok("sync", None)
        assert _write(client, "Before") == ""
        away = path.rename(tmp_path / "away.db")
        shutil.copy(other, path)
        _wait_for(own_server, 503)
        assert _write(client, "Lost") == "unavailable"
        with closing(Client(own_server.port)) as reader:
            assert [coach["name"] for coach in reader.welcome()[1]["coaches"]] == ["Before"]
    own_server.stop()
    assert _coaches(path) == others, "nothing of the one was written into the other"
    assert _coaches(_copied_alone(away, tmp_path)) == ["Before"], "what was acked is in its file"
    own_server.start()
    with closing(Client(own_server.port)) as client:
        assert [coach["name"] for coach in client.welcome()[1]["coaches"]] == others
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
    path = _path(own_server)
    with closing(Client(own_server.port)) as client:
        assert _write(client, "Before") == ""
    content = {
        "another gym": lambda: _another_gym(tmp_path).read_bytes(),
        "nothing": bytes,
        "garbage": lambda: os.urandom(50_000),
    }[with_what]()
    with closing(Client(own_server.port)) as client:
        client.welcome()
        assert _write(client, "Acked") == ""
        logged = own_server.log_size()
        _write_over(path, content)
        assert _write(client, "Lost") == "unavailable"
        assert "database" in _wait_for(own_server, 503)
        assert _write(client, "Known to be lost") == "unavailable"
        with closing(Client(own_server.port)) as reader:
            assert "Acked" in [coach["name"] for coach in reader.welcome()[1]["coaches"]], "reads are from memory"
        wait_until(lambda: f"{path.name} was written over" in own_server.log(logged), "it is said", NOTICED)
    own_server.stop()
    assert path.read_bytes() == content, "something was written to what is there now"
    assert "Traceback" not in own_server.log(logged)
    (kept,) = path.parent.glob(f"{path.name}-wal.*")
    assert kept.stat().st_mode & 0o077 == 0
    assert b"Acked" in kept.read_bytes(), "what was acked is nowhere"
    if with_what != "garbage":
        own_server.start()
        with closing(Client(own_server.port)) as client:
            names = [coach["name"] for coach in client.welcome()[1]["coaches"]]
            assert names == {"another gym": names, "nothing": []}[with_what]
            assert "Acked" not in names and _write(client, "After") == ""


def test_the_same_database_is_taken_again(own_server: Server) -> None:
    path = _path(own_server)
    with closing(Client(own_server.port)) as client:
        client.welcome()
        assert _write(client, "Before") == ""
        whole = path.read_bytes()
        _write_over(path, b"a mistake")
        assert _write(client, "Meanwhile") == "unavailable"
        _write_over(path, whole)
        _wait_for(own_server, 200)
        assert _write(client, "After") == ""
    own_server.stop()
    assert _coaches(path) == ["Before", "After"]


def test_a_seed_and_checkpoints_of_others_are_no_loss(own_server: Server) -> None:
    path = _path(own_server)
    with closing(Client(own_server.port)) as client:
        client.welcome()
        for _ in range(2):
            assert _write(client, "Before") == ""
            _seed(path, "--replace")
            with closing(sqlite3.connect(path, timeout=30)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            wait_until(lambda: _write(client, "After") == "", "written to the seeded gym", NOTICED)
        assert "written over" not in own_server.log()
        assert len(_coaches(path)) == 4


@pytest.mark.parametrize("loss", ["DELETE FROM journal_head", "DROP TABLE journal_head"])
def test_a_file_without_its_journal_is_no_new_gym(loss: str, own_server: Server) -> None:
    path = _path(own_server)
    with closing(Client(own_server.port)) as client:
        client.welcome()
        assert _write(client, "Before") == ""
        logged = own_server.log_size()
        with closing(sqlite3.connect(path, timeout=30)) as connection, connection:
            connection.execute(loss)
        assert _write(client, "Meanwhile") == "unavailable"
        _wait_for(own_server, 503)
        assert _write(client, "Known to be lost") == "unavailable"
        log = own_server.log(logged)
        assert log.count("cannot be reached") == 1, log
        assert "is back" not in log
        assert "Traceback" not in log, log


def test_after_an_orderly_stop_the_file_alone_is_whole(
    usual_umask: None, start_server: StartServer, tmp_path: Path
) -> None:
    server = start_server()
    path = _path(server)
    with closing(Client(server.port)) as client:
        client.welcome()
        gym = Gym(client)
        names = [gym.new("coach")["name"] for _ in range(11)]
    for one in path.parent.glob(f"{path.name}*"):
        assert one.stat().st_mode & 0o077 == 0, f"{one.name} can be read by others"
    server.stop()
    assert _coaches(_copied_alone(path, tmp_path)) == names
    assert _files(path) == {path.name}


def test_files_that_others_could_read_are_tightened_at_the_start(usual_umask: None, start_server: StartServer) -> None:
    server = start_server()
    path = _path(server)
    server.kill()
    beside = list(path.parent.glob(f"{path.name}*"))
    assert {one.name.removeprefix(path.name) for one in beside} >= {"", "-wal", "-shm", ".seen"}
    for one in beside:
        one.chmod(0o644)
    server.start()
    for one in path.parent.glob(f"{path.name}*"):
        assert one.stat().st_mode & 0o077 == 0, f"{one.name} can be read by others"


def test_what_seed_and_commands_leave_is_one_whole_file_for_its_owner(usual_umask: None, tmp_path: Path) -> None:
    path = SQLiteDatabase(tmp_path).path
    url = f"sqlite:///{path}"
    _seed(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert _files(path) == {path.name}
    assert len(_coaches(_copied_alone(path, tmp_path))) == 3
    assert "0 records differed" in flask(url, "journal", "reconcile")
    assert _files(path) == {path.name}
    path.unlink()
    flask(url, "db", "upgrade")
    assert path.stat().st_mode & 0o777 == 0o600
    assert _files(path) == {path.name}
    assert _coaches(_copied_alone(path, tmp_path)) == []


def test_a_note_that_cannot_be_written_is_said_once_in_one_line(own_server: Server) -> None:
    path = _path(own_server)
    draft = Path(f"{path}.seen.new")
    logged = own_server.log_size()
    draft.mkdir()
    with closing(Client(own_server.port)) as client:
        client.welcome()
        assert _write(client, "One") == ""
        wait_until(lambda: f"{path.name}.seen could not be written" in own_server.log(logged), "it is said", NOTICED)
    # It tries every second, and once more at its end.
    own_server.stop()
    log = own_server.log(logged)
    assert log.count("could not be written") == 1, log
    assert "Traceback" not in log, log
    draft.rmdir()
