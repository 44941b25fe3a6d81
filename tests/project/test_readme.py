"""The README's new resource, as it is written there: one file and a migration, and nothing else is edited."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.environment import ROOT, environment
from tests.support.gym import Gym
from tests.support.ports import Port
from tests.support.requirements import skip_or_fail
from tests.support.socketio_client import Client

README = (ROOT / "README.md").read_text(encoding="utf-8")
# All that a check of Python reads.
PARTS = (
    *("server", "clients", "tests", "migrations", "docs", "bench"),
    *("pyproject.toml", "README.md", "seed.py", "tools.py"),
)
CHECKS = {
    "ruff check": ("ruff", "check", "."),
    "ruff format": ("ruff", "format", "--check", "."),
    "mypy": ("mypy", "server/resources/members.py"),
    "imports": ("lint-imports", "--no-cache"),
}
MYPY_CACHE = ".mypy_cache"
# Those that ask for all there is.
KNOWING = (
    "tests/project/test_protocol_page.py::test_every_event_is_mentioned",
    "tests/project/test_protocol_page.py::test_every_event_of_a_record_is_shown_with_its_ack",
    "tests/realtime/gateway/test_asyncapi.py::test_every_event_that_is_served_is_in_it_and_no_other",
    "tests/realtime/gateway/test_asyncapi.py::test_every_channel_is_in_it",
    "tests/realtime/gateway/test_asyncapi.py::test_writes_and_their_events_are_valid",
    "tests/database/test_migrations.py::test_the_migration_of_a_new_resource_as_it_is_generated_gives_no_id_twice",
    "tests/database/test_rewriting.py::test_rewriting_every_table_changes_no_row_no_id_and_no_constraint[sqlite]",
    "tests/seeds/test_seed.py::test_any_size",
    "tests/wire/new_resource/test_guest.py::test_its_array_comes_after_the_four",
    "tests/wire/gateway/test_connect.py",
    "tests/wire/live/test_listeners.py::test_who_leaves_the_namespace_hears_no_more",
    "tests/wire/accounts/test_rights.py::test_the_table_has_every_event",
)


def _run(copy: Path, *command: str, seconds: int = 280) -> str:
    """What a program says that must work, run in the copy."""
    ended = subprocess.run(
        [Path(sys.executable).with_name(command[0]), *command[1:]],
        cwd=copy,
        env=environment(DATABASE_URL=f"sqlite:///{copy}/readme.db"),
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project in which somebody did what the README says."""
    path = tmp_path_factory.mktemp("readme") / "spotter"
    path.mkdir()
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, path / part, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        else:
            shutil.copy(ROOT / part, path / part)
    if (ROOT / MYPY_CACHE).is_dir():
        # `make check` comes before the tests: what it knows of all that is not new saves most of the time.
        shutil.copytree(ROOT / MYPY_CACHE, path / MYPY_CACHE)
    [(name, text)] = re.findall(r"`(server/resources/\w+\.py)`:\n\n```python\n(.*?)```", README, re.DOTALL)
    assert not (path / name).exists()
    [command] = re.findall(r"^    \.venv/bin/(flask .* new-resource .*)$", README, re.MULTILINE)
    before = set(path.glob("migrations/versions/*.py"))
    _run(path, *command.split())
    assert (path / name).read_text(encoding="utf-8") == text
    assert len(set(path.glob("migrations/versions/*.py")) - before) == 1
    return path


@pytest.mark.parametrize("check", CHECKS)
def test_checks_pass(check: str, copy: Path) -> None:
    _run(copy, *CHECKS[check])


def test_tests_that_ask_for_all_there_is_pass(copy: Path) -> None:
    said = _run(copy, "pytest", "-q", "-p", "no:cacheprovider", "--kinds", "sqlite", *KNOWING, seconds=280)
    assert "passed" in said and "failed" not in said


@pytest.fixture(scope="module")
def port(copy: Path) -> Iterator[int]:
    """Where the copy serves, which has migrated."""
    place = Port()
    settings = environment(DATABASE_URL=f"sqlite:///{copy}/served.db", PORT=str(place.number))
    process = subprocess.Popen([sys.executable, "-m", "server"], cwd=copy, env=settings, stderr=subprocess.PIPE)
    assert process.stderr is not None
    try:
        for line in process.stderr:
            if b"Spotter is on" in line:
                break
        yield place.number
    finally:
        process.terminate()
        process.communicate(timeout=20)
        place.release()


def test_the_client_knows_its_records(port: int, copy: Path) -> None:
    """The types that are generated are formatted, and agree with all of the client."""
    npm = shutil.which("npm") or skip_or_fail("Node is not installed")
    client, modules = copy / "client", ROOT / "client/node_modules"
    shutil.copytree(ROOT / "client", client, ignore=shutil.ignore_patterns("node_modules", "dist"))
    (client / "node_modules").symlink_to(modules)
    [command] = re.findall(r"^    cd client && npm (run protocol)$", README, re.MULTILINE)
    for program in (
        (npm, "--silent", *command.split(), "--", f"http://localhost:{port}/asyncapi.json"),
        (modules / ".bin/tsc",),
        (modules / ".bin/prettier", "--config", ".prettierrc.json", "--check", "src/protocol.ts"),
    ):
        ended = subprocess.run(program, cwd=client, capture_output=True, text=True, timeout=280, check=False)
        assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "export interface Member {" in (client / "src/protocol.ts").read_text(encoding="utf-8")


def test_it_is_served(port: int) -> None:
    with closing(Client(port)) as client:
        coach = Gym(client).new("coach")
        member = client.ok("new_member", {"name": "Mel", "coach": {"id": coach["id"]}})
        assert member == {"id": 1, "name": "Mel", "coach": {"id": coach["id"], "name": coach["name"]}}
        client.ok("update_coach", {"id": coach["id"], "name": "Renamed"})
        while client.next_event("members").args[0] != [{**member, "coach": {"id": coach["id"], "name": "Renamed"}}]:
            pass
        gone = client.call("delete_member", client.ok("update_member", {"id": 1, "name": "Melanie"}), {})
        assert client.ok("undo", {"seq": gone["meta"]["seq"]})["name"] == "Melanie"
        assert client.fails("new_member", {"name": "x" * 101})["coach"] == ["Please choose one."]
