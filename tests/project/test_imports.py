"""Imports go down only: the layers of pyproject.toml hold."""

import subprocess
import sys
from pathlib import Path

from tests.support.environment import ROOT
from tests.support.requirements import skip_or_fail


def test_imports_go_down_only() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    if not command.exists():
        skip_or_fail("import-linter is not installed beside this Python")
    ended = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert " 0 broken" in ended.stdout


def test_only_the_configuration_reads_the_environment() -> None:
    view_observers = [
        path.relative_to(ROOT)
        for path in sorted((ROOT / "server").rglob("*.py"))
        if path.name != "config.py" and any(word in path.read_text() for word in ("os.environ", "getenv"))
    ]
    assert view_observers == []


def test_only_the_extensions_know_flask_socketio() -> None:
    users = {
        path.relative_to(ROOT / "server").as_posix()
        for path in sorted((ROOT / "server").rglob("*.py"))
        if "flask_socketio" in path.read_text()
    }
    assert users == {"extensions.py"}
