"""One run: a server, a crowd, somebody who does harm, then quiet, and a verdict."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.asker import Asker
from tests.faults.checks import check_all
from tests.faults.converging import seconds_to_converge
from tests.faults.crowd import Crowd
from tests.faults.history import History, Notes
from tests.faults.link import Ended
from tests.faults.stored import Stored
from tests.support.server import Server
from tests.support.waiting import wait_until

# The campaign's own part of a history, in a run's folder.
NOTES = "campaign.jsonl"


@dataclass
class Verdict:
    """What was found: a line each. `seconds` are how long it took to converge after each harm, by its kind."""

    found: list[str]
    commits: int = 0
    requests: int = 0
    # How often harm was done, if that is known better than by the number that was asked for.
    done: int = 0
    # By the kind of harm, how often it was done.
    harms: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=dict)

    def add(self, other: "Verdict") -> None:
        """Take in the verdict of another run of the same kind."""
        self.found += other.found
        self.commits += other.commits
        self.requests += other.requests
        self.harms += other.harms
        for kind, seconds in other.seconds.items():
            self.seconds.setdefault(kind, []).extend(seconds)


@dataclass
class Run:
    """What a fault is given: where it may do harm, by its own chance."""

    server: Server
    crowd: Crowd
    chance: random.Random
    notes: Notes
    directory: Path

    @contextmanager
    def harm(self, kind: str) -> Iterator[None]:
        """Note when harm began and ended."""
        self.notes.note("campaign", "fault", kind=kind, phase="begin")
        yield
        self.notes.note("campaign", "fault", kind=kind, phase="end")

    def wait_for_commits(self, count: int) -> None:
        """Let the clients write so much, however slow the machine is."""
        until = self.server.database.newest_commit() + count
        wait_until(lambda: self.server.database.newest_commit() >= until, f"{count} commits", 60)

    def rest(self, least: float = 0.1, most: float = 0.8) -> None:
        """Let the clients write meanwhile."""
        time.sleep(self.chance.uniform(least, most))


def settle(crowd: Crowd, ports: Sequence[int], token: str = "") -> list[str]:
    """Let all writes be answered, and all copies be complete; what did not come to be."""
    found = [f"no rest: {answer}" for answer in crowd.say("end") if answer != "done"]
    # What was sent before the second one was made is all there when it is.
    for text in ("The end is near", "The end"):
        _mark(ports[0], text, token)
        found += [f"no {text!r}: {answer}" for answer in crowd.say(f"mark {text}") if answer != "done"]
    found += [f"not told: {answer}" for answer in crowd.say("tell") if answer != "told"]
    return found


def judge(run: Run, found: list[str], **expected: Any) -> Verdict:
    """Read everything, and check it. The server has to be stopped."""
    run.notes.flush()
    history = History.read([*run.crowd.paths, run.directory / NOTES])
    stored = Stored.read(run.server.database.url, history.embeds)
    found = found + check_all(history, stored, **expected)
    log = run.server.log()
    if "Traceback" in log:
        place = log.index("Traceback")
        found.append(f"a traceback in the log: {log[max(0, place - 300) : place + 1500]}")
    harms = Counter(fault["kind"] for fault in history.faults if fault["phase"] == "end")
    return Verdict(found, stored.seq, len(history.requests), harms=harms, seconds=seconds_to_converge(history))


def run_with(
    server: Server,
    directory: Path,
    seed: str,
    harm: Callable[[Run], None],
    *,
    clients: int = 20,
    processes: int = 4,
    ports: Callable[[], Sequence[int]] | None = None,
    crowd: Callable[[Sequence[int]], Crowd] | None = None,
    mend: Callable[[], None] = lambda: None,
    token: str = "",
    notes: Notes | None = None,
    **expected: Any,
) -> Verdict:
    """Run a started server with a crowd until `harm` is done; then look at what is left. The server is stopped."""
    directory.mkdir(parents=True, exist_ok=True)
    where = ports() if ports is not None else server.ports
    made = crowd(where) if crowd is not None else Crowd.of(directory, seed, where, clients, processes)
    run = Run(server, made, random.Random(seed), notes or Notes(directory / NOTES), directory)
    try:
        late = [answer for answer in made.say("ready") if answer != "done"]
        assert not late, f"clients that were not let in: {late}"
        harm(run)
        mend()
        wait_until(server.is_alive, "the server runs")
        found = settle(made, server.ports, token)
        server.stop()
        return judge(run, found, **expected)
    finally:
        run.notes.close()
        made.close()


def _mark(port: int, text: str, token: str) -> None:
    """Make an exercise move of this name, however often that must be tried."""
    data = {"name": text, "focus": "The end", "description": "The last of all."}
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            with closing(Asker("campaign", port, {"arrays": False, "token": token})) as asker:
                if asker.ask("new_exercise_move", data, {})["ok"]:
                    return
        except Ended:
            pass
        time.sleep(0.3)
