"""Lines that lose, double, delay and reorder frames, cut connections, or leave them half open."""

import time
from pathlib import Path
from typing import Any

from tests.faults.crowd import Crowd
from tests.faults.lines import Line
from tests.faults.place import sqlite_server
from tests.faults.run import Run, Verdict, run_with

# An array that a line loses, or passes on late, is no fault of the server's, and a plain client cannot know. Nor can
# one with several parts know of an event that is lost between two answers.
_NUMBERED = ("synced", "part", "synced", "synced")
_ALL = ("synced", "plain", "parts", "plain")
# A request or its answer may be lost.
_PATIENCE = 2.0


def lost_frames(place: Path, seed: str, size: int) -> Verdict:
    """`size` frames in either direction that never arrive."""
    return _through(place, seed, size, "lose")


def doubled_frames(place: Path, seed: str, size: int) -> Verdict:
    """`size` frames that arrive twice."""
    return _through(place, seed, size, "double")


def delayed_frames(place: Path, seed: str, size: int) -> Verdict:
    """`size` frames that hold up those behind them."""
    return _through(place, seed, size, "delay")


def reordered_frames(place: Path, seed: str, size: int) -> Verdict:
    """`size` frames that arrive after the next one."""
    return _through(place, seed, size, "reorder")


def cut_connections(place: Path, seed: str, size: int) -> Verdict:
    """`size` connections that end after any byte."""
    return _through(place, seed, size, "cut")


def half_open_connections(place: Path, seed: str, size: int) -> Verdict:
    """`size` connections over which nothing comes any more, and that do not end."""
    return _through(place, seed, size, "half")


def _through(place: Path, seed: str, size: int, mode: str) -> Verdict:
    with sqlite_server(place) as server:
        server.start()
        line = Line(mode, lambda: server.ports[0], seed)
        kinds = _NUMBERED if mode in ("lose", "reorder") else _ALL

        def crowd(ports: Any) -> Crowd:
            clients = [
                {"who": f"c{i}", "kind": kinds[i % 4], "ports": [line.port], "via": mode, "patience": _PATIENCE}
                if i % 4
                else {"who": f"c{i}", "kind": kinds[i % 4], "ports": ports}
                for i in range(16)
            ]
            return Crowd(place, seed, clients, 4, pace=0.02)

        def harm(run: Run) -> None:
            with run.harm(mode):
                while line.done[mode] < size:
                    time.sleep(0.05)
                line.calm()

        try:
            verdict = run_with(server, place, seed, harm, crowd=crowd, is_patient=True)
        finally:
            line.close()
        verdict.done = line.done[mode]
        return verdict
