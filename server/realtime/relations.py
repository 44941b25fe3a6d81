"""How a resource's records hold others: read off the schema's Nested fields and the model's foreign keys."""

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Column
from sqlalchemy import Connection
from sqlalchemy import Table
from sqlalchemy import bindparam
from sqlalchemy import delete
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import RelationshipProperty

from server.realtime.declaration import Undeclarable
from server.realtime.errors import invalid
from server.realtime.unique import is_taken

Record = dict[str, Any]


class Relation:
    """A field of `owner`'s records that embeds records of the channel `target`, by the fields `only`."""

    def __init__(self, owner: str, field: str, target: str, only: Sequence[str]) -> None:
        self.owner = owner
        self.field = field
        self.target = target
        self.only = tuple(only)
        self.key = (owner, field)

    is_list = False

    def embed(self, record: Record) -> Record:
        """The copy of `record` that stands inside the owner's records."""
        # A process of another version may have written it, without a field that there is now.
        return {name: record[name] for name in self.only if name in record}

    def copies(self, record: Record) -> list[Record]:
        """The embedded copies in an owner's record; none if it is empty, or of a version without this field."""
        raise NotImplementedError

    def ids(self, record: Record) -> list[int]:
        """The ids that an owner's record refers to."""
        return [copy["id"] for copy in self.copies(record)]

    def with_copies(self, record: Record, copies: Sequence[Record]) -> Record:
        """The owner's record with others in the place of its copies, as many as there are."""
        raise NotImplementedError


class One(Relation):
    """A many-to-one reference, held by the foreign key `column`."""

    def __init__(self, owner: str, field: str, target: str, only: Sequence[str], column: Column[int]) -> None:
        super().__init__(owner, field, target, only)
        self.column = column

    def copies(self, record: Record) -> list[Record]:
        return [] if record.get(self.field) is None else [record[self.field]]

    def with_copies(self, record: Record, copies: Sequence[Record]) -> Record:
        return {**record, self.field: copies[0]} if copies else record


class Many(Relation):
    """A list of references, held by the association table of the relationship `link`.

    If the relationship is ordered by a column of that table, it is the place in the list, and a record may stand in
    several. Else each stands there once, by id. Raises Undeclarable for a relationship that would lose something.
    """

    def __init__(
        self, owner: str, field: str, target: str, only: Sequence[str], link: RelationshipProperty[Any]
    ) -> None:
        super().__init__(owner, field, target, only)
        table, places = link.secondary, list(link.order_by or ())
        if not isinstance(table, Table):
            raise Undeclarable(f"{link}: a list is kept in a table of pairs; give the relationship a secondary")
        if not all(isinstance(place, Column) and place.table is table for place in places) or len(places) > 1:
            raise Undeclarable(f"{link}: a list can only be ordered by one column of {table.name}; order by that")
        [(_, mine)], [(_, theirs)] = link.synchronize_pairs, link.secondary_synchronize_pairs or ()
        known = {mine, theirs, *places, table.autoincrement_column}
        for column in table.c:
            if column not in known:
                cure = "make it a resource with two References"
                raise Undeclarable(f"{link}: a list that is written anew would lose {column}; {cure}")
        self._position = places[0].name if places else None
        self._mine, self._theirs = mine.name, theirs.name
        self._table = table
        self._clear = delete(table).where(mine == bindparam("owner"))
        self._fill = insert(table)

    is_list = True

    def copies(self, record: Record) -> list[Record]:
        return list(record.get(self.field) or ())

    def with_copies(self, record: Record, copies: Sequence[Record]) -> Record:
        return {**record, self.field: list(copies)}

    def clear(self, connection: Connection, owner: int) -> None:
        """Let the owner refer to nothing."""
        connection.execute(self._clear, {"owner": owner})

    def write(self, connection: Connection, owner: int, numbers: Sequence[int]) -> None:
        """Let the owner refer to `numbers`, as `arranged` has them."""
        self.clear(connection, owner)
        rows = [{self._mine: owner, self._theirs: number} for number in numbers]
        if self._position is not None:
            rows = [{**row, self._position: place} for place, row in enumerate(rows)]
        if rows:
            try:
                connection.execute(self._fill, rows)
            except IntegrityError as error:
                if is_taken(error, self._table):
                    raise invalid({self.field: ["Please choose each of them once."]}) from error
                raise

    def arranged(self, numbers: Sequence[int]) -> list[int]:
        """The ids as the list holds them: in the order given, or each once, ascending."""
        return list(numbers) if self._position is not None else sorted(set(numbers))

    def arrange(self, record: Record) -> None:
        """Put the list in a record that the database gave into the order that it has on the wire."""
        if self._position is None:
            record[self.field].sort(key=itemgetter("id"))


def bare(relations: Iterable[Relation], record: Mapping[str, Any]) -> Record:
    """The record with nothing but the ids of what it embeds by these relations, as rules get it."""
    stripped = dict(record)
    for relation in relations:
        if relation.field in stripped:
            copies = [_without(copy, relation.only) for copy in relation.copies(stripped)]
            stripped = relation.with_copies(stripped, copies)
    return stripped


def _without(copy: Record, fields: Sequence[str]) -> Record:
    return {key: value for key, value in copy.items() if key == "id" or key not in fields}
