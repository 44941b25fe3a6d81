"""docs/tutorial.md: its blocks, as they are written and in their order, make an application that runs."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.environment import ROOT, environment
from tests.support.ports import Port
from tests.support.requirements import skip_or_fail
from tests.support.socketio_client import Client

PAGE = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
# What a clone has that the blocks need.
PARTS = (
    "server",
    "migrations",
    "client",
    "seed.py",
    "tools.py",
    "Makefile",
    "Pipfile",
    "Pipfile.lock",
    "pyproject.toml",
)
NOT_COPIED = shutil.ignore_patterns("__pycache__", "node_modules", "test-results")
# Looks at the page as a person does; the words that it shows are written to standard output when they have come.
LOOK = """
import { chromium } from "playwright";
const [address, executablePath, ...words] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const page = await browser.newPage();
page.on("pageerror", (error) => console.error(error));
await page.goto(address);
for (const word of words) await page.getByText(word).first().waitFor({ timeout: 120_000 });
console.log(await page.locator("main").innerText());
await browser.close();
"""


class Block(NamedTuple):
    """Code of the page: its language, the file that is named before it, and its text."""

    language: str
    file: str
    text: str


def blocks() -> list[Block]:
    """All of the page."""
    found = re.findall(r"(?:`([\w./]+)`:\n\n)?^```(\w+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    return [Block(language, file, text) for file, language, text in found]


def script() -> str:
    """What the blocks do in one shell, as they would in a terminal."""
    lines = ["set -euo pipefail"]
    here = ""
    for block in blocks():
        if block.language == "sh":
            lines.append(block.text)
            here = "client/" if re.search(r"^cd client$", block.text, re.MULTILINE) else here
            here = "" if re.search(r"^cd \.\.$", block.text, re.MULTILINE) else here
        elif block.language == "python":
            # The last line of a file.
            lines.append(f"sed -i '$d' {block.file}\ncat >> {block.file} <<'END'\n{block.text}END")
        elif block.file:
            lines.append(f"cat > {block.file.removeprefix(here)} <<'END'\n{block.text}END")
    return "\n".join(lines)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the project has been copied, and all packages are installed."""
    path = tmp_path_factory.mktemp("tutorial") / "rooms"
    path.mkdir()
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, path / part, ignore=NOT_COPIED, symlinks=True)
        else:
            shutil.copy(ROOT / part, path / part)
    (path / ".venv").symlink_to(ROOT / ".venv")
    modules = ROOT / "client" / "node_modules"
    if not modules.is_dir() or not (ROOT / "client" / "dist" / "index.html").is_file():
        skip_or_fail("the client is not built: make client")
    (path / "client" / "node_modules" / "@spotter").mkdir(parents=True)
    for entry in modules.iterdir():
        if entry.name != "@spotter":
            (path / "client" / "node_modules" / entry.name).symlink_to(entry)
    (path / "client" / "node_modules" / "@spotter" / "realtime").symlink_to(path / "client" / "packages" / "realtime")
    # What `make install` would do takes minutes, and has been done.
    (path / ".make").mkdir()
    for name in ("pipenv", "python", "node", "client-build"):
        (path / ".make" / name).touch()
    return path


@pytest.fixture(scope="module")
def port(clone: Path) -> Iterator[int]:
    """Where the server runs that the blocks started."""
    place = Port()
    said = clone.parent / "said"
    settings = environment(PORT=str(place.number))
    with said.open("wb") as output:
        shell = subprocess.Popen(
            ["bash", "-c", script() + "\necho DONE\nwait"],
            cwd=clone,
            env=settings,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        while "DONE\n" not in said.read_text() and shell.poll() is None:
            try:
                shell.wait(0.2)
            except subprocess.TimeoutExpired:
                continue
        assert "DONE\n" in said.read_text(), said.read_text()[-4000:]
        yield place.number
    finally:
        try:
            os.killpg(shell.pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
        shell.wait(30)
        place.release()


@pytest.mark.timeout(900)
def test_records_are_served_to_who_may(port: int) -> None:
    with closing(Client(port)) as client:
        assert client.call("new_room", {"name": "Blue room", "seats": 8})["ok"] is False
        assert client.call("login", {"username": "ada", "password": "the password of ada"})["ok"]
        room = client.ok("new_room", {"name": "Blue room", "seats": 8})
        assert room == {"id": 1, "name": "Blue room", "seats": 8}
    with closing(Client(port)) as client:
        assert client.call("login", {"username": "ben", "password": "the password of ben"})["ok"]
        assert client.call("new_room", {"name": "Red room", "seats": 2})["ok"] is False
        for number in range(7):
            client.ok("new_booking", {"name": f"Choir {number}", "room": {"id": 1}, "day": f"2026-12-0{number + 1}"})
        assert len(client.ok("list_bookings", {"limit": 5})["records"]) == 5
        assert client.call("new_coach", {"name": "Ann Lee", "age": 30})["ok"] is False
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", "/rooms/index.html")
        assert b"<title>Rooms</title>" in connection.getresponse().read()


@pytest.mark.timeout(900)
def test_the_page_shows_them(port: int, clone: Path) -> None:
    found = [
        os.environ.get("CHROMIUM"),
        "/usr/bin/chromium",
        "/usr/bin/chromium-headless-shell",
        "/usr/bin/google-chrome",
    ]
    chromium = next((path for path in found if path and Path(path).exists()), None)
    if chromium is None:
        skip_or_fail("Chromium is not installed")
    (clone / "client" / "look.mjs").write_text(LOOK)
    address = f"http://localhost:{port}/rooms/index.html"
    words = ["Blue room, 8 seats", "The first of 7 bookings", "2026-12-01: Choir 0 in Blue room"]
    command = ["node", "look.mjs", address, chromium, *words]
    ended = subprocess.run(command, cwd=clone / "client", capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 0, ended.stderr
    assert all(word in ended.stdout for word in words) and "Choir 5" not in ended.stdout, "five are asked for"


@pytest.mark.timeout(900)
def test_its_types_agree(port: int, clone: Path) -> None:
    (clone / "client" / "rooms" / "tsconfig.json").write_text('{"extends": "../tsconfig.json", "include": ["."]}')
    command = ["node_modules/.bin/tsc", "-p", "rooms"]
    ended = subprocess.run(command, cwd=clone / "client", capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 0, ended.stdout


def test_what_cannot_be_run_here_is_said_and_is_shell() -> None:
    for block in blocks():
        if block.language == "text":
            ended = subprocess.run(["bash", "-n", "-c", block.text], capture_output=True, text=True, check=False)
            assert ended.returncode == 0, ended.stderr
            before = PAGE[: PAGE.index(block.text)].split("\n\n")[-2]
            assert "runs none" in before
            for file in re.findall(r"deploy/[\w./-]+[\w]", block.text):
                assert file == "deploy/.env" or (ROOT / file).is_file(), file


def test_every_block_is_one_that_the_test_knows() -> None:
    assert {block.language for block in blocks()} == {"sh", "python", "html", "tsx", "text"}
    assert all(block.file for block in blocks() if block.language in ("python", "html", "tsx"))
