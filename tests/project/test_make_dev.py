"""`make dev`: one address to open, the page from its sources, and a server that begins anew after a change."""

import json
import os
import re
import shutil
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path
from urllib.error import URLError

import pytest

from tests.support.environment import ROOT, environment
from tests.support.ports import Port
from tests.support.requirements import skip_or_fail
from tests.support.socketio_client import Client
from tests.support.waiting import wait_until

SECONDS = 120


@pytest.fixture
def ports() -> Iterator[tuple[Port, Port]]:
    """Of the server and of the page."""
    server, page = Port(), Port()
    yield server, page
    server.release()
    page.release()


def read(port: int, path: str) -> str:
    """What is served there; empty if nothing is."""
    try:
        with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=10) as answer:
            return str(answer.read().decode())
    except (URLError, OSError):
        return ""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project, installed and built, with a resource of one's own."""
    if not (ROOT / "client/node_modules").is_dir() or not (ROOT / "client/dist/index.html").is_file():
        skip_or_fail("the client's packages and its build (make install)")
    path = tmp_path / "project"
    for part in ("server", "migrations", "client", ".make"):
        shutil.copytree(ROOT / part, path / part, ignore=shutil.ignore_patterns("__pycache__", "node_modules", "dist"))
    for file in ("Makefile", "Pipfile", "Pipfile.lock", "pyproject.toml", "seed.py", "tools.py"):
        shutil.copy2(ROOT / file, path)
    for installed in (".venv", "client/node_modules", "client/dist"):
        (path / installed).symlink_to(ROOT / installed)
    for stamp in ("pipenv", "python", "node"):
        (path / ".make" / stamp).touch()
    command = [".venv/bin/flask", "--app", "server", "new-resource", "locker", "name:text"]
    subprocess.run(command, cwd=path, env=environment(DATABASE_URL=f"sqlite:///{tmp_path}/none.db"), check=True)
    return path


def written(page: str, name: str) -> str:
    """What an element of the page's head says."""
    [content] = re.findall(rf'<meta name="{name}" content="([^"]*)" />', page)
    return unescape(content)


def test_one_command_serves_both_and_follows_changes(ports: tuple[Port, Port], copy: Path, tmp_path: Path) -> None:
    server, page = ports[0].number, ports[1].number
    settings = environment(
        DATABASE_URL=f"sqlite:///{tmp_path}/gym.db",
        GYM_NAME="Iron & Temple",
        PORT=str(server),
        CLIENT_PORT=str(page),
        MAKEFLAGS="",
    )
    log = (tmp_path / "log").open("w+")
    # A session of its own, as a terminal's: all of it is ended together.
    process = subprocess.Popen(["make", "dev"], cwd=copy, env=settings, stdout=log, stderr=log, start_new_session=True)
    try:
        wait_until(
            lambda: '"ok":true' in read(page, "/healthz"), "the server is reached by the page's address", SECONDS
        )
        shown = read(page, "/")
        assert "/src/main.tsx" in shown and "<title>Iron &amp; Temple</title>" in shown
        assert written(shown, "application-name") == "Iron & Temple"
        assert json.loads(written(shown, "resources"))["singular"]["lockers"] == "locker"
        with closing(Client(page)) as client:
            assert client.next_event("coaches").args[0]
            source = copy / "server/version.py"
            os.utime(source)
            wait_until(lambda: (tmp_path / "log").read_text().count("Spotter is on") == 2, "it began anew", SECONDS)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(60)
        log.close()
    wait_until(lambda: not read(page, "/") and not read(server, "/healthz"), "both have ended", SECONDS)
