"""The campaign: `python -m tests.faults.campaign [KIND ...] [--seed N] [--times N] [--out FOLDER]`.

Each kind is done so many times as its plan says, in runs of some each. Every run is one line of FOLDER/report.jsonl;
one that is there already is not done again, so a campaign that was ended goes on where it was. At its end it prints the
report. The seed decides what clients write and what harm is done when; how the machine orders them it does not.
"""

import argparse
import json
import os
import sys
import tempfile
import time
import traceback
from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.faults.plan import FINDS, PLAN

_PATIENCE_SECONDS = 600.0


def main() -> int:
    """Run what was asked for; 1 if something was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("kinds", nargs="*", help=f"of {', '.join(PLAN)}; all if none is named")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=0, help="in place of the plan's number")
    parser.add_argument("--planted", default="", help="a module of tests/faults/planted to be found; or `all` of them")
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "spotter-faults")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    if asked.planted == "all":
        return _find_all(asked.seed, asked.out)
    report = asked.out / "report.jsonl"
    done = {(line["kind"], line["seed"]): line for line in _lines(report)}
    for kind in asked.kinds or PLAN:
        times, each = asked.times or PLAN[kind].times, PLAN[kind].each
        for index in range(-(-times // each)):
            seed = f"{asked.seed}-{index}" + f"-{asked.planted}" * bool(asked.planted)
            if (kind, seed) in done:
                continue
            line = _run(kind, seed, min(each, times - index * each), asked.out, asked.planted)
            done[kind, seed] = line
            with report.open("a") as file:
                file.write(json.dumps(line) + "\n")
    lines = [line for line in done.values() if not asked.kinds or line["kind"] in asked.kinds]
    print(table(lines))
    return int(any(line["found"] for line in lines))


def _find_all(seed: int, out: Path) -> int:
    """Plant one fault after the other; 1 if one was not found within ten minutes."""
    missed = []
    for name, (kind, times) in FINDS.items():
        until = time.monotonic() + _PATIENCE_SECONDS
        attempt = 0
        while not _run(kind, f"{seed}-{attempt}-{name}", times, out, name)["found"]:
            attempt += 1
            if time.monotonic() > until:
                missed.append(name)
                break
    print(f"{len(FINDS) - len(missed)} of {len(FINDS)} planted faults were found; not {missed}")
    return int(bool(missed))


def _run(kind: str, seed: str, size: int, out: Path, planted: str) -> dict[str, Any]:
    os.environ["PLANTED"] = planted
    place = Path(tempfile.mkdtemp(prefix=f"{kind}-{seed}-", dir=out))
    began = time.monotonic()
    try:
        verdict = PLAN[kind].run(place, seed, size)
        found, line = verdict.found, {"commits": verdict.commits, "requests": verdict.requests, "harm": verdict.seconds}
        size = verdict.done or size
    except Exception:
        found, line = [traceback.format_exc()], {"commits": 0, "requests": 0, "harm": {}}
    seconds = round(time.monotonic() - began, 1)
    print(f"{kind} seed {seed}: {size} times, {line['commits']} commits, {seconds} s, {len(found)} found", flush=True)
    for text in found:
        print("    " + text[:1200], flush=True)
    return {"kind": kind, "seed": seed, "size": size, "seconds": seconds, "found": found, **line}


def _lines(report: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in report.read_text().splitlines()] if report.exists() else []


def table(lines: list[dict[str, Any]]) -> str:
    """The report: a line for each kind of harm."""
    rows = ["| kind | times | commits | requests | found | longest to converge |", "|---|---|---|---|---|---|"]
    kinds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        kinds[line["kind"]].append(line)
    for kind, those in kinds.items():
        sums = [sum(line[key] for line in those) for key in ("size", "commits", "requests")]
        longest = max((max(seconds) for line in those for seconds in line["harm"].values() if seconds), default=0.0)
        cells = [kind, *map(str, sums), str(sum(len(line["found"]) for line in those)), f"{longest:.1f} s"]
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
