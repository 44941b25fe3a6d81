"""Tables for people, JSON for machines."""

import json
import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bench.load import Lane
from bench.outcome import Finding, Outcome

COLUMNS = (
    ("acked/s", "acked_per_s", "{:,.0f}"),
    ("CPU ms/write", "cpu_ms_per_write", "{:.3f}"),
    ("ack p50", "ack_ms_p50", "{:.1f}"),
    ("ack p99", "ack_ms_p99", "{:.1f}"),
    ("seen p50", "seen_ms_p50", "{:.1f}"),
    ("seen p99", "seen_ms_p99", "{:.1f}"),
    ("others' p50", "others_seen_ms_p50", "{:.1f}"),
    ("others' max", "others_seen_ms_max", "{:.0f}"),
    ("bytes", "bytes_per_delivery", "{:,.0f}"),
    ("frames", "frames_per_delivery", "{:.2f}"),
    ("connect s", "connect_s", "{:.2f}"),
    ("CPU ms/connect", "connect_cpu_ms", "{:.2f}"),
    ("KB/conn", "kb_per_connection", "{:.0f}"),
    ("server", "server_busy", "{:.0%}"),
)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as they need; the first is a name, the others are figures."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _cell(lane: Lane, figure: str, style: str) -> str:
    if figure not in lane.runs[0]:
        return ""
    return style.format(lane.median(figure))


def lanes_table(lanes: Sequence[Lane]) -> str:
    used = [column for column in COLUMNS if any(column[1] in lane.runs[0] for lane in lanes)]
    rows = [["", *(title for title, _, _ in used)]]
    for lane in lanes:
        rows.append([lane.name + lane.doubts, *(_cell(lane, name, style) for _, name, style in used)])
    return table(rows)


def findings_table(findings: Sequence[Finding]) -> str:
    verdict = {True: "met", False: "MISSED", None: ""}
    rows = [["", "measured", "target", ""]]
    for finding in findings:
        target = f"{finding.bound} {finding.limit:g} {finding.unit}" if finding.bound else ""
        value = f"{finding.value:,.2f} {finding.unit}"
        rows.append([finding.text, value, target, verdict[finding.met]])
    return table(rows)


def _commit() -> str:
    done = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def write_results(path: Path, outcomes: dict[str, Outcome], quick: bool) -> None:
    results = {
        "commit": _commit(),
        "quick": quick,
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "scenarios": {
            name: {
                "findings": [{**asdict(finding), "met": finding.met} for finding in outcome.findings],
                "lanes": {lane.name: {"load": asdict(lane.load), "runs": lane.runs} for lane in outcome.lanes},
            }
            for name, outcome in outcomes.items()
        },
    }
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(results, indent=1) + "\n")
