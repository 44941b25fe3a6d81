"""A field of a resource's records that is a list of records of another, and what is stored of each place in it."""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from marshmallow.fields import Field
from sqlalchemy import Column, Connection, Table, bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import RelationshipProperty

from server.realtime.protocol.errors import invalid
from server.realtime.resource.declaration import Undeclarable, check_pairs
from server.realtime.resource.relations import Record, Relation, one_or_more
from server.realtime.resource.unique import is_taken

# A place in a list: the id of its record, or `{id, ...}` with the own fields of the place, if it has some.
Place = int | Record


def id_of(place: Place) -> int:
    number: int = place if isinstance(place, int) else place["id"]
    return number


class Many(Relation):
    """A many-to-many list of references, in the association table of the relationship `link`.

    If the relationship is ordered by a column of that table, that is the place in the list, and a record may have
    several places. If not, each record has one, and they are ordered by id. Further columns of the table are `own`
    fields of the places. Raises Undeclarable for columns whose values a write of the list would lose.
    """

    def __init__(
        self,
        owner: str,
        field: str,
        target: str,
        only: Sequence[str],
        link: RelationshipProperty[Any],
        own: Mapping[str, Field[Any]],
    ) -> None:
        super().__init__(owner, field, target, only)
        table, positions = link.secondary, list(link.order_by or ())
        if not isinstance(table, Table):
            raise Undeclarable(f"{link}: a list is kept in a table of pairs; give the relationship a secondary")
        if not all(isinstance(column, Column) and column.table is table for column in positions) or len(positions) > 1:
            raise Undeclarable(f"{link}: a list can only be ordered by one column of {table.name}; order by that")
        [(_, owner_id)], [(_, target_id)] = link.synchronize_pairs, link.secondary_synchronize_pairs or ()
        known = {owner_id, target_id, *positions, table.autoincrement_column}
        for column in table.c:
            if column not in known and column.name not in own:
                cure = f"say own={{{column.name!r}: ...}} to References"
                raise Undeclarable(f"{link}: a list that is written anew would lose {column}; {cure}")
        if wrong := own.keys() - table.c.keys() or own.keys() & {"id", *only}:
            raise Undeclarable(
                f"{link}: {min(wrong)} is no column of {table.name}, or hides one of the record; rename it"
            )
        check_pairs(table, link.parent.registry.mappers, own)
        self.own = dict(own)
        own_columns = [table.c[name] for name in own]
        self._select_own = (
            select(owner_id, *own_columns)
            .where(owner_id.between(bindparam("first"), bindparam("last")))
            .order_by(owner_id, *positions or [target_id])
        )
        self._position = positions[0].name if positions else None
        self._owner_column, self._target_column = owner_id.name, target_id.name
        assert isinstance(target_id, Column) and isinstance(owner_id, Column)
        self._ends = target_id, owner_id
        self._table = table
        self._clear = delete(table).where(owner_id == bindparam("owner"))
        self._insert = insert(table)

    is_list = True

    def copies(self, record: Record) -> list[Record]:
        return list(record.get(self.field) or ())

    def with_copies(self, record: Record, copies: Sequence[Record]) -> Record:
        return {**record, self.field: list(copies)}

    @property
    def ends(self) -> tuple[Column[int], Column[int]]:
        return self._ends

    def clear(self, connection: Connection, owners: Sequence[int]) -> None:
        """Remove all references of the owners."""
        connection.execute(self._clear, one_or_more([{"owner": owner} for owner in owners]))

    def write(self, connection: Connection, owner: int, places: Sequence[Place]) -> None:
        """Store these places, which are `complete`, as the owner's. Refuses a record that may have only one of them."""
        self.clear(connection, [owner])
        rows = [self._row(owner, place) for place in places]
        if self._position is not None:
            rows = [{**row, self._position: position} for position, row in enumerate(rows)]
        if rows:
            try:
                connection.execute(self._insert, rows)
            except IntegrityError as error:
                if is_taken(error, self._table):
                    raise invalid({self.field: ["Please choose each of them once."]}) from error
                raise

    def _row(self, owner: int, place: Place) -> Record:
        own = {} if isinstance(place, int) else {name: place[name] for name in self.own}
        return {**own, self._owner_column: owner, self._target_column: id_of(place)}

    def ordered(self, places: Sequence[Place]) -> list[Place]:
        """The places as the list stores them: as sent, or each record once by id."""
        if self._position is not None:
            return list(places)
        by_id = {id_of(place): place for place in places}
        return [by_id[number] for number in sorted(by_id)]

    def complete(self, places: Sequence[Place], record: Record) -> list[Place]:
        """The places with all own fields: a place without any gets those that `record`, of the owner, has for it.

        If a record has several places, the first such place gets those of its first one, and so on.
        """
        if not self.own:
            return list(places)
        copies: dict[int, list[Record]] = {}
        for copy in self.copies(record):
            copies.setdefault(copy["id"], []).append(copy)
        return [self._completed(place, copies.get(id_of(place), [])) for place in places]

    def _completed(self, place: Place, copies: list[Record]) -> Place:
        copy = copies.pop(0) if copies else {}
        if isinstance(place, int) or len(place) > 1:
            return place
        return {"id": place["id"], **{name: field.deserialize(copy.get(name)) for name, field in self.own.items()}}

    def dump_own(self, place: Place) -> Record:
        """The own fields of a place as they are sent."""
        return (
            {} if isinstance(place, int) else {name: field.serialize(name, place) for name, field in self.own.items()}
        )

    def comparable_places(self, places: Sequence[Place]) -> list[Place]:
        """What is compared of complete places: ids, with the own fields as they are sent."""
        return [place if isinstance(place, int) else {"id": place["id"], **self.dump_own(place)} for place in places]

    def comparable_copies(self, copies: Sequence[Record]) -> list[Place]:
        """The same of a list as it is sent. An own field that an older version did not write counts as empty."""
        if not self.own:
            return [copy["id"] for copy in copies]
        empty = self.dump_own({name: field.deserialize(None) for name, field in self.own.items()})
        return [{name: copy.get(name, empty.get(name)) for name in ("id", *self.own)} for copy in copies]

    def stored_own(self, connection: Connection, first: int, last: int) -> dict[int, list[Record]]:
        """The own fields of the places of the owners from id `first` to `last`, by id, read from the table.

        They are in the order of the list.
        """
        found: dict[int, list[Record]] = {}
        for owner, *values in connection.execute(self._select_own, {"first": first, "last": last}):
            found.setdefault(owner, []).append(self.dump_own(dict(zip(self.own, values, strict=True))))
        return found

    def sort(self, record: Record) -> None:
        """Sort the list in a record that the ORM read as it is sent."""
        if self._position is None:
            record[self.field].sort(key=itemgetter("id"))
