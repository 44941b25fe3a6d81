"""What `new_*`, `update_*` and `delete_*` do, for any resource."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson
from sqlalchemy import Connection

from server.realtime.journal.commit import Row
from server.realtime.mutations.conflicts import merge
from server.realtime.mutations.removal import remove
from server.realtime.mutations.unit_of_work import UnitOfWork
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.errors import not_found
from server.realtime.resource.comparison import is_edit
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource
from server.realtime.resource.row_writer import Read

# No record has it.
_NO_ID = 0


@dataclass(slots=True)
class Write:
    """A validated write of one record. `base` is the rev that the edit started from, None if the client gave none.

    With `check` it is rolled back afterwards. `allow(None, record)` refuses what the writer may not do to the record,
    `permit(connection, resource, id, record)` what the writer may not delete along with it. With `back` the record gets
    what it held before: its id, and what it referred to.
    """

    resource: Resource
    action: str
    number: int
    values: Record
    base: int | None
    with_warnings: bool
    allow: Callable[[Connection | None, Record], None]
    permit: Callable[[Connection, Resource, int, Record], None]
    check: bool = False
    back: bool = False

    def apply(self, work: UnitOfWork) -> Ack:
        """Carry it out; the answer holds the record as it now is, or as it was when it is deleted."""
        match self.action:
            case "new":
                return self._create(work)
            case "update":
                return self._update(work)
            case _:
                return self._delete(work)

    def _before(self, work: UnitOfWork) -> tuple[Row, Record]:
        """The record to be written, and it decoded; refuses one that the caller does not see, or may not write."""
        row = work.writes.row(self.resource.channel, self.number)
        record: Record = {} if row is None else orjson.loads(row.record)
        if row is None or not work.view.has(self.resource.channel, record):
            raise not_found(self.resource.name, self.number)
        self.allow(None, record)
        return row, record

    def _create(self, work: UnitOfWork) -> Ack:
        channel = self.resource.channel
        # Under an id of the database's choice a check would use one up: a sequence is not rolled back.
        number = _NO_ID if self.check else None
        [record] = work.writers[channel].insert(work.connection, self._referable(work), [self.values], [number])
        self.allow(None, record)
        if number is None and record["id"] <= work.writes.highest(channel):
            # Another record had it, and has a history.
            raise self.resource.repeated_id()
        ack = self._answer(work, record, work.put(channel, record["id"], record))
        if self.check:
            ack.data = work.shown(channel, orjson.dumps(record | {"id": None}))
        return ack

    def _update(self, work: UnitOfWork) -> Ack:
        row, before = self._before(work)
        values = merge(work, self.resource, row, before, self.base, self.values)
        if self.resource.is_stamped:
            # An echo is no edit: nothing would change but the stamp.
            values = {field: value for field, value in values.items() if is_edit(self.resource, field, value, before)}
        if not values:
            return self._answer(work, before, row)
        store, read = work.writers[self.resource.channel], self._referable(work, before)
        record = store.update(work.connection, read, before, values, back=self.back)
        self.allow(None, record)
        return self._answer(work, record, work.put(self.resource.channel, self.number, record))

    def _delete(self, work: UnitOfWork) -> Ack:
        row, before = self._before(work)
        merge(work, self.resource, row, before, self.base, None)
        remove(work, self.resource, self.number, partial(self.permit, work.connection))
        return Ack(data=row.record, meta={"rev": work.seq})

    def _referable(self, work: UnitOfWork, before: Record | None = None) -> Read:
        """Reads what the write may refer to: records that who asks may see, and what was referred to `before`."""
        relations = self.resource.relations
        if self.back or not any(work.view.limits(relation.target) for relation in relations):
            return work.read
        known = {(one.target, number) for one in relations for number in one.ids(before or {})}

        def read(channel: str, number: int) -> Record | None:
            return work.read(channel, number) if (channel, number) in known else work.visible(channel, number)

        return read

    def _answer(self, work: UnitOfWork, record: Record, row: Row | None) -> Ack:
        assert row is not None
        meta: dict[str, Any] = {"rev": row.rev}
        if self.with_warnings and self.resource.warn is not None:
            lines = self.resource.warn(record, lambda **columns: _find(work, self.resource, columns))
            meta |= {"warnings": lines} if lines else {}
        return Ack(data=work.shown(self.resource.channel, row.record), meta=meta)


def _find(work: UnitOfWork, resource: Resource, columns: dict[str, Any]) -> list[int]:
    table = resource.table
    query = table.select().with_only_columns(table.c.id).filter_by(**columns)
    found = list(work.connection.scalars(query))
    if not work.view.limits(resource.channel):
        return found
    return [number for number in found if work.visible(resource.channel, number) is not None]
