"""Upgrades from the last version while everybody writes: the old one ends in whatever way, the new one migrates."""

import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.faults.crowd import Crowd
from tests.faults.own_process import forked, with_own_process
from tests.faults.place import arm, ends, sqlite_server, start, start_at_last
from tests.faults.points import MIGRATION
from tests.faults.run import Run, Verdict, run_with
from tests.support.environment import ROOT
from tests.support.process import ServerFailed
from tests.support.server import Server

# The migration that began what is not released yet: the commit before it is the last version.
_FIRST_SINCE = "migrations/versions/0010_the_history_of_a_channel.py"
_OLD_LOG = "last-version.log"


def upgrades(place: Path, seed: str, size: int) -> Verdict:
    """`size` upgrades, each of a gym of its own; every other one is killed inside its migrations, and starts again."""
    old = last_version(place)
    verdict = Verdict([])
    for index in range(size):
        one = _upgrade(place / f"{index}", old, f"{seed}-{index}", MIGRATION[index // 2 % 2] if index % 2 else "")
        verdict.add(one)
    return verdict


def _upgrade(place: Path, old: Path, seed: str, point: str) -> Verdict:
    def crowd(ports: Any) -> Crowd:
        # The last version knows no parts of channels.
        kinds = ("synced", "plain", "synced")
        clients = [{"who": f"c{i}", "kind": kinds[i % 3], "ports": list(ports)} for i in range(9)]
        return Crowd(place, seed, clients, 3)

    def harm(run: Run) -> None:
        run.rest(1.0, 2.0)
        with run.harm("upgrade"):
            upgrade(run, point)
        run.rest(1.0, 2.0)

    with sqlite_server(place) as server:
        return run_with(as_it_was(server, old).start(), place, seed, harm, crowd=crowd, past_the_wire=True)


def as_it_was(server: Server, old: Path) -> Server:
    """The same server, of the last version until it is upgraded."""
    server.settings["SERVER_FOLDER"] = str(old)
    # What it logs is not judged.
    server.log_path = server.log_path.with_name(_OLD_LOG)
    return with_own_process(server)


def upgrade(run: Run, point: str = "") -> None:
    """End the last version, in whatever way, and start this one; before that kill it at a point of its start, if named.

    All its processes at once: migrations leave no tables for those of before (docs/operations.md).
    """
    if run.chance.random() < 0.5:
        run.server.kill()
    else:
        # The last version may not end while PostgreSQL is silent: it is killed then.
        with suppress(ServerFailed):
            run.server.stop()
    run.server.settings["SERVER_FOLDER"] = ""
    run.server.log_path = run.server.log_path.with_name("server.log")
    forked(run.server)
    if point:
        arm(run.server, point)
        if start(run.server):
            ends(run.server, 5)
        arm(run.server)
    start_at_last(run.server)


def last_version(place: Path) -> Path:
    """Its files."""
    folder = place / "last-version"
    folder.mkdir(parents=True)
    found = _git("log", "--diff-filter=A", "--format=%H", "--", _FIRST_SINCE).split()
    assert found, "the last version is not in this clone's history"
    archive = subprocess.run(
        ["git", "archive", f"{found[-1]}^", "server", "migrations"], cwd=ROOT, check=True, capture_output=True
    )
    subprocess.run(["tar", "-x", "-C", str(folder)], input=archive.stdout, check=True)
    return folder


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout
