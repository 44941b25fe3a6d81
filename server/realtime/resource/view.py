"""What a caller may read: which channels, and which of their records."""

from collections.abc import Callable, Collection, Iterator, Mapping
from hashlib import sha256

import orjson

from server.realtime.resource.relations import Record


class View:
    """What some callers may read. All that may read the same share one View, so what they are sent is encoded once.

    It has no record of the channels in `hidden`, and of those in `filters` the records for which the function returns
    true. `key` identifies it among all Views, and is the same in every process.
    """

    def __init__(
        self, hidden: Collection[str] = (), filters: Mapping[str, Callable[[Record], bool]] | None = None, key: str = ""
    ) -> None:
        self.hidden = frozenset(hidden)
        self.filters = dict(filters or {})
        # The suffix of the epochs that are sent: a cursor from another View is answered by a snapshot.
        self.tag = f".{sha256(key.encode()).hexdigest()[:16]}" if key else ""

    @property
    def is_whole(self) -> bool:
        """Whether it has all records."""
        return not self.hidden and not self.filters

    @property
    def limited(self) -> frozenset[str]:
        """The channels of which it may not have all records."""
        return self.hidden.union(self.filters)

    def limits(self, channel: str) -> bool:
        """Whether the channel is one of those."""
        return channel in self.hidden or channel in self.filters

    def has(self, channel: str, record: Record) -> bool:
        """Whether it has the record."""
        if channel in self.hidden:
            return False
        may_read = self.filters.get(channel)
        return may_read is None or may_read(record)

    def has_encoded(self, channel: str, record: bytes | None) -> bool:
        """The same for a record's JSON; None is none."""
        if record is None or not self.limits(channel):
            return record is not None
        return channel in self.filters and self.has(channel, orjson.loads(record))

    def choose(self, channel: str, records: Mapping[int, bytes]) -> Iterator[tuple[int, bytes]]:
        """The channel's records that it has, with their ids."""
        if channel in self.hidden:
            return
        for number, record in records.items():
            if self.has_encoded(channel, record):
                yield number, record


EVERYTHING = View()
