"""What a commit changed, and how the records that it deleted are written again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from graphlib import TopologicalSorter
from typing import NamedTuple

from server.realtime.mutations.removal import Key
from server.realtime.mutations.unit_of_work import UnitOfWork
from server.realtime.protocol.json import same
from server.realtime.resource.comparison import is_copied
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource


class Changed(NamedTuple):
    """What the commit changed: a record before it, after it and now, each None if there was none."""

    resource: Resource
    number: int
    before: Record | None
    after: Record | None
    now: Record | None

    @property
    def key(self) -> Key:
        """The record's channel and id."""
        return self.resource.channel, self.number

    @property
    def name(self) -> str:
        """The record, for a person."""
        state = self.now or self.after or self.before or {}
        return f"{self.resource.noun} {self.resource.label(state)}"

    def uses(self, state: Record | None) -> set[Key]:
        """The records that one of its states refers to."""
        relations = self.resource.relations if state else ()
        return {(relation.target, number) for relation in relations for number in relation.ids(state or {})}

    @property
    def is_of_copies(self) -> bool:
        """Whether the record differs by its copies alone: older versions wrote those that followed into the journal."""
        before, after = self.before, self.after
        if before is None or after is None:
            return False
        fields = [field for field in {**before, **after} if not same(before.get(field), after.get(field))]
        return bool(fields) and all(is_copied(self.resource, field, before, after) for field in fields)


class Deleted(NamedTuple):
    """A deleted record, and the values of its fields that are written again."""

    resource: Resource
    record: Record
    values: Record
    # Called with (None, record): refuses what the caller may not write.
    allow: Callable[[None, Record], None]


def used_by(created: Iterable[Changed], edited: Iterable[Changed]) -> dict[Key, None]:
    """The records of `created` that those `edited` now refer to, and those that these refer to, and so on."""
    by_key = {change.key: change for change in created}
    used: dict[Key, None] = {}
    waiting = list(edited)
    for change in waiting:
        for key in change.uses(change.now) & by_key.keys() - used.keys():
            used[key] = None
            waiting.append(by_key[key])
    return used


def restore(work: UnitOfWork, deleted: Sequence[Deleted]) -> None:
    """Write the records under the ids that they had, several of a channel in one statement.

    Raises CycleError if they refer to one another in a circle.
    """
    for batch in _batches(_in_order(deleted)):
        resource = batch[0].resource
        values = [one.values for one in batch]
        writer = work.writers[resource.channel]
        numbers = [one.record["id"] for one in batch]
        records = writer.insert(work.connection, work.read, values, numbers, back=True)
        for one, record in zip(batch, records, strict=True):
            one.allow(None, record)
            work.put(resource.channel, record["id"], record)


def _in_order(deleted: Sequence[Deleted]) -> Iterator[Deleted]:
    """Each after those that it refers to."""
    places = {(one.resource.channel, one.record["id"]): place for place, one in enumerate(deleted)}
    sorter: TopologicalSorter[int] = TopologicalSorter()
    for place, one in enumerate(deleted):
        own = (
            places.get((relation.target, number))
            for relation in one.resource.relations
            for number in relation.ids(one.record)
        )
        sorter.add(place, *(target for target in own if target not in (None, place)))
    sorter.prepare()
    while ready := sorter.get_ready():
        for place in sorted(ready, key=lambda place: (deleted[place].resource.channel, place)):
            yield deleted[place]
        sorter.done(*ready)


def _batches(deleted: Iterable[Deleted]) -> Iterator[list[Deleted]]:
    """Records of one channel, with the same fields, that do not refer to one another."""
    batch: list[Deleted] = []
    numbers: set[int] = set()
    for one in deleted:
        resource = one.resource
        targets = {
            number
            for relation in resource.relations
            if relation.target == resource.channel
            for number in relation.ids(one.record)
        }
        if batch and (
            batch[0].resource is not resource
            or batch[0].values.keys() != one.values.keys()
            or not numbers.isdisjoint(targets)
        ):
            yield batch
            batch, numbers = [], set()
        batch.append(one)
        numbers.add(one.record["id"])
    if batch:
        yield batch
