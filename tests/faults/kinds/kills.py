"""kill -9, at random moments and at every named point, of one process and of one of two."""

import signal
from contextlib import AbstractContextManager
from pathlib import Path

from tests.faults.place import arm, ends, postgres_servers, sqlite_server, start
from tests.faults.points import CHECKPOINT, RETENTION, START, WRITE
from tests.faults.run import Run, Verdict, run_with
from tests.support.environment import environment
from tests.support.server import Server

_POINTS = (*WRITE, *WRITE, *START)
# Of points that a running server passes rarely, its trimming every so often.
_TRIM = {"JOURNAL_COMMITS": "100", "TRIM_EVERY": "0.4"}


def kill_sqlite(place: Path, seed: str, size: int) -> Verdict:
    """One process on a file."""
    return _kills(sqlite_server(place, SQLITE_SYNCHRONOUS="FULL"), place, seed, size)


def kill_sqlite_while_trimming(place: Path, seed: str, size: int) -> Verdict:
    """The same, its journal trimmed to 100 commits all the time."""
    return _kills(sqlite_server(place, **_TRIM), place, seed, size, (*RETENTION, *WRITE[:2]))


def kill_at_checkpoints(place: Path, seed: str, size: int) -> Verdict:
    """At the start's checkpoint, and at that of the end."""

    def harm(run: Run) -> None:
        for index in range(size):
            run.rest()
            point = CHECKPOINT[index % 2]
            is_end = index % 4 < 2
            with run.harm(f"kill {point}"):
                run.server.kill()
                arm(run.server, point, 2 if is_end else 1)
                if start(run.server):
                    run.rest()
                    run.server.processes[0].signal(signal.SIGTERM)
                    ends(run.server, 10)
                arm(run.server)
                run.server.start()

    with sqlite_server(place) as server:
        return run_with(server.start(), place, seed, harm)


def kill_postgres(place: Path, seed: str, size: int) -> Verdict:
    """Both of two processes with PostgreSQL and Redis."""
    return _kills(postgres_servers(place), place, seed, size)


def kill_one_of_two(place: Path, seed: str, size: int) -> Verdict:
    """One of two processes: its clients go to the other."""

    def harm(run: Run) -> None:
        for _ in range(size):
            run.rest()
            with run.harm("kill one of two"):
                process = run.chance.choice(run.server.processes)
                process.kill()
                process.launch(environment(**run.server.settings), run.server.log_path)
                process.wait_until_it_listens()

    with postgres_servers(place) as server:
        return run_with(server.start(), place, seed, harm, is_patient=False)


def _kills(
    opened: AbstractContextManager[Server], place: Path, seed: str, size: int, points: tuple[str, ...] = _POINTS
) -> Verdict:
    """Every other kill is at a point of the list, after a few passes of it; the rest at any moment."""

    def harm(run: Run) -> None:
        turn = run.chance.randrange(len(points))
        for index in range(size):
            run.wait_for_commits(50)
            run.rest(0.0, 0.3)
            if index % 2:
                with run.harm("kill at a random moment"):
                    run.server.kill()
                    run.server.start()
                continue
            point = points[(turn + index // 2) % len(points)]
            run.server.kill()
            arm(run.server, point, 1 if point in START else run.chance.randint(1, 25))
            with run.harm(f"kill: {point}"):
                if start(run.server):
                    ends(run.server, 6)
                arm(run.server)
                run.server.start()

    with opened as server:
        return run_with(server.start(), place, seed, harm)
