"""A coach's new name, which every class of the coach shows."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from bench.load import Lane, ratio, take_turns
from bench.outcome import GYM, Outcome, Pace, Say, at_most
from bench.servers import add_coaches, ours

_CPU = "cpu_ms_per_write"
_MANY = 40_000


def renames(folder: Path, pace: Pace, say: Say) -> Outcome:
    """Issue 12: a name that 50 classes show is one change, on the wire and in the work."""
    load = replace(GYM, seconds=pace.seconds)
    with ours(folder) as own:
        pictures = Lane("ours, pictures", own, load, pace.rounds)
        names = Lane("ours, names in 50 classes", own, replace(load, write="name"), pace.rounds)
        alone = replace(load, writers=1)
        one_name = Lane("ours, names in 50 classes, one writer", own, replace(alone, write="name"), pace.rounds)
        take_turns([pictures, names, one_name], say)
    return Outcome(
        [pictures, names, one_name],
        [
            at_most("a name in 50 classes: CPU, of a picture's", ratio(names, pictures, _CPU), 1.5),
            # One writer has a frame for each: nothing of it is shared.
            at_most(
                "a name in 50 classes: bytes for each subscriber",
                one_name.median("bytes_per_delivery"),
                400,
                "bytes",
            ),
        ],
    )


def renames_of_many(folder: Path, pace: Pace, say: Say) -> Outcome:
    """Issue 12: a name that 40,000 classes show costs little more, and keeps nobody waiting."""
    one = replace(GYM, seconds=pace.seconds, writers=1, returning=True)
    # Not warmed up: nobody waits for the first new name either.
    among_others = replace(one, writers=10, first_write="name", warmup=0)
    with ExitStack() as stack:
        own = stack.enter_context(ours(folder, _MANY, coaches=1))
        add_coaches(own, among_others.writers - 1)
        pictures = Lane("ours, pictures, one writer", own, one, pace.rounds)
        names = Lane("ours, names in 40,000 classes, one writer", own, replace(one, write="name"), pace.rounds)
        mixed = Lane("ours, the same among nine who write pictures", own, among_others, pace.rounds)
        take_turns([mixed, pictures, names], say)
    return Outcome(
        [pictures, names, mixed],
        [
            at_most("a name in 40,000 classes: CPU, of a picture's", ratio(names, pictures, _CPU), 5),
            at_most(
                "the same: the longest that anybody waits for another's write",
                max(run["others_seen_ms_max"] for run in mixed.runs),
                250,
                "ms",
            ),
        ],
    )
