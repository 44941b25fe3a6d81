"""One run of the load generator, and several runs that take turns."""

import json
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.build import GENERATOR, BenchError
from bench.dialects import Audience, Write
from bench.servers import GENERATOR_CORE, Server, pinned

Figures = dict[str, float]
DEADLINE = 240  # seconds for one run; a naive server lets 210 clients in within 20 when undisturbed
BUSY = 0.9  # of a core: from here on the generator may be what is slow
STARVED = 0.1  # of the time: from here on other programs on the server's core are what is slow


@dataclass(frozen=True)
class Load:
    """What a run does. The defaults are a quiet server with nobody on it."""

    audience: Audience = "silent"
    write: Write = "picture"
    # What the first writer writes, if it is something else than what the others do.
    first_write: Write | None = None
    subscribers: int = 0
    writers: int = 0
    in_flight: int = 1
    wait_all: bool = False
    stalled: int = 0
    seconds: float = 0
    warmup: float = 0.5
    hold: float = 0
    at_once: int = 32
    # The clients come back with a cursor that is up to date, instead of asking for everything.
    returning: bool = False
    # In how many parts those who subscribe are.
    parts: int = 1


def _arguments(load: Load, server: Server) -> list[str]:
    dialect = server.dialect
    connect = server.cursor() if load.returning else dialect.connect.get(load.audience, "")
    wait_for = dialect.wait_for.get(load.audience, "")
    arguments = {
        "port": ",".join(map(str, server.ports)),
        "subscribers": load.subscribers,
        "writers": load.writers,
        "in-flight": load.in_flight,
        "stalled": load.stalled,
        "seconds": load.seconds,
        "warmup": load.warmup,
        "hold": load.hold,
        "at-once": load.at_once,
        "deadline": DEADLINE,
        "message": server.message(load.write),
        "good-ack": dialect.good_ack,
        "connect": connect,
        "wait-for": wait_for,
        "pids": ",".join(map(str, server.processes())),
        "label": server.name,
    }
    if load.first_write is not None:
        arguments["first-message"] = server.message(load.first_write)
    if hello := dialect.hello.get(load.audience):
        arguments |= {"hello": hello, "parts": load.parts}
    if dialect.collection:
        arguments["collection"] = dialect.collection
    flags = ["--wait-all"] if load.wait_all else []
    return [part for name, value in arguments.items() for part in (f"--{name}", str(value))] + flags


def run(load: Load, server: Server) -> Figures:
    """The figures of one run. Raises BenchError if a client was not served, or a write not acked
    as done or not seen by everybody: such figures would flatter the server."""
    command = [*pinned(GENERATOR_CORE), str(GENERATOR), *_arguments(load, server)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=DEADLINE + 30, check=False)
    if done.returncode:
        outcome = (done.stdout[-300:] + "\n" + done.stderr[-700:]).strip()
        raise BenchError(f"a run against {server.name} does not count:\n{outcome}")
    figures: Figures = json.loads(done.stdout)
    if load.writers and load.seconds and not figures["acked"]:
        raise BenchError(f"{server.name} acked nothing")
    return figures


@dataclass
class Lane:
    """A server under one kind of load; the lanes of a scenario take turns."""

    name: str
    server: Server
    load: Load
    rounds: int = 1
    runs: list[Figures] = field(default_factory=list)

    def median(self, figure: str) -> float:
        return statistics.median(run[figure] for run in self.runs)

    @property
    def doubts(self) -> str:
        """Why rates and latencies of this lane say less about the server than they seem to."""
        if "server_busy" not in self.runs[0]:
            return ""
        doubts = []
        if self.median("generator_busy") > BUSY:
            doubts.append("generator-bound")
        if self.median("server_starved") > STARVED:
            doubts.append(f"starved {self.median('server_starved'):.0%}")
        return f" ({', '.join(doubts)})" if doubts else ""


def take_turns(lanes: list[Lane], say: Callable[[str], None] | None = None) -> None:
    """Run every lane once, then every lane again: what the machine does meanwhile hits all alike.
    A lane with fewer rounds sits out the last ones."""
    for turn in range(max(lane.rounds for lane in lanes)):
        for lane in lanes:
            if turn < lane.rounds:
                lane.runs.append(run(lane.load, lane.server))
                if say is not None:
                    say(".")


def ratio(top: Lane, bottom: Lane, figure: str) -> float:
    """The ratio of the medians."""
    return top.median(figure) / max(bottom.median(figure), sys.float_info.min)
