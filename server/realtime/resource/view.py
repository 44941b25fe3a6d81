"""What callers see: which channels, and which of their records."""

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping
from hashlib import sha256

import orjson

from server.realtime.resource.relations import Record


class View:
    """What some callers may read: one View for all who may read the same, so that what they are sent is made once.

    Nothing of the channels in `hidden`, and of those in `judged` the records for which the function says so. `key`
    tells it from other Views, in every process.
    """

    def __init__(
        self, hidden: Collection[str] = (), judged: Mapping[str, Callable[[Record], bool]] | None = None, key: str = ""
    ) -> None:
        self.hidden = frozenset(hidden)
        self.judged = dict(judged or {})
        # Stands at the end of the epochs that it is told: a cursor of another View leads to a snapshot.
        self.tag = f".{sha256(key.encode()).hexdigest()[:16]}" if key else ""

    @property
    def is_whole(self) -> bool:
        """Whether it is everything."""
        return not self.hidden and not self.judged

    @property
    def limited(self) -> frozenset[str]:
        """The channels of which it is not everything."""
        return self.hidden.union(self.judged)

    def limits(self, channel: str) -> bool:
        """Whether there may be records of the channel that are not in it."""
        return channel in self.hidden or channel in self.judged

    def sees(self, channel: str, record: Record) -> bool:
        """Whether the record is in it."""
        if channel in self.hidden:
            return False
        judge = self.judged.get(channel)
        return judge is None or judge(record)

    def sees_encoded(self, channel: str, record: bytes | None) -> bool:
        """The same for a record's JSON; None is none."""
        if record is None or not self.limits(channel):
            return record is not None
        return channel in self.judged and self.sees(channel, orjson.loads(record))

    def choose(self, channel: str, records: Mapping[int, bytes]) -> Iterator[tuple[int, bytes]]:
        """Those of the channel's records that are in it, with their ids."""
        if channel in self.hidden:
            return
        for number, record in records.items():
            if self.sees_encoded(channel, record):
                yield number, record


EVERYTHING = View()
