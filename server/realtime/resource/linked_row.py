"""A one-to-one row of another table whose columns show as fields of a record, such as a coach's account."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, delete, insert, null, select, update

from server.realtime.protocol.errors import invalid


class LinkedRow:
    """The row of `table` whose column `owner` has the record's id; `columns` are its columns by their fields.

    The first field is the key, which each row must have: null in it removes the row. If the table has a column
    `former_<owner>`, removing only detaches a row: the record's id moves there, and an undo attaches the row again.

    Hooks, each called inside the transaction: `on_change(connection, record's id, fields)` after a row changed in these
    fields, and before it is detached, with all fields; `claim(connection, key, record's id)` before a key is written:
    it refuses one that another row has, and returns further columns to write with it.
    """

    def __init__(self, table: Table, owner: Column[int], columns: Mapping[str, Column[Any]]) -> None:
        self.columns = dict(columns)
        self.key_field = next(iter(columns))
        self._key = self.columns[self.key_field]
        self._owner = owner.name
        self._former: Column[int] | None = table.c.get(f"former_{owner.name}")
        self._table = table
        self._of_record = owner == bindparam("record")
        former = null() if self._former is None else self._former
        self._taken = select(owner.label("owner"), former.label("former")).where(
            self._key == bindparam("key"), owner.is_distinct_from(bindparam("record"))
        )
        self.on_change: Callable[[Connection, int, Collection[str]], None] = lambda *_: None
        self.claim: Callable[[Connection, str, int], Mapping[str, Any]] = self._refuse_taken

    def write(self, connection: Connection, number: int, values: Mapping[str, Any]) -> None:
        """Insert, update or remove the row of record `number` so that it has these values."""
        if not values:
            return
        key = values.get(self.key_field)
        if self.key_field in values and key is None:
            if any(values[name] is not None for name in values):
                raise self._keyless(values)
            self.detach(connection, number)
            return
        row = {self.columns[name].name: value for name, value in values.items()}
        if key is not None:
            row |= self.claim(connection, key, number)
        changed = connection.execute(update(self._table).where(self._of_record).values(row), {"record": number})
        if changed.rowcount == 0 and any(value is not None for value in row.values()):
            if key is None:
                raise self._keyless(values)
            connection.execute(insert(self._table).values({**row, self._owner: number}))
        else:
            self.on_change(connection, number, values)

    def _keyless(self, values: Mapping[str, Any]) -> Exception:
        message = f"Give a {self.key_field} as well."
        return invalid({name: [message] for name in values if values[name] is not None})

    def _refuse_taken(self, connection: Connection, key: str, number: int) -> Mapping[str, Any]:
        """Refuse a key that an attached row has; a detached row that has it is deleted."""
        for row in connection.execute(self._taken, {"key": key, "record": number}):
            if row.owner is not None or row.former is None:
                raise invalid({self.key_field: [f"This {self.key_field} is taken. Please choose another."]})
            connection.execute(delete(self._table).where(self._key == key))
        return {}

    def detach(self, connection: Connection, number: int) -> None:
        """Remove the row of record `number`, which is about to be deleted or to lose its key."""
        self.on_change(connection, number, self.columns)
        parameters = {"record": number}
        if self._former is None:
            connection.execute(delete(self._table).where(self._of_record), parameters)
            return
        detached = {self._owner: null(), self._former.name: number}
        connection.execute(update(self._table).where(self._of_record).values(detached), parameters)

    def attach(self, connection: Connection, number: int, values: Mapping[str, Any]) -> None:
        """Undo a `detach`: the detached row with the key is attached to record `number` again, and has these values."""
        key = values.get(self.key_field)
        attached = connection.execute(select(self._key).where(self._of_record), {"record": number}).first()
        if self._former is not None and key is not None and attached is None:
            detached = (self._former == number) & (self._key == key)
            values_of_owner = {self._owner: number, self._former.name: null()}
            connection.execute(update(self._table).where(detached).values(values_of_owner))
        self.write(connection, number, values)
