"""`python seed.py`: a gym that looks real, once, and in any size."""

import os
import pty
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from seed import is_filled
from server.config import Config
from tests.conftest import StartServer
from tests.support.consistency import Arrays
from tests.support.consistency import assert_consistent
from tests.support.database import contents
from tests.support.environment import ROOT
from tests.support.environment import environment
from tests.support.flask import flask
from tests.support.fork_server import fork_server
from tests.support.ports import Port
from tests.support.server import Server
from tests.support.socketio_client import PASSWORD
from tests.support.socketio_client import Client

ACCOUNTS = {"user": ("password", "admin")}


def _seed(server: Server, *arguments: str, code: int = 0, **settings: str) -> str:
    ended, said = fork_server().end(("seed.py", *arguments), DATABASE_URL=server.database.url, **settings)
    assert (ended == 0) == (code == 0), said
    assert "Traceback" not in said
    return said


def _named(server: Server, **settings: str) -> set[str]:
    """The accounts that a refused start names in its one line, which has the cures too."""
    port = Port()
    settings["PORT"] = str(port.number)
    try:
        ended, said = fork_server().end(("server",), DATABASE_URL=server.database.url, **settings)
    finally:
        port.release()
    line = said.strip().splitlines()[-1]
    assert ended == 1 and "Spotter is on" not in said
    assert "account password" in line and "account remove" in line and f"ACCESS={settings['ACCESS']}" in line
    return set(line.partition(": ")[2].partition(".")[0].split(", "))


def _answering(server: Server, answer: str) -> tuple[str, int]:
    """Run it on a terminal on which somebody types this; returns what it said, and its exit code."""
    terminal, inside = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "seed.py"],
        cwd=ROOT,
        env=environment(DATABASE_URL=server.database.url),
        stdin=inside,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        os.write(terminal, f"{answer}\n".encode())
        said = process.communicate(timeout=60)[0]
    os.close(terminal)
    os.close(inside)
    return said, process.returncode


def _arrays(server: Server) -> Arrays:
    server.start()
    client = Client(server.port)
    arrays = client.welcome()[1]
    client.close()
    server.stop()
    return arrays


@pytest.fixture(scope="module")
def seeded(new_server: Any) -> Any:
    """A server that was seeded before its first start; it does not run."""
    server = new_server()
    _seed(server)
    yield server
    server.close()


@pytest.fixture(scope="module")
def gym(seeded: Server) -> Arrays:
    """The four arrays of the seeded gym."""
    return _arrays(seeded)


def test_as_much_as_a_gym_has(gym: Arrays) -> None:
    assert_consistent(gym)
    assert len(gym["coaches"]) >= 8
    assert len(gym["exercise_moves"]) >= 30
    assert len(gym["workout_plans"]) >= 10
    assert len(gym["schedules"]) >= 40


def test_coaches_have_ages_and_usernames(gym: Arrays) -> None:
    for coach in gym["coaches"]:
        assert " " in coach["name"], f"a first and a last name: {coach}"
        assert coach["age"]
        assert coach["username"]


def test_moves_differ_and_are_described(gym: Arrays) -> None:
    moves = gym["exercise_moves"]
    for field in ("name", "description"):
        assert len({move[field] for move in moves}) == len(moves)
    assert len({move["focus"] for move in moves}) >= 5
    assert all(len(move["description"].split()) >= 6 for move in moves)


def test_plans_have_three_to_eight_moves_each_once(gym: Arrays) -> None:
    assert len({plan["name"] for plan in gym["workout_plans"]}) == len(gym["workout_plans"])
    assert len({plan["difficulty"] for plan in gym["workout_plans"]}) >= 3
    for plan in gym["workout_plans"]:
        ids = [move["id"] for move in plan["exercise_moves"]]
        assert 3 <= len(ids) <= 8
        assert len(set(ids)) == len(ids)


def test_a_week_without_two_classes_of_one_coach_at_once(gym: Arrays) -> None:
    slots = Counter((row["day"], row["hour"], row["coach"]["id"]) for row in gym["schedules"])
    assert set(slots.values()) == {1}
    assert len({row["day"] for row in gym["schedules"]}) >= 6
    assert {row["coach"]["id"] for row in gym["schedules"]} == {coach["id"] for coach in gym["coaches"]}
    assert len({row["workout_plan"]["id"] for row in gym["schedules"]}) == len(gym["workout_plans"])


def test_nothing_reads_like_filler(gym: Arrays) -> None:
    words = set(re.findall(r"\w+", repr(gym).lower()))
    assert not words & {"lorem", "ipsum", "foo", "test", "todo", "asdf", "xxx", "placeholder", "example"}


def test_the_accounts_that_the_readme_names_sign_in(seeded: Server) -> None:
    readme = (ROOT / "README.md").read_text()
    seeded.start()
    try:
        client = Client(seeded.port)
        client.welcome()
        for role in ("admin", "coach", "viewer"):
            line = next(line for line in readme.splitlines() if line.strip(" -*`|").lower().startswith(role))
            username, password = _credentials(line)
            ack = client.call("login", {"username": username, "password": password})
            assert ack["ok"], line
            assert ack["user"]["role"] == role
        client.close()
    finally:
        seeded.stop()


