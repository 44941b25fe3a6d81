"""A database that cannot be used is one line in every program, with no traceback and no secret in it."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import programs
from tests.support.disk import make_read_only, mounted
from tests.support.environment import ROOT
from tests.support.ports import Port
from tests.support.postgres import Postgres
from tests.support.programs import Ended
from tests.support.rows import sql

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
}
NEWER = "newer than this program"
# A PostgreSQL that is not there is waited for by the server, and by nothing else.
SERVERS = {
    "not there": (f"postgresql+psycopg://gym:{SECRET}@127.0.0.1:1/gym", "Connection refused"),
    "of another user": (f"postgresql+psycopg://nobody:{SECRET}@127.0.0.1/nothing", "nobody"),
    "not found": (f"postgresql+psycopg://gym:{SECRET}@no-such-host.invalid/gym", "no-such-host.invalid"),
}
# Its URL, and what the line says.
Kind = tuple[str, str]


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Kind]]:
    """Databases that a later version has migrated."""
    folder = tmp_path_factory.mktemp("newer")
    with closing(Postgres()) as postgres:
        urls = {"newer": f"sqlite:///{folder}/gym.db", "newer on PostgreSQL": postgres.new_database(folder).url}
        ended = programs.run(
            [(("flask", "--app", "server", "db", "upgrade"), {"DATABASE_URL": url}) for url in urls.values()]
        )
        assert [one.code for one in ended] == [0, 0], ended
        for url in urls.values():
            sql(url, "UPDATE alembic_version SET version_num = 'of tomorrow'")
        yield {kind: (url, NEWER) for kind, url in urls.items()}


@pytest.fixture(scope="module")
def files(newer: dict[str, Kind], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """A file of each kind."""
    folder = tmp_path_factory.mktemp("unusable")
    content = Path(newer["newer"][0].removeprefix("sqlite:///")).read_bytes()
    (folder / "folder").mkdir()
    (folder / "letter").write_text("This is a letter to my grandmother, and no database at all. " * 50)
    (folder / "damaged.db").write_bytes(content[:100] + b"\xff" * (len(content) - 100))
    (folder / "closed.db").write_bytes(content)
    (folder / "closed.db").chmod(0)
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
        }


def test_every_command_says_so_in_a_line(files: dict[str, Path], newer: dict[str, Kind], tmp_path: Path) -> None:
    migrations = shutil.copytree(ROOT / "migrations", tmp_path / "migrations")
    versions, before = set(migrations.glob("versions/*.py")), _contents(files)
    kinds = _of(files) | SERVERS | newer
    tried = [(program, kind) for kind in kinds for program in PROGRAMS]
    folder = {"FLASK_DB_DIRECTORY": str(migrations)}
    ended = programs.run([(program, {"DATABASE_URL": kinds[kind][0], **folder}) for program, kind in tried])
    wrong = [(*one, how) for one, how in zip(tried, ended, strict=True) if not _is_a_line(how, kinds[one[1]])]
    assert not wrong, f"{len(wrong)} of {len(tried)}: {wrong[:20]}"
    assert _contents(files) == before
    assert set(migrations.glob("versions/*.py")) == versions


def test_the_server_says_so_in_a_line(files: dict[str, Path], newer: dict[str, Kind]) -> None:
    port = Port()
    kinds = _of(files) | newer
    settings = [{"PORT": str(port.number), "DATABASE_URL": url} for url, _ in kinds.values()]
    ended = dict(zip(kinds, programs.run([(("server",), one) for one in settings]), strict=True))
    port.release()
    assert not {kind: how for kind, how in ended.items() if not _is_a_line(how, kinds[kind])}


def _of(files: dict[str, Path]) -> dict[str, Kind]:
    return {kind: (f"sqlite:///{path}", FILES[kind]) for kind, path in files.items()}


def _is_a_line(ended: Ended, kind: Kind) -> bool:
    """One line, which names the setting unless that is right."""
    is_one = ended.code == 1 and len(ended.said.splitlines()) == 1 and "hunter2" not in ended.said
    names_it = "DATABASE_URL=" in ended.said
    return is_one and kind[1] in ended.said and names_it == (kind[1] != NEWER)


def _contents(files: dict[str, Path]) -> dict[str, bytes]:
    return {kind: path.read_bytes() for kind, path in files.items() if path.is_file()}
