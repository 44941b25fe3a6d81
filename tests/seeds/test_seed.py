"""`python seed.py`: what it asks and refuses, and a gym of any size."""

import os
import pty
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from seed import is_filled
from server.config import Config
from tests.conftest import StartServer
from tests.seeds.seeding import arrays_of, seed
from tests.support.consistency import assert_consistent
from tests.support.database import contents
from tests.support.environment import environment
from tests.support.fork_server import fork_server
from tests.support.program import python
from tests.support.server import Server
from tests.support.socketio_client import Client


def _answering(server: Server, answer: str) -> tuple[str, int]:
    """Run it on a terminal with this answer typed; returns its output and its exit code."""
    terminal, inside = pty.openpty()
    with tempfile.TemporaryFile() as log, open(inside, "rb") as stdin:
        child = fork_server().launch(("seed.py",), environment(DATABASE_URL=server.database.url), log, stdin)
        os.write(terminal, f"{answer}\n".encode())
        code = child.wait(60)
        log.seek(0)
        said = log.read().decode()
    os.close(terminal)
    return said, code


@pytest.mark.parametrize("name", ["gym#1.db", "gym%41.db", "gym 1.db", "gÿm.db"])
def test_a_filled_file_is_known_without_the_application_whatever_its_name(name: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / name)) as connection, connection:
        connection.execute("CREATE TABLE coaches (id INTEGER)")
        connection.execute("INSERT INTO coaches VALUES (1)")
    settings = {"SECRET_KEY": "a key for tests, long enough", "DATABASE_URL": f"sqlite:///{tmp_path / name}"}
    assert is_filled(Config.from_environment(settings))
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_on_a_terminal_it_asks(seeded: Server) -> None:
    before = contents(seeded.database.url)
    for answer in ("n", "", "yes please"):
        said, code = _answering(seeded, answer)
        assert seeded.database.url.rsplit("/", 1)[1] in said and "[y/N]" in said and "Nothing was changed." in said
        assert code != 0 and contents(seeded.database.url) == before
    said, code = _answering(seeded, "y")
    assert code == 0 and "Seeded" in said
    assert contents(seeded.database.url) != before


def test_if_empty_leaves_a_gym_alone(seeded: Server) -> None:
    before = contents(seeded.database.url)
    seed(seeded, "--if-empty")
    assert contents(seeded.database.url) == before


def test_seeding_again_starts_a_new_epoch(seeded: Server, start_server: StartServer) -> None:
    """Cursors of the gym that was replaced must not fit the new one."""
    epochs = []
    for _ in range(2):
        seeded.start()
        client = Client(seeded.port)
        epochs.append(client.welcome()[0]["epoch"])
        client.close()
        seeded.stop()
        before = contents(seeded.database.url)
        said = seed(seeded, code=1)
        assert "--replace" in said and seeded.database.url.rsplit("/", 1)[1] in said, "the database is named"
        assert contents(seeded.database.url) == before, "something was deleted without asking"
        seed(seeded, "--replace")
    assert epochs[0] != epochs[1]


def test_a_resource_that_it_does_not_know_is_emptied_too(new_server: Any) -> None:
    """Its records refer to coaches, who would stay otherwise."""
    server = new_server()
    program = (
        "import sys, tests.wire.new_resource.extended; from seed import main; sys.argv[1:] = ['--replace']; main()"
    )
    try:
        for _ in range(2):
            code, said = fork_server().end(("-c", program), DATABASE_URL=server.database.url)
            assert code == 0, said
            with closing(sqlite3.connect(server.database.url.removeprefix("sqlite:///"))) as connection:
                assert connection.execute("SELECT count(*) FROM guests").fetchone() == (0,)
                connection.execute("INSERT INTO guests (name, coach_id) VALUES ('Mel', 1)")
                connection.commit()
    finally:
        server.close()


@pytest.mark.kinds("postgres", reason="SQLite answers at once")
def test_a_database_that_takes_longer_than_a_request_may_is_filled(new_server: Any) -> None:
    """So does a gym of many classes on a busy machine."""
    program = (
        "import sys; from sqlalchemy import text; from seed import main; from server.seeds import tables\n"
        "replace = tables.replace\n"
        "def slowly(connection, *rest, **options):\n"
        "    connection.execute(text('SELECT pg_sleep(4.5)'))\n"
        "    replace(connection, *rest, **options)\n"
        "tables.replace = slowly; sys.argv[1:] = ['--if-empty']; main()"
    )
    with closing(new_server()) as server:
        assert "Seeded" in fork_server().run(("-c", program), DATABASE_URL=server.database.url)


def test_any_size(start_server: StartServer, new_server: Any) -> None:
    server = new_server()
    try:
        seed(server, "--coaches", "12", "--moves", "40", "--plans", "25", "--schedules", "700")
        arrays = arrays_of(server)
        assert {channel: len(rows) for channel, rows in arrays.items() if rows} == {
            "coaches": 12,
            "exercise_moves": 40,
            "workout_plans": 25,
            "schedules": 700,
        }
        assert_consistent(arrays)
    finally:
        server.close()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--coaches", "-1"),
        ("--coaches", "many"),
        ("--coaches",),
        ("--schedules", "1.5"),
        ("--unknown",),
        ("--moves", "1e9"),
    ],
)
def test_a_wrong_argument_is_explained(arguments: tuple[str, ...], seeded: Server) -> None:
    before = contents(seeded.database.url)
    said = seed(seeded, *arguments, code=2)
    assert arguments[0] in said
    assert contents(seeded.database.url) == before


def test_a_wrong_setting_is_one_line() -> None:
    code, said = python("seed.py", DATABASE_URL="nonsense")
    assert code != 0
    assert len(said.splitlines()) == 1, said
    assert "DATABASE_URL" in said
