"""A one-to-one row of another table whose columns show as fields of a record, such as a coach's account."""

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column
from sqlalchemy import Connection
from sqlalchemy import Table
from sqlalchemy import bindparam
from sqlalchemy import delete
from sqlalchemy import insert
from sqlalchemy import null
from sqlalchemy import select
from sqlalchemy import update

from server.realtime.protocol.errors import invalid


class LinkedRow:
    """The row of `table` whose `owner` column holds the record's id; `columns` are its fields by their names.

    The first field is the key, which the row cannot be without: null in it removes the row. If the table has a column
    `former_<owner>`, the row of a record that is deleted, or loses the key, waits there, so that an undo brings it back
    whole.
    """

    def __init__(self, table: Table, owner: Column[int], columns: Mapping[str, Column[Any]]) -> None:
        self.columns = dict(columns)
        self.key_field = next(iter(columns))
        self._key = self.columns[self.key_field]
        self._owner = owner.name
        self._former: Column[int] | None = table.c.get(f"former_{owner.name}")
        self._table = table
        self._mine = owner == bindparam("record")
        former = null() if self._former is None else self._former
        # Called with (connection, record's id, names of the fields) when a row that was there changes, and before it is
        # detached, with all names.
        self.on_change: Callable[[Connection, int, Collection[str]], None] = _nobody_listens
        self._taken = select(owner.label("owner"), former.label("former")).where(
            self._key == bindparam("key"), owner.is_distinct_from(bindparam("record"))
        )
        # Called with (connection, key, record's id): refuses a key that another row has, and returns what else the row
        # stores with it, by column.
        self.claim: Callable[[Connection, str, int], Mapping[str, Any]] = self._claim

    def write(self, connection: Connection, number: int, values: Mapping[str, Any]) -> None:
        """Make, change or remove record `number`'s row so that it holds `values`. Refuses a key that is taken."""
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
        changed = connection.execute(update(self._table).where(self._mine).values(row), {"record": number})
        if changed.rowcount == 0 and any(value is not None for value in row.values()):
            if key is None:
                raise self._keyless(values)
            connection.execute(insert(self._table).values({**row, self._owner: number}))
        else:
            self.on_change(connection, number, values)

    def _keyless(self, values: Mapping[str, Any]) -> Exception:
        message = f"Give a {self.key_field} as well."
        return invalid({name: [message] for name in values if values[name] is not None})

    def _claim(self, connection: Connection, key: str, number: int) -> Mapping[str, Any]:
        """Refuse a key that another row has; one that only waits for an undo gives way."""
        for row in connection.execute(self._taken, {"key": key, "record": number}):
            if row.owner is not None or row.former is None:
                raise invalid({self.key_field: [f"This {self.key_field} is taken. Please choose another."]})
            connection.execute(delete(self._table).where(self._key == key))
        return {}

    def detach(self, connection: Connection, number: int) -> None:
        """Record `number` is about to be deleted, or loses its key: its row goes, or waits."""
        self.on_change(connection, number, self.columns)
        mine = {"record": number}
        if self._former is None:
            connection.execute(delete(self._table).where(self._mine), mine)
            return
        waiting = {self._owner: null(), self._former.name: number}
        connection.execute(update(self._table).where(self._mine).values(waiting), mine)

    def attach(self, connection: Connection, number: int, values: Mapping[str, Any]) -> None:
        """Record `number` came back, or its key did: the row that waited is its own again, and holds `values`."""
        key = values.get(self.key_field)
        mine = connection.execute(select(self._key).where(self._mine), {"record": number}).first()
        if self._former is not None and key is not None and mine is None:
            back = {self._owner: number, self._former.name: null()}
            waits = (self._former == number) & (self._key == key)
            connection.execute(update(self._table).where(waits).values(back))
        self.write(connection, number, values)


def _nobody_listens(connection: Connection, number: int, fields: Collection[str]) -> None:
    """What a companion calls until somebody listens."""
