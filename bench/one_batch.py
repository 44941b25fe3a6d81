"""Many new classes: one by one, each when the last is acked, and all in one batch."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import websocket

from bench.build import BenchError
from bench.load import Lane, Load, ratio
from bench.outcome import Finding, Outcome, Pace, Say, at_most
from bench.peers.data import COACHES, PLANS
from bench.servers import Server, ours, packet

_CPU = "cpu_ms_per_write"
_COUNT = 500
_TIMES = 4
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def one_batch(folder: Path, pace: Pace, say: Say) -> Outcome:
    """Issue 15: 500 new classes in one batch, on a server where nobody else is."""
    with ours(folder) as own:
        lanes = {
            name: Lane(f"ours, {name}", own, Load())
            for name in ("one by one", "one batch", "one by one, with opts", "one batch, with opts", "only checked")
        }
        for _ in range(pace.rounds):
            for name, lane in lanes.items():
                opts = [{"check": True}] if name == "only checked" else [{}] * name.endswith("opts")
                # A connection each: nobody answers its pings.
                with own.connected() as (connection, _):
                    client = _Client(own, connection)
                    write = client.one_by_one if name.startswith("one by one") else client.in_one_batch
                    lane.runs.append(client.measure(write, opts))
                say(".")
    alone, batch, alone_with_opts, with_opts, checked = lanes.values()
    return Outcome(
        list(lanes.values()),
        [
            at_most(f"{_COUNT} new classes in one batch: CPU, of one by one", ratio(batch, alone, _CPU), 0.1),
            at_most("the same with opts, and so with warnings", ratio(with_opts, alone_with_opts, _CPU), 0.15),
            Finding("the batch only checked: CPU, of done", ratio(checked, with_opts, _CPU)),
        ],
    )


class _Client:
    """Writes over one connection."""

    def __init__(self, server: Server, connection: websocket.WebSocket) -> None:
        self._server = server
        self._connection = connection
        self._number = 0
        self._made: list[int] = []

    def measure(self, write: Callable[[list[Any]], None], opts: list[Any]) -> dict[str, float]:
        """The CPU time of the server's processes, for each class; several times, as a core is faster now and then."""
        seconds = 0.0
        for _ in range(_TIMES):
            began = self._cpu_seconds()
            write(opts)
            # What the server does after the ack is part of it.
            time.sleep(0.1)
            seconds += self._cpu_seconds() - began
            self._clean()
        return {_CPU: 1000 * seconds / (_TIMES * _COUNT)}

    def one_by_one(self, opts: list[Any]) -> None:
        for number in range(_COUNT):
            self._made.append(self._call("new_schedule", _slot(number), *opts)["id"])

    def in_one_batch(self, opts: list[Any]) -> None:
        writes = [{"event": "new_schedule", "data": _slot(number)} for number in range(_COUNT)]
        self._made += [made["id"] for made in self._call("batch", {"writes": writes}, *opts) if made["id"]]

    def _clean(self) -> None:
        """Delete what was made, so that each time there are as many."""
        if self._made:
            writes = [{"event": "delete_schedule", "data": number} for number in self._made]
            self._call("batch", {"writes": writes})
            self._made.clear()

    def _call(self, *event: Any) -> Any:
        self._number += 1
        self._connection.send(f"42{self._number}{json.dumps(event)}")
        answer = packet(self._connection, f"43{self._number}[")
        if '"ok":true' not in answer:
            raise BenchError(f"{event[0]} was refused: {answer[:300]}")
        return json.loads(answer[len(f"43{self._number}") :])[0]["data"]

    def _cpu_seconds(self) -> float:
        # The clock that clock_getcpuclockid(3) names: /proc counts in hundredths.
        return sum(time.clock_gettime(~process << 3 | 2) for process in self._server.processes())


def _slot(number: int) -> dict[str, Any]:
    return {
        "day": _DAYS[number % 7],
        "hour": f"{6 + number % 16}:{number * 7 % 60:02}",
        "coach_id": 1 + number % COACHES,
        "workout_plan_id": 1 + number % PLANS,
    }
