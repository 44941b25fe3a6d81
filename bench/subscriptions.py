"""Clients that are sent parts of a channel, in place of all of it."""

from dataclasses import replace
from pathlib import Path

from bench.load import Lane, ratio, take_turns
from bench.outcome import GYM, Finding, Outcome, Pace, Say, at_most
from bench.servers import ours

_CPU = "cpu_ms_per_write"
_PARTS = 20


def subscriptions(folder: Path, pace: Pace, say: Say) -> Outcome:
    """Issue 14: 200 clients in 20 parts, all of which have what is written, beside 200 synced ones."""
    load = replace(GYM, seconds=pace.seconds)
    with ours(folder) as own:
        synced = Lane("ours, synced clients", own, load, pace.rounds)
        one_part = Lane("ours, one part for all", own, replace(load, audience="subscribed"), pace.rounds)
        many = replace(load, audience="subscribed", parts=_PARTS)
        parts = Lane(f"ours, {_PARTS} parts", own, many, pace.rounds)
        take_turns([synced, one_part, parts], say)
    return Outcome(
        [synced, one_part, parts],
        [
            at_most(f"{_PARTS} parts: CPU per write, of synced clients'", ratio(parts, synced, _CPU), 2),
            Finding("one part for all: the same", ratio(one_part, synced, _CPU)),
        ],
    )
