"""The page of a week with a thousand classes, in a browser."""

import json
import os
import statistics
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import TypedDict

from bench.build import BenchError
from bench.outcome import Finding, Outcome, Pace, Say, at_most
from bench.servers import GENERATOR_CORE, ROOT, ours, pinned

_CLASSES = 1000
_ELEMENTS = 5000
_TASK_MS = 150
_USES = ("at load", "while scrolling", "while filtering")


class _Figures(TypedDict):
    classes: int
    elements: int
    tasks: list[float]
    """The longest at load, while scrolling, while filtering, in milliseconds of a processor."""
    waited: float


def _open(port: int) -> _Figures:
    """The browser has a core for itself, as on the screen of somebody else than the server's."""
    done = subprocess.run(
        [*pinned(GENERATOR_CORE), "node", "bench/week.mjs", f"http://localhost:{port}"],
        cwd=ROOT / "client",
        env=os.environ,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode:
        raise BenchError(f"the browser could not be measured:\n{done.stderr[-2000:]}")
    figures: _Figures = json.loads(done.stdout)
    if figures["classes"] != _CLASSES:
        raise BenchError(f"the page shows {figures['classes']} classes")
    return figures


def week(folder: Path, pace: Pace, say: Say) -> Outcome:
    """A week with a thousand classes in Chromium: few elements, and no task that one would feel."""
    runs: list[_Figures] = []
    with ExitStack() as stack:
        server = stack.enter_context(ours(folder, schedules=_CLASSES))
        for _ in range(pace.rounds):
            runs.append(_open(server.ports[0]))
            say(".")

    tasks = [statistics.median(times) for times in zip(*(run["tasks"] for run in runs), strict=True)]
    most = max(run["elements"] for run in runs)
    waited = statistics.median(run["waited"] for run in runs)
    return Outcome(
        findings=[
            at_most("1,000 classes: elements of the page", most, _ELEMENTS, ""),
            *(
                at_most(f"the longest task {name}, processor's time", value, _TASK_MS, "ms")
                for name, value in zip(_USES, tasks, strict=True)
            ),
            Finding("the longest of all by the clock", waited, "ms"),
        ]
    )
