"""What records in memory embed of records that are not: these copies follow as all others do."""

from collections.abc import Collection

import orjson

from server.realtime.journal.reference_index import ReferenceIndex
from server.realtime.resource.relations import Record, Relation
from server.realtime.resource.resource import Resource


class CopiedRecords:
    """A record is here as long as one in memory embeds more of it than its id.

    It has the fields that are embedded, and is up to date. `references` has who refers to it.
    """

    def __init__(self, references: ReferenceIndex) -> None:
        self._references = references
        self._records: dict[str, dict[int, bytes]] = {
            channel: {} for channel, resource in Resource.registry.items() if not resource.whole
        }
        self._relations = {
            channel: [relation for relation in resource.relations if self._follows(relation)]
            for channel, resource in Resource.registry.items()
            if resource.whole
        }

    def _follows(self, relation: Relation) -> bool:
        return relation.target in self._records and relation.only != ("id",)

    @property
    def keys(self) -> Collection[tuple[str, int]]:
        """The channel and id of each record."""
        return {(channel, number) for channel, records in self._records.items() for number in records}

    def stored(self, channel: str, number: int) -> bytes | None:
        """What is embedded of a record, None if nothing is."""
        return self._records[channel].get(number)

    def put(self, channel: str, number: int, record: bytes) -> bytes:
        """Take note that a record, which is here, is another one now; returns what is embedded of it."""
        known, newest = orjson.loads(self._records[channel][number]), orjson.loads(record)
        return self._set(channel, number, {field: newest[field] for field in known if field in newest})

    def refer(self, channel: str, before: bytes | None, after: bytes | None) -> None:
        """Take note that a record in memory embeds other records than `before`; `references` knows it already."""
        for relation in self._relations[channel]:
            old, new = (relation.copies(orjson.loads(encoded)) if encoded else [] for encoded in (before, after))
            for copy in new:
                self._show(relation, copy)
            for number in {copy["id"] for copy in old} - {copy["id"] for copy in new}:
                self._forget_unused(relation.target, number)

    def _show(self, relation: Relation, copy: Record) -> None:
        """A copy is as new as its record, if that is not here yet: it was made in the commit that wrote it."""
        before = self.stored(relation.target, copy["id"])
        known = orjson.loads(before) if before else {}
        shown = {**relation.embed(copy), **known}
        if len(shown) > len(known):
            self._set(relation.target, copy["id"], shown)

    def _forget_unused(self, channel: str, number: int) -> None:
        embedded_in = filter(self._follows, Resource.registry[channel].embedded_in)
        if not any(self._references.referrers(relation, number) for relation in embedded_in):
            self._records[channel].pop(number, None)

    def _set(self, channel: str, number: int, shown: Record) -> bytes:
        encoded = self._records[channel][number] = orjson.dumps(shown)
        return encoded
