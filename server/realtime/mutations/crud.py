"""What `new_*`, `update_*` and `delete_*` do, for any resource."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection

from server.realtime.journal.commit import Row
from server.realtime.mutations.conflicts import merge
from server.realtime.mutations.removal import remove
from server.realtime.mutations.unit_of_work import UnitOfWork
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.errors import not_found
from server.realtime.resource.comparison import is_edit
from server.realtime.resource.list_relation import id_of
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource
from server.realtime.resource.row_writer import Read


class Written(NamedTuple):
    """A record that was written: as it now is, or as it was if it is deleted, with the rev of this write."""

    number: int
    row: Row


@dataclass(slots=True)
class Write:
    """A validated write of one record. `base` is the rev that the edit started from, None if the client gave none.

    With `check` it is rolled back afterwards. `allow(connection)` refuses what the writer may not do to any record, as
    far as that shows (also without a connection), `allow(None, record)` what it may not do to this one,
    `permit(connection, resource, id, record)` what the writer may not delete along with it. With `back` the record gets
    what it held before: its id, and what it referred to; whether it is still right is for the caller to check.
    """

    resource: Resource
    action: str
    number: int
    values: Record
    base: int | None
    with_warnings: bool
    allow: Callable[..., None]
    permit: Callable[[Connection, Resource, int, Record], None]
    check: bool = False
    back: bool = False

    def apply(self, work: UnitOfWork) -> Ack:
        """Carry it out; the answer holds the record as it now is, or as it was when it is deleted."""
        number, row = self.write(work)
        meta: dict[str, Any] = {"rev": row.rev}
        if lines := self.warnings(work, number):
            meta["warnings"] = lines
        return Ack(data=self.shown(work, row), meta=meta)

    def write(self, work: UnitOfWork) -> Written:
        """Carry it out."""
        match self.action:
            case "new":
                [written] = create(work, [self])
                return written
            case "update":
                return Written(self.number, self._update(work))
            case _:
                return Written(self.number, self._delete(work))

    def warnings(self, work: UnitOfWork, number: int) -> list[str]:
        """What a person should know of the record that was written, if the client asked; nothing if it is gone."""
        if not self.with_warnings or self.resource.warn is None:
            return []
        if (record := work.read(self.resource.channel, number)) is None:
            return []
        return self.resource.warn(record, partial(work.find, self.resource.channel))

    def shown(self, work: UnitOfWork, row: Row) -> bytes:
        """The record's JSON as an ack has it: without an id that it will not keep, null if it is not for the caller."""
        record = row.record
        if self.check and self.action == "new":
            record = orjson.dumps(orjson.loads(record) | {"id": None})
        return work.shown(self.resource.channel, record)

    def _before(self, work: UnitOfWork) -> tuple[Row, Record]:
        """The record to be written, and it decoded; refuses one that the caller does not see, or may not write."""
        row = work.writes.row(self.resource.channel, self.number)
        record: Record = {} if row is None else orjson.loads(row.record)
        if row is None or not work.view.has(self.resource.channel, record):
            raise not_found(self.resource.name, self.number)
        self.allow(None, record)
        return row, record

    def _update(self, work: UnitOfWork) -> Row:
        row, before = self._before(work)
        values = merge(work, self.resource, row, before, self.base, self.values)
        if self.resource.is_stamped:
            # An echo is no edit: nothing would change but the stamp.
            values = {field: value for field, value in values.items() if is_edit(self.resource, field, value, before)}
        if not values:
            return row
        store, read = work.writers[self.resource.channel], self.referable(work, before)
        record = store.update(work.connection, read, before, values, back=self.back)
        self.allow(None, record)
        if not self.back:
            self.resource.refuse_flaws(record, before)
        return _existing(work.put(self.resource.channel, self.number, record))

    def _delete(self, work: UnitOfWork) -> Row:
        row, before = self._before(work)
        merge(work, self.resource, row, before, self.base, None)
        remove(work, self.resource, self.number, partial(self.permit, work.connection))
        return Row(work.seq, row.record)

    def targets(self, field: str) -> list[int]:
        """The ids that it writes into the field of a relation."""
        value = self.values.get(field)
        places = value if isinstance(value, list) else [] if value is None else [value]
        return [id_of(place) for place in places]

    def referable(self, work: UnitOfWork, before: Record | None = None) -> Read:
        """Reads what the write may refer to: records that who asks may see, and what was referred to `before`."""
        relations = self.resource.relations
        if self.back or not any(work.view.limits(relation.target) for relation in relations):
            return work.read
        known = {(one.target, number) for one in relations for number in one.ids(before or {})}

        def read(channel: str, number: int) -> Record | None:
            return work.read(channel, number) if (channel, number) in known else work.visible(channel, number)

        return read


def create(work: UnitOfWork, writes: Sequence[Write]) -> list[Written]:
    """Write new records of one resource, with the same fields, in one statement.

    If one is refused, none of them is in the unit of work; the caller undoes what the database did.
    """
    one = writes[0]
    resource, channel = one.resource, one.resource.channel
    # One gets an id of the database's choice, which a check would use up: a sequence is not rolled back.
    ids = work.new_ids(channel, len(writes), check=one.check) if one.check or len(writes) > 1 else ()
    for relation in resource.relations:
        work.writes.fetch(relation.target, (number for write in writes for number in write.targets(relation.field)))
    # Many of them may refer to the same records.
    read = cache(one.referable(work)) if len(writes) > 1 else one.referable(work)
    records = work.writers[channel].insert(work.connection, read, [write.values for write in writes], ids)
    highest = work.writes.highest(channel)
    for write, record in zip(writes, records, strict=True):
        write.allow(None, record)
        resource.refuse_flaws(record, None)
        if record["id"] <= highest:
            # Another record had it, and has a history.
            raise resource.repeated_id()
    return [Written(record["id"], _existing(work.put(channel, record["id"], record))) for record in records]


def _existing(row: Row | None) -> Row:
    assert row is not None
    return row
