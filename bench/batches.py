"""Servers that put writes together, as ours does."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from bench.load import Lane, ratio, take_turns
from bench.others import batching, pocketbase, raw
from bench.outcome import GYM, Finding, Outcome, Pace, Say, at_least, at_most
from bench.servers import ours

_CPU, _SIGHT = "cpu_ms_per_write", "seen_ms_p50"


def batches(folder: Path, pace: Pace, say: Say) -> Outcome:
    """Issue 12: beside a strong Node server that commits and sends in groups too, and beside PocketBase."""
    main = replace(GYM, seconds=pace.seconds)
    # What is measured, and how much of the batching peer's CPU a write may cost there.
    cases = (
        ("10 writers", main, 1.0),
        ("one writer", replace(main, writers=1), 0.8),
        ("1,000 subscribers", replace(main, subscribers=1000), 0.6),
    )
    findings, to_know = [], []
    lanes: list[Lane] = []
    with ExitStack() as stack:
        servers = [stack.enter_context(start(folder)) for start in (ours, batching, raw, pocketbase)]
        for case, load, _ in cases:
            lanes += [Lane(f"{server.name}, {case}", server, load, pace.rounds) for server in servers]
        take_turns(lanes, say)
    for number, (case, load, limit) in enumerate(cases):
        own, peer, bare, base = lanes[number * len(servers) : (number + 1) * len(servers)]
        findings += [
            at_most(f"{case}, CPU per write: of the batching peer's", ratio(own, peer, _CPU), limit),
            at_most(f"{case}, seen by all, p50: of the batching peer's", ratio(own, peer, _SIGHT), 1),
        ]
        less = f"{case}, CPU per write: less than PocketBase's"
        if load.writers > 1:
            findings.append(at_least(less, ratio(base, own, _CPU), 8))
        else:
            # Nothing is put together there: 200 sends are most of what a write costs anybody.
            to_know.append(Finding(less, ratio(base, own, _CPU)))
        to_know += [
            Finding(f"{case}, CPU per write: of the raw peer's", ratio(own, bare, _CPU)),
            Finding(f"{case}, seen by all, p50: of the raw peer's", ratio(own, bare, _SIGHT)),
        ]
    return Outcome(lanes, findings + to_know)
