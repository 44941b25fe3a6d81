"""`flask new-resource`: the file and the migration that it writes work on both databases; what cannot be is refused."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from server.cli.resource_file import KINDS, Field, Refused, Target, check_name, parse, plan, plural_of, source
from tests.support.environment import ROOT, environment
from tests.support.ports import Port
from tests.support.postgres import Postgres
from tests.support.socketio_client import Client

TARGETS = {"coach": Target("coaches", "Coach", ("id", "name")), "schedule": Target("schedules", "Schedule", ("id",))}
# Of each kind one that is required and one that is not.
FIELDS = [f"{kind}_{place}:{kind}{'?' * place}" for kind in KINDS for place in (0, 1)]
REFERENCES = ["coach:ref", "trainer:coach?", "schedule:ref?", "parent:locker?"]
VALUES = {
    "text": "A", "paragraph": "A", "address": "https://gym.example/", "whole": 3, "decimal": 1.5, "number": 0.5,
    "yes_no": True, "date": "2026-12-24", "time": "09:00:00", "moment": "2026-12-24T09:00:00+00:00",
}  # fmt: skip
EMPTY = {"text": "", "paragraph": "", "address": "", "yes_no": False}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project in which somebody ran it with all there is."""
    path = tmp_path_factory.mktemp("new") / "spotter"
    for part in ("server", "migrations"):
        shutil.copytree(ROOT / part, path / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", path)
    said = run(path, "locker", *FIELDS, *REFERENCES)
    assert said.returncode == 0, said.stderr
    assert "server/resources/lockers.py" in said.stdout and "new_locker" in said.stdout
    return path


def run(copy: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """The command, in the copy, whose own database is not there."""
    command = [sys.executable, "-m", "flask", "--app", "server", "new-resource", *arguments]
    settings = environment(DATABASE_URL=f"sqlite:///{copy}/none.db")
    return subprocess.run(command, cwd=copy, env=settings, capture_output=True, text=True, timeout=280, check=False)


@pytest.fixture(params=["sqlite", "postgres"])
def port(request: pytest.FixtureRequest, copy: Path, tmp_path: Path) -> Iterator[int]:
    """Where the copy serves a database of its own, which it has migrated."""
    with ExitStack() as stack:
        url = f"sqlite:///{tmp_path}/served.db"
        if request.param == "postgres":
            database = stack.enter_context(closing(Postgres())).new_database(tmp_path)
            stack.callback(database.drop)
            url = database.url
        place = Port()
        stack.callback(place.release)
        settings = environment(DATABASE_URL=url, PORT=str(place.number))
        process = subprocess.Popen([sys.executable, "-m", "server"], cwd=copy, env=settings, stderr=subprocess.PIPE)
        stack.callback(process.communicate, timeout=20)
        stack.callback(process.terminate)
        assert process.stderr is not None
        said = iter(process.stderr.readline, b"")
        assert any(b"Spotter is on" in line for line in said), "it did not start"
        yield place.number


def test_what_it_writes_is_as_the_project_is_written(copy: Path) -> None:
    for tool in (("ruff", "check"), ("ruff", "format", "--check")):
        command = [Path(sys.executable).with_name(tool[0]), *tool[1:], "server/resources", "migrations"]
        ended = subprocess.run(command, cwd=copy, capture_output=True, text=True, timeout=60, check=False)
        assert ended.returncode == 0, ended.stdout


def test_each_kind_of_field_is_written_read_and_undone(port: int) -> None:
    with closing(Client(port)) as client:
        coach = client.ok("new_coach", {"name": "Ann Lee", "age": 30})
        required = {f"{kind}_0": value for kind, value in VALUES.items()}
        locker = client.ok("new_locker", {**required, "coach": {"id": coach["id"]}})
        shown = {"id": coach["id"], "name": "Ann Lee"}
        empty = {f"{kind}_1": EMPTY.get(kind) for kind in VALUES}
        nothing = {"trainer": None, "schedule": None, "parent": None}
        assert locker == {"id": 1, **required, **empty, "coach": shown, **nothing}
        filled = {f"{kind}_1": value for kind, value in VALUES.items()}
        own = {"id": 1} | ({"name": locker["name"]} if "name" in locker else {})
        ack = client.call("update_locker", {"id": 1, **filled, "trainer_id": coach["id"], "parent_id": 1}, {})
        assert ack["data"] == {**locker, **filled, "trainer": shown, "parent": own}
        assert client.ok("undo", {"seq": ack["meta"]["seq"]}) == locker
        assert set(client.fails("new_locker", {})) == {*required, "coach", "errors"}


def test_what_is_refused_writes_nothing(copy: Path) -> None:
    before = {path: path.read_bytes() for path in copy.rglob("*.py")}
    said = run(copy, "member", "name:colour")
    assert said.returncode != 0 and "The kinds are text" in said.stderr and "Traceback" not in said.stderr
    assert {path: path.read_bytes() for path in copy.rglob("*.py")} == before


@pytest.mark.parametrize(
    ("name", "fields", "plural", "says"),
    [
        ("coach", ["name:text"], None, "already"),
        ("member", ["name:text"], "coaches", "already"),
        ("sheep", ["name:text"], "sheep", "--plural"),
        ("member", ["name:text", "name:whole"], None, "a name of its own"),
        ("member", ["name:colour"], None, "The kinds are text"),
        ("member", ["name"], None, "write NAME:KIND"),
        ("Member", ["name:text"], None, "small letters"),
        ("member", ["class:text"], None, "no word of Python"),
        ("member", ["id:whole"], None, "cannot be called"),
        ("member", ["errors:text"], None, "cannot be called"),
    ],
)
def test_what_cannot_be(name: str, fields: list[str], plural: str | None, says: str) -> None:
    with pytest.raises(Refused) as refused:
        plan(name, fields, plural, TARGETS)
    assert says in str(refused.value)


def test_what_can_be() -> None:
    fields = [Field("boss", "member", False), Field("note", "text", True)]
    assert plan("member", ["boss:member?", "note:text"], None, TARGETS) == ("members", fields)
    assert plan("sheep", ["note:text"], "flocks", TARGETS) == ("flocks", fields[1:])


def test_plurals() -> None:
    words = ("coach", "box", "class", "city", "day", "member", "exercise_move")
    assert [plural_of(word) for word in words] == [
        "coaches", "boxes", "classes", "cities", "days", "members", "exercise_moves",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["", "_a", "a__b", "a_", "1a", "\u00e4rger", "a" * 41, "import", "a.b", "../a"])
def test_names_that_cannot_be(name: str) -> None:
    with pytest.raises(Refused):
        check_name(name)


def test_a_field_as_it_is_typed() -> None:
    assert parse("coach:ref?", TARGETS) == Field("coach", "coach", False)
    assert parse("age:whole", TARGETS) == Field("age", "whole", True)
    assert "coaches.id" in source("member", "members", [parse("coach:ref", TARGETS)], TARGETS)
    ast.parse(source("member", "members", [parse(field, TARGETS) for field in FIELDS], TARGETS))
