"""How a resource's records hold others: read off the schema's Nested fields and the model's foreign keys."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column
from sqlalchemy import Connection
from sqlalchemy import Table
from sqlalchemy import bindparam
from sqlalchemy import delete
from sqlalchemy import insert
from sqlalchemy import select

Record = dict[str, Any]


class Relation:
    """A field of `owner`'s records that embeds records of the channel `target`, by the fields `only`."""

    def __init__(self, owner: str, field: str, target: str, only: Sequence[str]) -> None:
        self.owner = owner
        self.field = field
        self.target = target
        self.only = tuple(only)

    def embed(self, record: Record) -> Record:
        """The copy of `record` that stands inside the owner's records."""
        return {name: record[name] for name in self.only}

    def copies(self, record: Record) -> list[Record]:
        """The embedded copies in an owner's record."""
        raise NotImplementedError

    def ids(self, record: Record) -> list[int]:
        """The ids that an owner's record refers to."""
        return [copy["id"] for copy in self.copies(record)]

    def with_copy(self, record: Record, copy: Record) -> Record:
        """The owner's record with each copy of the same id replaced."""
        raise NotImplementedError

    def owners(self, connection: Connection, number: int) -> list[int]:
        """Ids of the owner's records that refer to record `number`, ascending."""
        return list(connection.scalars(self._owners, {"target": number}))

    _owners: Any


class One(Relation):
    """A many-to-one reference, held by the foreign key `column`."""

    def __init__(self, owner: str, field: str, target: str, only: Sequence[str], column: Column[int]) -> None:
        super().__init__(owner, field, target, only)
        self.column = column
        key = column.table.c.id
        self._owners = select(key).where(column == bindparam("target")).order_by(key)

    def copies(self, record: Record) -> list[Record]:
        return [] if record[self.field] is None else [record[self.field]]

    def with_copy(self, record: Record, copy: Record) -> Record:
        return {**record, self.field: copy}


class Many(Relation):
    """An ordered list of references, held by the association `table`: owner, position, target."""

    def __init__(
        self, owner: str, field: str, target: str, only: Sequence[str], table: Table, owner_table: Table
    ) -> None:
        super().__init__(owner, field, target, only)
        mine = next(column for column in table.c if column.references(owner_table.c.id))
        theirs = next(column for column in table.c if column.foreign_keys and column is not mine)
        position = next(column for column in table.primary_key if column is not mine)
        self._names = (mine.name, position.name, theirs.name)
        self._owners = select(mine).distinct().where(theirs == bindparam("target")).order_by(mine)
        self._clear = delete(table).where(mine == bindparam("owner"))
        self._fill = insert(table)

    def copies(self, record: Record) -> list[Record]:
        return list(record[self.field])

    def with_copy(self, record: Record, copy: Record) -> Record:
        return {**record, self.field: [copy if one["id"] == copy["id"] else one for one in record[self.field]]}

    def clear(self, connection: Connection, owner: int) -> None:
        """Let the owner refer to nothing."""
        connection.execute(self._clear, {"owner": owner})

    def write(self, connection: Connection, owner: int, numbers: Sequence[int]) -> None:
        """Let the owner refer to `numbers`, in their order."""
        self.clear(connection, owner)
        mine, position, theirs = self._names
        rows = [{mine: owner, position: place, theirs: number} for place, number in enumerate(numbers)]
        connection.execute(self._fill, rows)
