"""An application of one's own: the gym's resources are removed, all or some, and what is left is served or refused."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.support.environment import ROOT, environment
from tests.support.ports import Port
from tests.support.postgres import Postgres
from tests.support.socketio_client import Client

GYM = ("coaches", "workout_plans", "exercise_moves", "schedules", "exceptions")


def copied(path: Path, *removed: str) -> Path:
    """The project without these resources."""
    for part in ("server", "migrations"):
        shutil.copytree(ROOT / part, path / part, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "seed.py"):
        shutil.copy(ROOT / file, path)
    for name in removed:
        (path / f"server/resources/{name}.py").unlink()
    return path


def run(copy: Path, url: str, *command: str) -> "subprocess.CompletedProcess[str]":
    """A program of the copy, to its end."""
    settings = environment(DATABASE_URL=url, PYTHONDONTWRITEBYTECODE="1")
    arguments = [sys.executable, *command]
    return subprocess.run(arguments, cwd=copy, env=settings, capture_output=True, text=True, timeout=120, check=False)


def get(port: int, path: str) -> tuple[int, bytes]:
    """The status, and the body."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Without the gym, and with a migration that drops its tables, then a resource of one's own and its migration."""
    path = copied(tmp_path_factory.mktemp("own"), *GYM)
    url = f"sqlite:///{path}/compared.db"
    for command in (
        ("db", "upgrade"),
        ("db", "migrate", "-m", "without the gym"),
        ("new-resource", "member", "name:text"),
    ):
        ended = run(path, url, "-m", "flask", "--app", "server", *command)
        assert ended.returncode == 0, ended.stderr
    return path


@pytest.fixture(params=["sqlite", "postgres"])
def port(request: pytest.FixtureRequest, copy: Path, tmp_path: Path) -> Iterator[int]:
    """Where it serves the database of a gym that had been filled before."""
    with ExitStack() as stack:
        url = f"sqlite:///{tmp_path}/gym.db"
        if request.param == "postgres":
            database = stack.enter_context(closing(Postgres())).new_database(tmp_path)
            stack.callback(database.drop)
            url = database.url
        filled = run(ROOT, url, "seed.py", "--replace")
        assert filled.returncode == 0, filled.stderr
        place = Port()
        stack.callback(place.release)
        settings = environment(DATABASE_URL=url, PORT=str(place.number), PYTHONDONTWRITEBYTECODE="1")
        process = subprocess.Popen([sys.executable, "-m", "server"], cwd=copy, env=settings, stderr=subprocess.PIPE)
        stack.callback(process.communicate, timeout=20)
        stack.callback(process.terminate)
        assert process.stderr is not None
        said = []
        for line in iter(process.stderr.readline, b""):
            said.append(line)
            if b"Spotter is on" in line:
                break
        else:
            raise AssertionError(b"".join(said).decode())
        yield place.number


def test_records_and_accounts_are_served_without_it(port: int) -> None:
    with closing(Client(port)) as client:
        member = client.ok("new_member", {"name": "Mel"})
        assert member == {"id": 1, "name": "Mel"}
        assert client.ok("list_members", {})["records"] == [member]
        assert set(client.fails("new_coach", {"name": "Ann Lee", "age": 30})) == {"errors"}
        signed_in = client.call("login", {"username": "admin", "password": "spotter-demo"})
        assert signed_in["ok"], signed_in
        accounts = {one["username"]: one["coach"] for one in client.ok("accounts", None)}
        assert {"admin", "coach", "viewer"} <= set(accounts) and set(accounts.values()) == {None}
        assert "coach_id" in client.fails("set_account", {"username": "viewer", "coach_id": 1})
        client.ok("set_account", {"username": "coach", "coach_id": None})
        client.ok("delete_account", {"username": "coach"})


def test_the_timetable_is_gone(port: int) -> None:
    for path in ("/timetable.ics", "/timetable/1.ics"):
        status, body = get(port, path)
        assert status == 404 and b"There is no timetable" in body
    assert get(port, "/readyz")[0] == 200
    assert b"new_member" in get(port, "/asyncapi.json")[1]


def test_the_demo_is_gone(copy: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    asked_by_make = run(copy, url, "seed.py", "--if-empty")
    assert (asked_by_make.returncode, asked_by_make.stdout, asked_by_make.stderr) == (0, "", "")
    wanted = run(copy, url, "seed.py")
    assert wanted.returncode == 1
    assert wanted.stderr.startswith("There is no demo without the gym's resources: coaches, exceptions,")


@pytest.mark.parametrize(
    ("removed", "says"),
    [
        (["coaches"], "schedules.coach_id refers to coaches, and there is no such table"),
        (["exercise_moves"], "planned_moves.exercise_move_id refers to exercise_moves, and there is no such table"),
        (["coaches", "schedules"], "exceptions.coach_id refers to coaches, and there is no such table"),
    ],
)
def test_what_still_refers_to_a_removed_resource_is_named(removed: list[str], says: str, tmp_path: Path) -> None:
    copy = copied(tmp_path, *removed)
    for program in (("server",), ("flask", "--app", "server", "account", "list")):
        ended = run(copy, f"sqlite:///{tmp_path}/gym.db", "-m", *program)
        assert ended.returncode == 1
        assert says in ended.stderr and "remove that of" in ended.stderr and "Traceback" not in ended.stderr
        assert len(ended.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "gym.db").exists()
