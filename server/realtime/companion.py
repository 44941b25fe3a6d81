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

from server.realtime.errors import invalid


class Companion:
    """The row of `table` whose `owner` column holds the record's id; `columns` are its fields by their names.

    The first field is the one that the row cannot be without: null in it removes the row. If the table has a column
    `former_<owner>`, a deleted record's row waits there, so that an undo brings it back whole.
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

    def write(self, connection: Connection, number: int, values: Mapping[str, Any]) -> None:
        """Make, change or remove record `number`'s row so that it holds `values`. Refuses a key that is taken."""
        if not values:
            return
        key = values.get(self.key_field)
        if self.key_field in values and key is None:
            if any(values[name] is not None for name in values):
                raise self._keyless(values)
            connection.execute(delete(self._table).where(self._mine), {"record": number})
            return
        if key is not None:
            self._free(connection, number, key)
        row = {self.columns[name].name: value for name, value in values.items()}
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

    def _free(self, connection: Connection, number: int, key: object) -> None:
        """Refuse a key that another row has; one that only waits for an undo gives way."""
        for row in connection.execute(self._taken, {"key": key, "record": number}):
            if row.owner is not None or row.former is None:
                raise invalid({self.key_field: [f"This {self.key_field} is taken. Please choose another."]})
            connection.execute(delete(self._table).where(self._key == key))

    def detach(self, connection: Connection, number: int) -> None:
        """Record `number` is about to be deleted: its row goes, or waits."""
        self.on_change(connection, number, self.columns)
        mine = {"record": number}
        if self._former is None:
            connection.execute(delete(self._table).where(self._mine), mine)
            return
        waiting = {self._owner: null(), self._former.name: number}
        connection.execute(update(self._table).where(self._mine).values(waiting), mine)

    def attach(self, connection: Connection, number: int, values: Mapping[str, Any]) -> None:
        """Record `number` came back: its row, if it waited, is its own again, and holds `values`."""
        if self._former is not None:
            back = {self._owner: number, self._former.name: null()}
            connection.execute(update(self._table).where(self._former == number).values(back))
        self.write(connection, number, values)


def _nobody_listens(connection: Connection, number: int, fields: Collection[str]) -> None:
    """What a companion calls until somebody listens."""
