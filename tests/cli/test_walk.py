"""docs/operations.md, walked: its commands do what it says, on a machine whose folders are others.

PostgreSQL's own restore, nginx, and the restart of one process after the other have tests of their own (tests/deploy);
all of it is walked as it is written on a machine of its own (tests/walk).
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import StartServer
from tests.deploy.nginx import substituted
from tests.support.database import SQLiteDatabase
from tests.support.environment import ROOT, environment
from tests.support.postgres import Postgres
from tests.support.requirements import skip_or_fail
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.waiting import wait_until

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(sh|text)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
# Each is a package of the same name.
PROGRAMS = ("sqlite3", "curl", "sudo", "nginx", "certbot", "make")


def block(beginning: str) -> str:
    """The commands that begin so."""
    [found] = [text for language, text in BLOCKS if language == "sh" and text.startswith(beginning)]
    return str(found)


def run(commands: str, **settings: str) -> str:
    """What they say; each has to work."""
    for name in ("sqlite3", "bash"):
        if shutil.which(name) is None:
            skip_or_fail(name)
    ended = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        cwd=ROOT,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Server]:
    """One process, whose data is where the page has it but in a folder of this test."""
    database = SQLiteDatabase(tmp_path)
    server = Server(tmp_path, database, {"SECRET_KEY": "the first key of this gym", "LOG_FORMAT": "json"})
    yield server.start()
    server.close()


def here(commands: str, folder: Path) -> str:
    """The commands, with this test's folders."""
    return substituted(commands, {"/var/lib/spotter/": f"{folder}/"}).replace("/var/backups/", f"{folder}/backups-")


def coaches(server: Server) -> list[str]:
    """Their names, as a client that connects is sent them."""
    with closing(Client(server.port)) as client:
        return [record["name"] for record in client.welcome()[1]["coaches"]]


def test_every_block_is_shell() -> None:
    for language, text in BLOCKS:
        if language == "sh":
            ended = subprocess.run(["bash", "-n", "-c", text], capture_output=True, text=True, check=False)
            assert ended.returncode == 0, text


def test_every_program_is_installed_by_a_line_of_the_page() -> None:
    installed = set(" ".join(re.findall(r"^(?:apt update && )?apt install (.*)$", PAGE, re.MULTILINE)).split())
    used = {
        word
        for language, text in BLOCKS
        for word in PROGRAMS
        if language == "sh" and re.search(rf"(?:^|[;|&] ?|sudo -u \w+ ){word} ", text, re.MULTILINE)
    }
    assert {"sqlite3", "curl", "sudo"} <= used and used <= installed
    assert {"postgresql", "redis-server", "python3-venv"} <= installed


def test_a_backup_that_is_made_while_it_runs_is_restored(machine: Server, tmp_path: Path) -> None:
    with closing(Client(machine.port)) as client:
        client.ok("new_coach", {"name": "Before Backup", "age": 30})
        run(here(block("umask 077"), tmp_path))
        client.ok("new_coach", {"name": "After Backup", "age": 30})
        known = client.ok("sync", None)
    [copy] = tmp_path.glob("backups-gym-*.db")
    assert copy.stat().st_mode & 0o077 == 0
    machine.stop()
    shutil.copy(copy, tmp_path / "gym.db")
    for rest in ("gym.db-wal", "gym.db-shm"):
        (tmp_path / rest).unlink(missing_ok=True)
    machine.start()
    assert coaches(machine) == ["Before Backup"]
    with closing(Client(machine.port)) as client:
        answer = client.ok("sync", {"epoch": known["epoch"], "seq": known["seq"]})
        assert answer["mode"] == "snapshot", "the lost future is known to nobody"


def test_one_record_comes_out_of_a_backup(machine: Server, tmp_path: Path) -> None:
    with closing(Client(machine.port)) as client:
        for number in range(1, 8):
            client.ok("new_coach", {"name": f"Coach {number}", "age": 30})
        run(here(block("umask 077"), tmp_path))
        [copy] = tmp_path.glob("backups-gym-*.db")
        client.ok("delete_coach", {"id": 7})
        client.ok("update_coach", {"id": 3, "name": "Later"})
        commands = here(block('sqlite3 /var/lib/spotter/gym.db "ATTACH'), tmp_path).replace(
            f"{tmp_path}/backups-gym-2026-03-02.db", str(copy)
        )
        run(commands)
        after = PAGE.split(block('sqlite3 /var/lib/spotter/gym.db "ATTACH'))[1]
        [seen, expected] = re.findall(r"^```(?:sh|text)\n(.*?)^```$", after, re.DOTALL | re.MULTILINE)[:2]
        assert run(seen, DATABASE_URL=machine.database.url) == expected
        restored = ["Coach 1", "Coach 2", "Later", "Coach 4", "Coach 5", "Coach 6", "Coach 7"]
        while [one["name"] for one in client.next_event("coaches").args[0]] != restored:
            pass
        assert client.ok("new_coach", {"name": "Next One", "age": 30})["id"] == 8


