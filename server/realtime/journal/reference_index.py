"""Which records refer to a record."""

from collections.abc import Collection

import orjson

from server.realtime.resource.relations import Relation
from server.realtime.resource.resource import Resource

_NONE: set[int] = set()


class ReferenceIndex:
    """Of each relation, the ids of the records that refer to a record, by the id of that one."""

    def __init__(self) -> None:
        self._referrers: dict[tuple[str, str], dict[int, set[int]]] = {}

    def referrers(self, relation: Relation, number: int) -> Collection[int]:
        """The ids of the records that refer to record `number` by this relation."""
        return self._referrers.get(relation.key, {}).get(number, ())

    def update(self, channel: str, number: int, before: bytes | None, after: bytes | None) -> None:
        """Replace what record `number` of `channel` referred to; None stands for a record that does not exist."""
        if not (relations := Resource.registry[channel].relations):
            return
        old, new = (orjson.loads(encoded) if encoded else None for encoded in (before, after))
        for relation in relations:
            old_targets, new_targets = (set(relation.ids(one)) if one else _NONE for one in (old, new))
            referrers = self._referrers.setdefault(relation.key, {})
            for target in old_targets - new_targets:
                referrers[target].discard(number)
                if not referrers[target]:
                    del referrers[target]
            for target in new_targets - old_targets:
                referrers.setdefault(target, set()).add(number)
