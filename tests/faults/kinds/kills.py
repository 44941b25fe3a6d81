"""kill -9, at random moments and at every named point, of one process and of one of two."""

import signal
from contextlib import AbstractContextManager
from pathlib import Path

from tests.faults.place import arm, ends, postgres_servers, sqlite_server, start, start_at_last
from tests.faults.points import CHECKPOINT, RETENTION, START, WRITE
from tests.faults.run import Run, Verdict, run_with
from tests.support.environment import environment
from tests.support.process import Process, ServerFailed
from tests.support.server import Server
from tests.support.waiting import wait_until

_POINTS = (*WRITE, *WRITE, *START)
# Of points that a running server passes rarely, its trimming every so often.
_TRIM = {"JOURNAL_COMMITS": "100", "TRIM_EVERY": "0.4"}


def at_a_random_moment(run: Run) -> None:
    """End it, and start it again."""
    run.server.kill()
    start_at_last(run.server)


def at_a_point(run: Run, point: str = "") -> None:
    """Let it end where it passes this point, or one by chance, after a few passes; and start it again."""
    point = point or run.chance.choice(_POINTS)
    run.server.kill()
    arm(run.server, point, 1 if point in START else run.chance.randint(1, 25))
    if start(run.server):
        ends(run.server, 6)
    arm(run.server)
    start_at_last(run.server)


def at_checkpoint(run: Run, index: int) -> None:
    """Let it end before or after the checkpoint of its start or of its end, in turns; and start it again."""
    run.server.kill()
    arm(run.server, CHECKPOINT[index % 2], 2 if index % 4 < 2 else 1)
    if start(run.server):
        run.rest()
        run.server.processes[0].signal(signal.SIGTERM)
        ends(run.server, 10)
    arm(run.server)
    start_at_last(run.server)


def one_of_them(run: Run, number: signal.Signals = signal.SIGKILL) -> None:
    """End one process, in this way, and start it again; the others go on."""
    process = run.chance.choice(run.server.processes)
    restart(run, process, number)


def restart(run: Run, process: Process, number: signal.Signals) -> None:
    """End this process, in this way, and start it again, however often something that it needs is away."""
    process.signal(number)
    process.wait_until_it_ended()

    def starts() -> bool:
        process.launch(environment(**run.server.settings), run.server.log_path)
        try:
            process.wait_until_it_listens()
        except ServerFailed:
            process.kill()
            return False
        return True

    wait_until(starts, "a process starts again", 90)


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
            with run.harm(f"kill {CHECKPOINT[index % 2]}"):
                at_checkpoint(run, index)

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
                one_of_them(run)

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
                    at_a_random_moment(run)
                continue
            point = points[(turn + index // 2) % len(points)]
            with run.harm(f"kill: {point}"):
                at_a_point(run, point)

    with opened as server:
        return run_with(server.start(), place, seed, harm)
