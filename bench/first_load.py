"""A first visit over the network of a phone, by a real browser, until the page can be used."""

import json
import subprocess
from pathlib import Path
from statistics import median
from typing import Any

from bench.build import BenchError
from bench.outcome import Finding, Outcome, Pace, Say, at_most
from bench.servers import ROOT, ours_with_the_demo_gym

_CLIENT = ROOT / "client"
_SCRIPT = "bench/first-load.mjs"
_MINUTES = 5


def first_load(folder: Path, pace: Pace, say: Say) -> Outcome:
    """1.6 Mbit/s, 150 ms, nothing in the cache; the classes are shown and the connection is live."""
    if not (_CLIENT / "dist" / "index.html").is_file():
        raise BenchError("the page is not built: make client")
    with ours_with_the_demo_gym(folder) as own:
        visits = [_visit(f"http://localhost:{own.ports[0]}/") for _ in range(2 * pace.rounds + 1)]
    say("." * len(visits))
    seconds = sorted(float(visit["seconds"]) for visit in visits)
    [scripts, styles, fonts] = (max(_bytes(visit, ending) for visit in visits) for ending in (".js", ".css", ".woff2"))
    files = max(len(_of(visit, ".woff2")) for visit in visits)
    return Outcome(
        [],
        [
            at_most(f"a first visit until it can be used, median of {len(visits)}", median(seconds), 3, "s"),
            Finding("the fastest", seconds[0], "s"),
            Finding("the slowest", seconds[-1], "s"),
            at_most("scripts before that", scripts, 160, "KB"),
            at_most("styles", styles, 30, "KB"),
            at_most("files of fonts", files, 4, "files"),
            Finding("their size", fonts, "KB"),
        ],
    )


def _visit(address: str) -> dict[str, Any]:
    try:
        done = subprocess.run(
            ["node", _SCRIPT, address],
            cwd=_CLIENT,
            capture_output=True,
            text=True,
            timeout=60 * _MINUTES,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BenchError(f"the browser did not end: {error}") from error
    if done.returncode:
        raise BenchError(f"the browser failed (CHROMIUM is its path):\n{done.stderr[-2000:]}")
    visit: dict[str, Any] = json.loads(done.stdout)
    return visit


def _of(visit: dict[str, Any], ending: str) -> list[dict[str, Any]]:
    return [file for file in visit["loaded"] if file["path"].endswith(ending)]


def _bytes(visit: dict[str, Any], ending: str) -> float:
    """In thousands."""
    return sum(int(file["bytes"]) for file in _of(visit, ending)) / 1000
