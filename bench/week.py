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
from bench.servers import ROOT, ours

_CLASSES = 1000
_ELEMENTS = 5000
_TASK_MS = 150
_LONGEST_RUN = 300
"""In seconds: ten times what an idle machine takes."""
_USES = ("at load", "while scrolling", "while filtering")


class _Figures(TypedDict):
    classes: int
    elements: int
    tasks: list[float]
    """The longest at load, while scrolling, while filtering, in milliseconds of a processor."""
    waited: float


def _open(port: int) -> _Figures:
    """The browser has both cores: its processes would wait for one another on one, and the server has little to do."""
    try:
        done = subprocess.run(
            ["node", "bench/week.mjs", f"http://localhost:{port}"],
            cwd=ROOT / "client",
            env=os.environ,
            capture_output=True,
            text=True,
            timeout=_LONGEST_RUN,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        said = error.stderr.decode() if isinstance(error.stderr, bytes) else error.stderr or ""
        raise BenchError(f"the browser was not done after {_LONGEST_RUN} s: the machine is busy\n{said}") from None
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
