"""Writing deleted records again, several of a channel in one statement."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from server.realtime.mutations.unit_of_work import UnitOfWork
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource


class Deleted(NamedTuple):
    """A deleted record, and the values of its fields that are written again."""

    resource: Resource
    record: Record
    values: Record
    # Called with (None, record): refuses what the caller may not write.
    allow: Callable[[None, Record], None]


def restore(work: UnitOfWork, deleted: Iterable[Deleted]) -> None:
    """Write the records under the ids that they had, in this order: those referred to come first."""
    for batch in _batches(deleted):
        resource = batch[0].resource
        values = [one.values for one in batch]
        writer = work.writers[resource.channel]
        records = writer.insert(work.connection, work.read, values, [one.record["id"] for one in batch])
        for one, record in zip(batch, records, strict=True):
            one.allow(None, record)
            work.put(resource.channel, record["id"], record)


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
