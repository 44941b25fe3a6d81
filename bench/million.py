"""A resource that is not whole: what it costs that there are a million of its records."""

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import websocket

from bench.build import BenchError
from bench.dialects import OURS, Dialect
from bench.load import Lane, Load, ratio, run, take_turns
from bench.outcome import GYM, Finding, Outcome, Pace, Say, at_most
from bench.servers import OURS_SETTINGS, ROOT, Server, packet, running, seed
from bench.services import REDIS_URL, database

_FEW = 100
_CPU = "cpu_ms_per_write"
_PARTS = 20
_COMMAND = [sys.executable, "-m", "bench.large"]
# Twenty parts of 11 to 120 records, each with all that are written.
_HELLO = '420["subscribe",{"channel":"visits","where":{"id":{"lte":1%part%}}}]'
VISITS = Dialect(
    message='["update_visit",{"id":%writer%,"name":"%marker%"}]',
    good_ack='[{"ok":true',
    connect={"subscribed": '{"arrays":false}'},
    wait_for={"subscribed": "ack"},
    hello={"subscribed": _HELLO},
)
_WRITES = Load(writers=10)


@dataclass(frozen=True)
class _Filled:
    """A server with so many visits: for clients of these, and of all else."""

    visits: Server
    gym: Server
    rss_mb: float


@contextmanager
def _filled(folder: Path, count: int, url: str | None, label: str) -> Iterator[_Filled]:
    settings = {**OURS_SETTINGS, "DATABASE_URL": url or f"sqlite:///{folder / f'visits-{count}'}.db"}
    if url is not None:
        settings["REDIS_URL"] = REDIS_URL
    seed(settings, 1000)
    _fill(settings, count)
    name = f"ours, {label}, {count:,} visits"
    with running(name, _COMMAND, settings, OURS, folder) as server:
        # What the first clients make it allocate is no cost of the records.
        run(replace(GYM, seconds=0.5, subscribers=20), server)
        yield _Filled(replace(server, dialect=VISITS), server, _rss_mb(server))


def _fill(settings: dict[str, str], count: int) -> None:
    command = [sys.executable, "-m", "bench.large.fill", str(count)]
    environment = {**os.environ, **settings}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=1800, check=False)
    if done.returncode:
        raise BenchError(f"the visits could not be made:\n{done.stderr[-2000:]}")


def _rss_mb(server: Server) -> float:
    status = Path(f"/proc/{server.own_processes[0]}/status").read_text()
    [line] = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(line.split()[1]) / 1024


def _pages_ms(server: Server, seconds: float) -> list[float]:
    """How long each page of a hundred by an indexed field took, one after the other."""
    address = f"ws://127.0.0.1:{server.ports[0]}/socket.io/?EIO=4&transport=websocket"
    took: list[float] = []
    with closing(websocket.create_connection(address, timeout=30)) as connection:
        connection.recv()
        connection.send('40{"arrays":false}')
        packet(connection, '42["connected"')
        until = time.monotonic() + seconds
        number = 0
        while time.monotonic() < until:
            number += 1
            query = {"where": {"coach": 1 + number % 20}, "limit": 100}
            began = time.perf_counter()
            connection.send(f"42{number}" + json.dumps(["list_visits", query]))
            answer = packet(connection, f"43{number}[")
            took.append((time.perf_counter() - began) * 1000)
            if '"ok":true' not in answer[:20]:
                raise BenchError(f"a page was refused: {answer[:200]}")
    return took


def _page_p99_ms(server: Server, seconds: float) -> float:
    """With ten writers at work."""
    writing = threading.Thread(target=run, args=(replace(_WRITES, seconds=seconds + 1), server))
    writing.start()
    time.sleep(1)
    took = _pages_ms(server, seconds)
    writing.join()
    return statistics.quantiles(took, n=100)[98]


def _measure(
    folder: Path, pace: Pace, say: Say, label: str, urls: list[str | None]
) -> tuple[list[Lane], list[Finding]]:
    with ExitStack() as stack:
        few = stack.enter_context(_filled(folder, _FEW, urls[0], label))
        many = stack.enter_context(_filled(folder, pace.visits, urls[1], label))
        load = replace(_WRITES, seconds=pace.seconds)
        small = Lane(f"{few.visits.name}, 10 writers", few.visits, load, pace.rounds)
        large = Lane(f"{many.visits.name}, 10 writers", many.visits, load, pace.rounds)
        watched = replace(GYM, seconds=pace.seconds)
        synced = Lane(f"{many.gym.name}, 200 synced", many.gym, watched, pace.rounds)
        parts = replace(watched, audience="subscribed", parts=_PARTS)
        subscribed = Lane(f"{many.visits.name}, 200 in {_PARTS} parts", many.visits, parts, pace.rounds)
        lanes = [small, large, synced, subscribed]
        take_turns(lanes, say)
        page = _page_p99_ms(many.visits, pace.seconds * 2)
    findings = [
        at_most(
            f"{label}: memory at {pace.visits:,} visits, beyond that at {_FEW}", many.rss_mb - few.rss_mb, 30, "MB"
        ),
        at_most(f"{label}: CPU per write at {pace.visits:,} visits, of that at {_FEW}", ratio(large, small, _CPU), 1.3),
        at_most(f"{label}: a page of 100, 10 writers at work, p99", page, 15, "ms"),
        at_most(f"{label}: 200 in {_PARTS} parts, CPU per write, of 200 synced", ratio(subscribed, synced, _CPU), 2),
    ]
    return lanes, findings


def million(folder: Path, pace: Pace, say: Say) -> Outcome:
    """Issue 14: a million records of a resource that is not whole, on both databases."""
    lanes, findings = _measure(folder, pace, say, "SQLite", [None, None])
    with database() as (small, _), database() as (large, _):
        more = _measure(folder, pace, say, "PostgreSQL", [small, large])
    return Outcome([*lanes, *more[0]], [*findings, *more[1]])
