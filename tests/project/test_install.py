"""What `make` needs is said before it installs anything, and what it installs is all that is needed."""

import json
import os
import re
import socket
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from server.config import SETTINGS
from tests.support.environment import ROOT
from tests.support.ports import Port

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
# The oldest that the README promises, Debian 12's, the first without a back-port, and newer ones.
PYTHONS = ("3.11.0", "3.11.2", "3.11.3", "3.12.0", "3.13.0", "3.14.0")
MACHINES = (("linux", "Linux", "x86_64"), ("linux", "Linux", "aarch64"), ("darwin", "Darwin", "arm64"))


def test_the_lock_has_what_each_python_needs() -> None:
    """Also what the one that made it does not: redis needs `async_timeout` below 3.11.3."""
    lock = json.loads((ROOT / "Pipfile.lock").read_text())
    entries = {canonicalize_name(name): one for part in ("default", "develop") for name, one in lock[part].items()}
    assert "async-timeout" in entries
    for name, one in entries.items():
        assert one.get("version", "").startswith("==") and one["hashes"], f"{name} is not pinned"
        for text in metadata.distribution(name).requires or ():
            requirement = Requirement(text)
            needed = requirement.marker is None or any(
                requirement.marker.evaluate(
                    {
                        "python_full_version": python,
                        "python_version": python.rpartition(".")[0],
                        "sys_platform": machine[0],
                        "platform_system": machine[1],
                        "platform_machine": machine[2],
                        "extra": extra,
                    }
                )
                for python in PYTHONS
                for machine in MACHINES
                for extra in ("", *one.get("extras", ()))
            )
            assert not needed or canonicalize_name(requirement.name) in entries, f"{name} needs {text}"


def make(*arguments: str, path: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Run a target of a repository in which nothing was installed."""
    environment = {"PATH": path, "HOME": os.environ.get("HOME", "/"), **settings}
    command = ["make", "--no-print-directory", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=280, check=False)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A clone in which nothing was made yet, as far as `make` looks before it installs."""
    for name in ("Makefile", "tools.py", "server"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def tools(folder: Path, node: str | None) -> str:
    """A PATH with a Node that says it is this one, or none."""
    (folder / "bin").mkdir()
    for name, said in {"node": node, "npm": "11.0.0"}.items():
        if node is not None:
            (folder / "bin" / name).write_text(f"#!/bin/sh\necho {said}\n")
            (folder / "bin" / name).chmod(0o755)
    for name in ("make", "bash", "sh", "find", "mkdir", "echo"):
        (folder / "bin" / name).symlink_to(
            next(Path(one) / name for one in os.get_exec_path() if (Path(one) / name).exists())
        )
    return str(folder / "bin")


@pytest.mark.parametrize("version", [None, "v18.19.0", "v20.18.3", "v21.7.3", "v22.11.0", "v22.2.1", "nonsense"])
def test_a_node_that_cannot_build_the_page_is_told_first(version: str | None, bare: Path) -> None:
    ended = make("-C", str(bare), "install", f"PYTHON={sys.executable}", path=tools(bare, version))
    assert ended.returncode
    [line] = [line for line in ended.stderr.splitlines() if not line.startswith("make:")]
    assert (version or "no Node") in line and "20.19" in line and "22.12" in line and "https://nodejs.org" in line
    assert "venv" not in ended.stdout and not (bare / ".make").exists(), "nothing was installed"


@pytest.mark.parametrize("version", ["v20.19.0", "v20.20.2", "v22.12.0", "v24.1.0", "v26.0.0"])
def test_a_node_that_can_is_taken(version: str, bare: Path) -> None:
    ended = make("-C", str(bare), "tools", f"PYTHON={sys.executable}", path=tools(bare, version))
    assert (ended.returncode, ended.stderr) == (0, "")


def test_an_old_python_is_told_first(bare: Path) -> None:
    path = tools(bare, "v22.12.0")
    old = bare / "bin" / "python3"
    # Python itself, but for the version that it tells.
    program = (
        "import runpy, sys; sys.version_info = 3, 9, 18; sys.argv.pop(0); runpy.run_path(sys.argv[0], {}, '__main__')"
    )
    old.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{program}" "$@"\n')
    old.chmod(0o755)
    ended = make("-C", str(bare), "start", path=path)
    assert ended.returncode
    assert "This is Python 3.9.18: 3.11 or newer is needed." in ended.stderr.splitlines()[0]
    assert not (bare / ".make").exists()


def test_a_port_that_is_taken_is_told_first(bare: Path) -> None:
    port = Port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port.number))
        taken.listen()
        settings = {"PORT": str(port.number), "path": tools(bare, "v22.12.0")}
        ended = make("-C", str(bare), "start", f"PYTHON={sys.executable}", **settings)
    port.release()
    assert ended.returncode
    assert ended.stderr.startswith(f"PORT={port.number} cannot be used: another program listens there.")
    assert not (bare / ".make").exists()


def test_a_gym_that_cannot_be_filled_is_not_served(bare: Path) -> None:
    """As if all were installed: what fills it says why it cannot, once, and a newcomer reads it."""
    for name in ("Pipfile", "Pipfile.lock", "client"):
        (bare / name).symlink_to(ROOT / name)
    for name in (".make", ".venv", ".venv/bin"):
        (bare / name).mkdir()
    for name in ("pipenv", "python", "node", "client-build"):
        (bare / ".make" / name).touch()
    fake = bare / ".venv" / "bin" / "python"
    fake.write_text('#!/bin/sh\necho "asked for $*" >&2\ncase "$1" in seed.py) exit 1; esac\n')
    fake.chmod(0o755)
    port = Port()
    path = tools(bare, None)
    ended = make("-C", str(bare), "start", f"PYTHON={sys.executable}", path=path, PORT=str(port.number))
    port.release()
    assert ended.returncode
    assert [line for line in ended.stderr.splitlines() if not line.startswith("make:")] == [
        "asked for seed.py --if-empty"
    ]


def test_make_tries_the_port_that_the_server_would_take() -> None:
    defaults = {setting.name: setting.default for setting in SETTINGS}
    assert f'"$${{HOST:-{defaults["HOST"]}}}" "$${{PORT:-{defaults["PORT"]}}}"' in MAKEFILE


def test_what_is_said_of_node_is_one_thing() -> None:
    wanted = "^20.19.0 || >=22.12.0"
    client = ROOT / "client"
    lock = json.loads((client / "package-lock.json").read_text())["packages"]
    assert json.loads((client / "package.json").read_text())["engines"]["node"] == lock[""]["engines"]["node"] == wanted
    assert lock["node_modules/vite"]["engines"]["node"] == wanted
    for page in ("README.md", "docs/operations.md"):
        text = " ".join((ROOT / page).read_text(encoding="utf-8").split())
        assert re.search(r"20\.19 or newer of 20, or 22\.12 or newer", text), page
