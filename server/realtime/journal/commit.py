"""What a commit did to the records: the unit of the journal, of snapshots and of what is pushed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import orjson

# What one request may change: others wait meanwhile, and it is written into the journal with theirs.
MOST_CHANGES, MOST_BYTES = 5_000, 10_000_000
# Events of commits that nobody asked for over the wire: the journal met data that it did not write.
SEED, MIGRATE, RECONCILE = PAST_THE_WIRE = ("seed", "migrate", "reconcile")
# The event of a commit of several writes that were requested together.
BATCH = "batch"


class Row(NamedTuple):
    """A record as it is sent, and the seq of its last change."""

    rev: int
    record: bytes


@dataclass(slots=True)
class Change:
    """One record's new state. `record` is its JSON, None if it was deleted; `before` is what it was, None if new.

    Whoever embeds the record has changed too, by rule and not by a change of its own (see embedded_copies.py).
    """

    channel: str
    id: int
    rev: int
    record: bytes | None
    before: bytes | None = None


@dataclass(slots=True)
class Commit:
    """One request that was carried out. `at` is in milliseconds since 1970, `actor` the name of who asked."""

    seq: int
    at: int
    event: str
    actor: str | None = None
    op: str | None = None
    changes: list[Change] = field(default_factory=list)

    @property
    def subject(self) -> str:
        """The record that it is about, by channel and id, and how many of which channels went or came with it.

        A batch is about no one of its records: of several, how many of which channels.
        """
        if not self.changes:
            return ""
        if self.event == BATCH and len(self.changes) > 1:
            return _counted(change.channel for change in self.changes)
        # A record is deleted after all that belong to it, and comes back before them.
        one = self.changes[-1 if self.changes[-1].record is None else 0]
        along = _counted(change.channel for change in self.changes if change is not one)
        return f"{one.channel} {one.id}" + f" (with {along})" * bool(along)

    def encode(self, change: Change) -> bytes:
        """The change as an element of a `changes` event, so that both sides of the wire name things alike."""
        return b'{"channel":%b,"type":"%b","id":%d,"rev":%d,"record":%b,"op":%b,"actor":%b}' % (
            orjson.dumps(change.channel),
            b"del" if change.record is None else b"put",
            change.id,
            change.rev,
            change.record or b"null",
            orjson.dumps(self.op),
            orjson.dumps(self.actor),
        )


def _counted(channels: Iterable[str]) -> str:
    return ", ".join(f"{channel}: {count}" for channel, count in Counter(channels).items())
