"""The file of an embedded database: full disks, locks, files that are gone or others, clocks, and power cuts."""

import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from tests.faults import power_cut
from tests.faults.own_process import with_own_process
from tests.faults.place import sqlite_server
from tests.faults.run import Run, Verdict, run_with
from tests.support.disk import mounted

_FILL = "fill"


def full_disk(place: Path, seed: str, size: int) -> Verdict:
    """The disk is full, and somebody makes room."""
    place.mkdir(parents=True, exist_ok=True)
    with mounted(place / "disk", "size=30m") as disk:
        return _often(disk / "gym", place, seed, size, "the disk is full", fill_disk)


def locked_file(place: Path, seed: str, size: int) -> Verdict:
    """Another program holds the file's lock, some times for longer than a request waits."""
    return _often(place, place, seed, size, "the file is locked", lock)


def file_gone(place: Path, seed: str, size: int) -> Verdict:
    """The file is moved away, and back."""
    return _often(place, place, seed, size, "the file is gone", move_away)


def file_replaced(place: Path, seed: str, size: int) -> Verdict:
    """Another gym's file is in its place, and then the same one again."""
    return _often(place, place, seed, size, "the file is another", replace)


def clock_jumps(place: Path, seed: str, size: int) -> Verdict:
    """The clock goes an hour ahead, or back."""
    clock = place / "clock"

    return _often(place, place, seed, size, "the clock jumps", lambda run: jump(run, clock), CLOCK=str(clock))


def jump(run: Run, clock: Path) -> None:
    """Let the clock that the server looks at go ahead, or back."""
    hours = run.chance.choice((-2, -1, 1, 2))
    clock.write_text(str(3600 * hours))
    run.rest()


def power_cuts(place: Path, seed: str, size: int, synchronous: str = "FULL") -> Verdict:
    """The power is gone while everybody writes (see power_cut.py)."""
    log, could_take = place / "unsynced.log", 0
    with sqlite_server(place, SQLITE_SYNCHRONOUS=synchronous) as server:
        server.settings |= power_cut.environment(power_cut.build(place), place / "gym.db", log)

        def harm(run: Run) -> None:
            nonlocal could_take
            for _ in range(size):
                run.rest(0.3, 1.2)
                with run.harm("power cut"):
                    run.server.kill()
                    could_take += power_cut.cut(log, run.chance)
                    run.server.start()

        verdict = run_with(with_own_process(server).start(), place, seed, harm)
    if not could_take:
        verdict.found.append("there was nothing that a power cut could have taken")
    return verdict


def _often(
    where: Path, place: Path, seed: str, size: int, kind: str, deed: Callable[[Run], None], **settings: str
) -> Verdict:
    def harm(run: Run) -> None:
        for _ in range(size):
            run.rest(0.2, 0.8)
            with run.harm(kind):
                deed(run)
        run.rest()

    with sqlite_server(where, **settings) as server:
        return run_with(server.start(), place, seed, harm)


def _path(run: Run) -> Path:
    return Path(run.server.database.url.removeprefix("sqlite:///"))


def fill_disk(run: Run) -> None:
    """Leave no room on its disk for a while."""
    fill = _path(run).with_name(_FILL)
    with fill.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * 65_536)
    run.rest(0.3, 2.0)
    fill.unlink()


def lock(run: Run) -> None:
    """Hold the file's lock for a while."""
    with closing(sqlite3.connect(_path(run), isolation_level=None, timeout=30)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        time.sleep(run.chance.choice((0.2, 1.0, 4.5)))
        connection.execute("ROLLBACK")


def move_away(run: Run) -> None:
    """Have no file where it was for a while."""
    path = _path(run)
    aside = path.with_name("aside")
    path.rename(aside)
    run.rest(0.2, 1.5)
    aside.rename(path)


def replace(run: Run) -> None:
    """Have another file where it was for a while."""
    path = _path(run)
    aside, other = path.with_name("aside"), path.with_name("other")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS another (id INTEGER)")
    path.rename(aside)
    shutil.copy(other, path)
    run.rest(0.2, 1.5)
    aside.rename(path)
