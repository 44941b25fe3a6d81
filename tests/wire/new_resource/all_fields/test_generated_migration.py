"""A migration as it is generated for columns of each kind passes the linter, and runs."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.environment import ROOT
from tests.support.flask import flask
from tests.wire.new_resource.tables import ALL_FIELDS

pytestmark = pytest.mark.kinds("sqlite", reason="no server is asked")


def _lint(text: str, name: str) -> str:
    """What ruff says of a file of this name that holds the text: nothing, if all is well."""
    said = ""
    for command in (("check", "--quiet"), ("format", "--check")):
        ended = subprocess.run(
            [Path(sys.executable).with_name("ruff"), *command, "--stdin-filename", name, "-"],
            input=text,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        said += "" if ended.returncode == 0 else ended.stdout + ended.stderr or "it would be formatted otherwise"
    return said


def test_a_generated_migration(tmp_path: Path) -> None:
    url, folder = f"sqlite:///{tmp_path}/gym.db", tmp_path / "migrations"
    shutil.copytree(ROOT / "migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
    known = set(folder.glob("versions/*.py"))
    for command in (("upgrade",), ("migrate", "-m", "further resources")):
        flask(url, "db", *command, "-d", str(folder), app=ALL_FIELDS)
    [made] = set(folder.glob("versions/*.py")) - known
    text = made.read_text(encoding="utf-8")
    assert "'lockers'" in text
    assert _lint(text, "migrations/versions/made.py") == ""
    flask(url, "db", "upgrade", "-d", str(folder), app=ALL_FIELDS)
