"""A database that cannot be used is one line in every program, with no traceback and no secret in it."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import programs
from tests.support.disk import make_read_only
from tests.support.disk import mounted
from tests.support.flask import flask
from tests.support.ports import Port
from tests.support.programs import Ended
from tests.support.server import ROOT

SECRET = "hunter2Marker"
COMMANDS = (
    ("db", "upgrade"),
    ("db", "downgrade"),
    ("db", "current"),
    ("db", "history", "--indicate-current"),
    ("db", "check"),
    ("db", "stamp", "head"),
    ("db", "migrate"),
    ("db", "revision", "--autogenerate"),
    ("account", "list"),
    ("account", "add", "ada"),
    ("account", "role", "ada", "admin"),
    ("account", "password", "ada"),
    ("account", "remove", "ada"),
    ("journal", "restored"),
    ("journal", "reconcile"),
)
PROGRAMS = (
    ("seed.py",),
    ("seed.py", "--if-empty"),
    ("seed.py", "--replace", "--coaches", "1"),
    *(("flask", "--app", "server", *command) for command in COMMANDS),
)
# Why it cannot be used, and what the line says of that.
FILES = {
    "a folder": "set it to sqlite:///path/to/file.db",
    "in no folder": "No such file or directory",
    "beneath a file": "File exists",
    "no database": "file is not a database",
    "damaged": "malformed",
    "not to be read": "it cannot be written",
    "on a read-only disk": "it cannot be written",
    "new on a read-only disk": "Read-only file system",
    "newer": "newer than this program",
}
SERVERS = {
    "not there": (f"postgresql+psycopg://gym:{SECRET}@127.0.0.1:1/gym", "Connection refused"),
    "of another user": (f"postgresql+psycopg://nobody:{SECRET}@127.0.0.1/nothing", "nobody"),
    "not found": (f"postgresql+psycopg://gym:{SECRET}@no-such-host.invalid/gym", "no-such-host.invalid"),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """A file of each kind."""
    folder = tmp_path_factory.mktemp("unusable")
    good = folder / "good.db"
    flask(f"sqlite:///{good}", "db", "upgrade")
    content = good.read_bytes()
    (folder / "folder").mkdir()
    (folder / "letter").write_text("This is a letter to my grandmother, and no database at all. " * 50)
    (folder / "damaged.db").write_bytes(content[:100] + b"\xff" * (len(content) - 100))
    (folder / "closed.db").write_bytes(content)
    (folder / "closed.db").chmod(0)
    (folder / "newer.db").write_bytes(content)
    with closing(sqlite3.connect(folder / "newer.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'of tomorrow'")
    with mounted(folder / "disk", "size=6000000") as disk:
        (disk / "gym.db").write_bytes(content)
        make_read_only(disk)
        yield {
            "a folder": folder / "folder",
            "in no folder": Path("/proc/nowhere/gym.db"),
            "beneath a file": folder / "letter" / "gym.db",
            "no database": folder / "letter",
            "damaged": folder / "damaged.db",
            "not to be read": folder / "closed.db",
            "on a read-only disk": disk / "gym.db",
            "new on a read-only disk": disk / "folder" / "new.db",
            "newer": folder / "newer.db",
        }


def test_every_command_says_so_in_a_line(files: dict[str, Path], tmp_path: Path) -> None:
    migrations = shutil.copytree(ROOT / "migrations", tmp_path / "migrations")
    versions = set(migrations.glob("versions/*.py"))
    urls = {kind: f"sqlite:///{path}" for kind, path in files.items()} | {
        kind: url for kind, (url, _) in SERVERS.items()
    }
    reasons = FILES | {kind: reason for kind, (_, reason) in SERVERS.items()}
    before = _contents(files)
    tried = [(program, kind) for kind in urls for program in PROGRAMS]
    folder = {"FLASK_DB_DIRECTORY": str(migrations)}
    ended = programs.run([(program, {"DATABASE_URL": urls[kind], **folder}) for program, kind in tried])
    wrong = [(*one, how) for one, how in zip(tried, ended, strict=True) if not _is_a_line(how, reasons[one[1]])]
    assert not wrong, f"{len(wrong)} of {len(tried)}: {wrong[:20]}"
    assert _contents(files) == before
    assert set(migrations.glob("versions/*.py")) == versions


def test_the_server_says_so_in_a_line(files: dict[str, Path]) -> None:
    """A PostgreSQL that is not there is waited for."""
    port = Port()
    settings = [{"PORT": str(port.number), "DATABASE_URL": f"sqlite:///{path}"} for path in files.values()]
    ended = dict(zip(files, programs.run([(("server",), one) for one in settings]), strict=True))
    port.release()
    assert not {kind: how for kind, how in ended.items() if not _is_a_line(how, FILES[kind])}


def _is_a_line(ended: Ended, reason: str) -> bool:
    is_one = ended.code == 1 and len(ended.said.splitlines()) == 1 and "hunter2" not in ended.said
    named = "DATABASE_URL=" in ended.said or "newer than this program" in ended.said
    return is_one and named and reason in ended.said


def _contents(files: dict[str, Path]) -> dict[str, bytes]:
    return {kind: path.read_bytes() for kind, path in files.items() if path.is_file()}
