"""How harm of many kinds is done in one run: by groups, one after the other in each, all groups at the same time."""

import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.faults.crowd import Crowd
from tests.faults.lines import MODES, Line
from tests.faults.run import Run, Verdict, run_with
from tests.support.server import Server
from tests.support.waiting import wait_until

Deed = Callable[[Run], None]

# What each kind of line does to frames, by the kind of harm that it is, and how often in a round.
LINES = {
    "lost-frames": ("lose", 3),
    "doubled-frames": ("double", 3),
    "delayed-frames": ("delay", 3),
    "reordered-frames": ("reorder", 3),
    "cuts": ("cut", 1),
    "half-open": ("half", 1),
}
# The first ones have one of everything: a short run has no more.
_DIRECT = ("synced", "plain", "parts", "synced", "synced", "plain", "parts", "synced")
_PATIENCE = 4.0
# A kind of harm that needs a server is tried again until there is one.
_INSISTENCE_SECONDS = 90.0
# No line waits for ever for frames where no server comes up any more.
_LINE_SECONDS = 300.0


@dataclass
class Group:
    """`first` and `last` are done once; `deeds` in each round."""

    deeds: Mapping[str, Deed]
    first: Mapping[str, Deed] = field(default_factory=dict)
    last: Mapping[str, Deed] = field(default_factory=dict)


def mix(server: Server, place: Path, seed: str, size: int, groups: Sequence[Group]) -> Verdict:
    """Run a server that is not started yet, `size` rounds. Some clients are behind a line of each mode all the time."""
    chance = random.Random(f"{seed} lines")
    lines = {mode: Line(mode, lambda: chance.choice(server.ports), seed) for mode in MODES}
    on_lines = {kind: _harmed(lines[mode], least) for kind, (mode, least) in LINES.items()}

    def crowd(ports: Any) -> Crowd:
        # What a line loses or passes on late, those know of whose events are numbered.
        through = [(mode, "synced" if mode in ("lose", "reorder") else _DIRECT[i % 3]) for i, mode in enumerate(MODES)]
        clients = [
            *({"kind": kind, "ports": [lines[mode].port], "via": mode} for mode, kind in through),
            *({"kind": kind, "ports": list(ports), "hot": kind == "synced"} for kind in _DIRECT[:4]),
            *({"kind": kind, "ports": list(ports)} for kind in _DIRECT[4:]),
        ]
        named = [{"who": f"c{i}", "patience": _PATIENCE, **client} for i, client in enumerate(clients)]
        return Crowd(place, seed, named, 4)

    def harm(run: Run) -> None:
        # Whoever is not held up by others may be done long before them.
        each = [*groups, *(Group({kind: deed}) for kind, deed in on_lines.items())]
        with ThreadPoolExecutor(len(each)) as pool:
            for done in [pool.submit(_do, group, run, f"{seed} {i}", size) for i, group in enumerate(each)]:
                done.result()

    def calm() -> None:
        for line in lines.values():
            line.calm()

    try:
        started, expected = server.start(), {"is_patient": False, "past_the_wire": True}
        verdict = run_with(started, place, seed, harm, crowd=crowd, mend=calm, **expected)
    finally:
        for line in lines.values():
            line.close()
    verdict.done = verdict.harms.total()
    return verdict


def _do(group: Group, run: Run, seed: str, rounds: int) -> None:
    run = replace(run, chance=random.Random(seed))
    plan = [*group.first.items()]
    for _ in range(rounds):
        plan += run.chance.sample([*group.deeds.items()], len(group.deeds))
    for kind, deed in (*plan, *group.last.items()):
        run.rest()
        with run.harm(kind):
            deed(run)


def holding(lock: threading.Lock, deed: Deed) -> Deed:
    """The same, never while another one holds the lock."""

    def locked(run: Run) -> None:
        with lock:
            deed(run)

    return locked


def insisting(deed: Deed) -> Deed:
    """The same, tried again while no server lets it in."""

    def insist(run: Run) -> None:
        until = time.monotonic() + _INSISTENCE_SECONDS
        while True:
            try:
                return deed(run)
            except (OSError, AssertionError):
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)

    return insist


def _harmed(line: Line, least: int) -> Deed:
    def wait(run: Run) -> None:
        enough = line.done[line.mode] + least
        wait_until(lambda: line.done[line.mode] >= enough, f"{least} times {line.mode}", _LINE_SECONDS)

    return wait
