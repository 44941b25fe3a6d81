"""The version is in one place, and the same wherever it is shown."""

import json
import re
import subprocess
import sys

from server.version import VERSION
from tests.support.environment import ROOT


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "server", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False)


def test_the_program_says_its_version_and_serves_nothing() -> None:
    ended = _run("--version")
    assert (ended.returncode, ended.stdout) == (0, f"Spotter {VERSION}\n")


def test_an_argument_that_there_is_not_ends_it() -> None:
    ended = _run("--port", "5556")
    assert ended.returncode == 2
    assert "--port" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_newest_entry_of_the_changelog_is_of_this_version_or_of_what_comes_after_it() -> None:
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    released = [heading for heading in headings if heading != "Unreleased"]
    assert released[0].split()[0] == VERSION


def test_no_other_file_has_a_version_of_its_own() -> None:
    for name in ("package.json", "package-lock.json"):
        assert "version" not in json.loads((ROOT / "client" / name).read_text())