def test_demo_accounts_are_for_an_open_gym_only(new_server: Any) -> None:
    """Not even one that was filled before it was closed to strangers serves with a password that everybody knows."""
    server = new_server()
    try:
        _seed(server)
        assert {access: _named(server, ACCESS=access) for access in ("public-read", "required")} == {
            "public-read": {"admin", "coach", "viewer"},
            "required": {"admin", "coach", "viewer"},
        }
        flask(server.database.url, "account", "password", "admin", stdin=PASSWORD)
        assert _named(server, ACCESS="required") == {"coach", "viewer"}
        for name in ("coach", "viewer"):
            flask(server.database.url, "account", "remove", name)
        server.settings["ACCESS"] = "required"
        server.start()
        with closing(Client(server.port)) as client:
            assert client.call("login", {"username": "admin", "password": PASSWORD})["user"]["role"] == "admin"
    finally:
        server.close()


def test_a_demo_account_that_an_undo_brings_back_has_no_password_that_everybody_knows(new_server: Any) -> None:
    server = new_server()
    demo = {"username": "viewer", "password": "spotter-demo"}
    try:
        server.start()
        with closing(Client(server.port)) as client:
            coach = client.ok("new_coach", {"name": "Ada Lovelace", "age": 36, **demo})
            client.ok("delete_coach", coach)
            seq = client.ok("sync")["seq"]
        flask(server.database.url, "account", "add", "ada", "--role", "admin", stdin=PASSWORD)
        server.stop()
        server.settings["ACCESS"] = "required"
        server.start()
        with closing(Client(server.port)) as client:
            assert client.call("login", {"username": "ada", "password": PASSWORD})["ok"]
            assert client.ok("undo", {"seq": seq})["username"] == "viewer"
            assert not client.call("login", demo)["ok"]
    finally:
        server.close()
    assert "'viewer'" in server.log() and "spotter-demo" not in server.log()


@pytest.mark.parametrize("name", ["gym#1.db", "gym%41.db", "gym 1.db", "gÿm.db"])
def test_a_filled_file_is_known_without_the_application_whatever_its_name(name: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / name)) as connection, connection:
        connection.execute("CREATE TABLE coaches (id INTEGER)")
        connection.execute("INSERT INTO coaches VALUES (1)")
    settings = {"SECRET_KEY": "a key for tests, long enough", "DATABASE_URL": f"sqlite:///{tmp_path / name}"}
    assert is_filled(Config.from_environment(settings))
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_gym_that_is_closed_to_strangers_is_filled_without_demo_accounts(new_server: Any) -> None:
    server = new_server(ACCESS="required")
    try:
        assert "No demo accounts" in _seed(server, ACCESS="required")
        server.start()
        with closing(Client(server.port)) as client:
            for name in ("admin", "coach", "viewer"):
                assert not client.call("login", {"username": name, "password": "spotter-demo"})["ok"]
    finally:
        server.close()


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
    _seed(seeded, "--if-empty")
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
        said = _seed(seeded, code=1)
        assert "--replace" in said and seeded.database.url.rsplit("/", 1)[1] in said, "the database is named"
        assert contents(seeded.database.url) == before, "something was deleted without asking"
        _seed(seeded, "--replace")
    assert epochs[0] != epochs[1]


def test_a_resource_that_it_does_not_know_is_emptied_too(new_server: Any) -> None:
    """Its records refer to coaches, who would stay otherwise."""
    server = new_server()
    program = (
        "import sys, tests.wire.new_resource.extended; from seed import main; sys.argv[1:] = ['--replace']; main()"
    )
    command = [sys.executable, "-c", program]
    env = environment(DATABASE_URL=server.database.url)
    try:
        for _ in range(2):
            ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)
            assert ended.returncode == 0, ended.stderr
            with closing(sqlite3.connect(server.database.url.removeprefix("sqlite:///"))) as connection:
                assert connection.execute("SELECT count(*) FROM guests").fetchone() == (0,)
                connection.execute("INSERT INTO guests (name, coach_id) VALUES ('Mel', 1)")
                connection.commit()
    finally:
        server.close()


def test_any_size(start_server: StartServer, new_server: Any) -> None:
    server = new_server()
    try:
        _seed(server, "--coaches", "12", "--moves", "40", "--plans", "25", "--schedules", "700")
        arrays = _arrays(server)
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
    said = _seed(seeded, *arguments, code=2)
    assert arguments[0] in said
    assert contents(seeded.database.url) == before


def test_a_wrong_setting_is_one_line(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "seed.py"],
        cwd=ROOT,
        env=environment(DATABASE_URL="nonsense"),
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    said = (ended.stdout + ended.stderr).strip()
    assert ended.returncode != 0
    assert len(said.splitlines()) == 1, said
    assert "DATABASE_URL" in said


def _credentials(line: str) -> tuple[str, str]:
    """The two names in `- admin: `user` / `password``."""
    username, password = line.split(":", 1)[1].split("/", 1)
    return username.strip(" `*|"), password.strip(" `*|.")
