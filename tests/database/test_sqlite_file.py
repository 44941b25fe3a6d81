"""The file of an embedded database: its mode, and when it is complete without the files beside it."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import StartServer
from tests.database.files import NOTICED, coaches_in, copied_alone, path_of, seed, write
from tests.support.database import SQLiteDatabase
from tests.support.flask import flask
from tests.support.gym import Gym
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.waiting import wait_until


@pytest.fixture
def usual_umask() -> Iterator[None]:
    """A shell's: new files are readable by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def _files(path: Path) -> set[str]:
    """The database and what SQLite keeps beside it; the server's own note is not meant."""
    return {file.name for file in path.parent.glob(f"{path.name}*")} - {f"{path.name}.seen"}


def _assert_private(path: Path) -> None:
    for file in path.parent.glob(f"{path.name}*"):
        assert file.stat().st_mode & 0o077 == 0, f"{file.name} can be read by others"


def test_after_an_orderly_stop_the_file_alone_is_whole(
    usual_umask: None, start_server: StartServer, tmp_path: Path
) -> None:
    server = start_server()
    path = path_of(server)
    with closing(Client(server.port)) as client:
        client.welcome()
        gym = Gym(client)
        names = [gym.new("coach")["name"] for _ in range(11)]
    _assert_private(path)
    server.stop()
    assert coaches_in(copied_alone(path, tmp_path)) == names
    assert _files(path) == {path.name}


def test_files_that_others_could_read_are_tightened_at_the_start(usual_umask: None, start_server: StartServer) -> None:
    server = start_server()
    path = path_of(server)
    server.kill()
    beside = list(path.parent.glob(f"{path.name}*"))
    assert {file.name.removeprefix(path.name) for file in beside} >= {"", "-wal", "-shm", ".seen"}
    for file in beside:
        file.chmod(0o644)
    server.start()
    _assert_private(path)


def test_what_seed_and_commands_leave_is_one_whole_file_for_its_owner(usual_umask: None, tmp_path: Path) -> None:
    path = SQLiteDatabase(tmp_path).path
    url = f"sqlite:///{path}"
    seed(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert _files(path) == {path.name}
    assert len(coaches_in(copied_alone(path, tmp_path))) == 3
    assert "0 records differed" in flask(url, "journal", "reconcile")
    assert _files(path) == {path.name}
    path.unlink()
    flask(url, "db", "upgrade")
    assert path.stat().st_mode & 0o777 == 0o600
    assert _files(path) == {path.name}
    assert coaches_in(copied_alone(path, tmp_path)) == []


def test_a_note_that_cannot_be_written_is_said_once_in_one_line(own_server: Server) -> None:
    path = path_of(own_server)
    draft = Path(f"{path}.seen.new")
    logged = own_server.log_size()
    draft.mkdir()
    with closing(Client(own_server.port)) as client:
        client.welcome()
        assert write(client, "One") == ""
        wait_until(
            lambda: f"{path.name}.seen could not be written" in own_server.log(logged), "a line in the log", NOTICED
        )
    # It tries every second, and once more at its end.
    own_server.stop()
    log = own_server.log(logged)
    assert log.count("could not be written") == 1, log
    assert "Traceback" not in log, log
    draft.rmdir()