def test_another_key_ends_sign_ins_and_nothing_else(tmp_path: Path, start_server: StartServer) -> None:
    spotter_env = tmp_path / "spotter.env"
    shutil.copy(ROOT / "deploy" / "spotter.env", spotter_env)
    commands = block('sed -i "s/^SECRET_KEY').splitlines()
    assert commands[1].startswith("systemctl restart")
    keys = []
    for _ in range(2):
        run(substituted(commands[0], {"/etc/spotter/spotter.env": str(spotter_env)}))
        keys += re.findall(r"^SECRET_KEY=(\w{64})$", spotter_env.read_text(), re.MULTILINE)
    first, second = keys
    assert first != second
    server = start_server(SECRET_KEY=first)
    sign_in = {"username": "ada.k", "password": "a long password"}
    with closing(Client(server.port)) as client:
        client.ok("new_coach", {"name": "Ada King", "age": 30, **sign_in})
        token = client.call("login", sign_in)["token"]
    server.stop()
    server.settings["SECRET_KEY"] = second
    server.start()
    with closing(Client(server.port, auth={"token": token})) as client:
        assert client.welcome()[0]["user"] is None
        assert client.call("login", sign_in)["user"]["name"] == "Ada King"


def test_how_far_back_the_change_log_reaches(machine: Server, tmp_path: Path) -> None:
    with closing(Client(machine.port)) as client:
        client.ok("new_coach", {"name": "Ann Lee", "age": 30})
    assert run(here(block('sqlite3 /var/lib/spotter/gym.db "SELECT seq'), tmp_path)) == "1|0\n"


def test_growth_is_as_the_page_has_it(machine: Server, tmp_path: Path) -> None:
    [measured] = re.findall(r"\((\d+) bytes measured", PAGE)
    commits = 600
    machine.stop()
    machine.settings["RATE_LIMIT"] = "off"
    sizes = []
    for start in (0, commits):
        machine.start()
        with closing(Client(machine.port)) as client:
            if start == 0:
                client.ok("new_coach", {"name": "Ann Lee", "age": 30})
            for number in range(start, start + commits):
                op = f"00000000-0000-4000-8000-{number:012}"
                assert client.call("update_coach", {"id": 1, "age": 20 + number % 60}, {"op": op})["ok"]
        machine.stop()
        sizes.append((tmp_path / "gym.db").stat().st_size)
    machine.start()
    assert 0.5 < (sizes[1] - sizes[0]) / commits / int(measured) < 1.5


def test_who_is_over_a_limit_is_in_the_log(start_server: StartServer) -> None:
    server = start_server(RATE_LIMIT="100", CONNECTIONS_PER_ADDRESS="2", LOG_FORMAT="json")
    [pattern] = re.findall(r"grep -E '(.*)'", block("journalctl"))
    with closing(Client(server.port)), closing(Client(server.port)):
        with pytest.raises(Exception, match=r"429|refused|closed"):
            Client(server.port).close()
        wait_until(lambda: re.search(pattern, server.log()) is not None, "a line in the log")
    [line] = [json.loads(line) for line in server.log().splitlines() if re.search(pattern, line)][:1]
    assert line["address"] == "127.0.0.1"


def test_a_version_that_is_older_than_its_database_does_not_start(machine: Server, tmp_path: Path) -> None:
    machine.stop()
    run(f"sqlite3 {tmp_path}/gym.db \"UPDATE alembic_version SET version_num = '9999'\"")
    ended = subprocess.run(
        ["bash", "-c", ".venv/bin/python -m server"],
        cwd=ROOT,
        env=environment(DATABASE_URL=machine.database.url, PORT=str(machine.port)),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    [said] = re.findall(r"the old version does not start \(`(.*)`\)", PAGE)
    assert ended.returncode == 1 and ended.stderr.startswith(said)
    run(f"sqlite3 {tmp_path}/gym.db \"UPDATE alembic_version SET version_num = '0013'\"")
    machine.start()


def test_the_copy_says_what_the_page_has(machine: Server, tmp_path: Path) -> None:
    with closing(Client(machine.port)) as client:
        client.ok("new_coach", {"name": "Ann Lee", "age": 30})
    machine.stop()
    commands = block(".venv/bin/flask --app server database copy")
    with closing(Postgres()) as postgres:
        database = postgres.new_database(tmp_path)
        try:
            copy = substituted(commands, {"postgresql+psycopg:///spotter?host=/run/postgresql": database.url})
            said = run(copy, DATABASE_URL=machine.database.url).splitlines()
        finally:
            database.drop()
    assert re.fullmatch(r"coaches +1 rows  [0-9a-f]{16}", next(line for line in said if line.startswith("coaches")))
    assert said[-1].startswith("The copy is complete. Set DATABASE_URL=postgresql+psycopg://")
    machine.start()
