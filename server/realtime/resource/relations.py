"""How a resource's records hold others: read off the schema's Nested fields and the model's foreign keys."""

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from marshmallow.fields import Field
from sqlalchemy import Column
from sqlalchemy import Connection
from sqlalchemy import Table
from sqlalchemy import bindparam
from sqlalchemy import delete
from sqlalchemy import insert
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import RelationshipProperty

from server.realtime.protocol.errors import invalid
from server.realtime.resource.declaration import Undeclarable
from server.realtime.resource.declaration import check_pairs
from server.realtime.resource.unique import is_taken

Record = dict[str, Any]
# A place in a list: the id of the record in it, or that and the fields of the place.
Place = int | Record


def id_of(place: Place) -> int:
    """The id of the record in a place."""
    number: int = place if isinstance(place, int) else place["id"]
    return number


def one_or_more(rows: list[Record]) -> Record | list[Record]:
    """The parameters of a statement, one at least: for a single row a driver need not prepare for many."""
    return rows if len(rows) > 1 else rows[0]


class Relation:
    """A field of `owner`'s records that embeds records of the channel `target`, by the fields `only`."""

    def __init__(self, owner: str, field: str, target: str, only: Sequence[str]) -> None:
        self.owner = owner
        self.field = field
        self.target = target
        self.only = tuple(only)
        self.key = (owner, field)

    is_list = False
    # Whether the owner's records go with those that they refer to.
    owned = False

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
    """A many-to-one reference, held by the foreign key `column`; `owned`: the owner goes with what it refers to."""

    def __init__(
        self, owner: str, field: str, target: str, only: Sequence[str], column: Column[int], owned: bool
    ) -> None:
        super().__init__(owner, field, target, only)
        self.column = column
        self.owned = owned

    def copies(self, record: Record) -> list[Record]:
        return [] if record.get(self.field) is None else [record[self.field]]

    def with_copies(self, record: Record, copies: Sequence[Record]) -> Record:
        return {**record, self.field: copies[0]} if copies else record


class Many(Relation):
    """A list of references, held by the association table of the relationship `link`.

    If the relationship is ordered by a column of that table, it is the place in the list, and a record may stand in
    several. Else each stands there once, by id. Further columns of the table are fields of the place, `own`. A place is
    its record's id, or `{id, ...}` if it has such fields. Raises Undeclarable for what would lose something.
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
        table, places = link.secondary, list(link.order_by or ())
        if not isinstance(table, Table):
            raise Undeclarable(f"{link}: a list is kept in a table of pairs; give the relationship a secondary")
        if not all(isinstance(place, Column) and place.table is table for place in places) or len(places) > 1:
            raise Undeclarable(f"{link}: a list can only be ordered by one column of {table.name}; order by that")
        [(_, mine)], [(_, theirs)] = link.synchronize_pairs, link.secondary_synchronize_pairs or ()
        known = {mine, theirs, *places, table.autoincrement_column}
        for column in table.c:
            if column not in known and column.name not in own:
                cure = f"say own={{{column.name!r}: ...}} to References"
                raise Undeclarable(f"{link}: a list that is written anew would lose {column}; {cure}")
        if strange := own.keys() - table.c.keys() or own.keys() & {"id", *only}:
            raise Undeclarable(
                f"{link}: {min(strange)} is no column of {table.name}, or hides one of the record; rename it"
            )
        check_pairs(table, link.parent.registry.mappers, own)
        self.own = dict(own)
        place = theirs if not places else places[0]
        self._places = select(mine, *(table.c[name] for name in own)).order_by(mine, place)
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

    def clear(self, connection: Connection, owners: Sequence[int]) -> None:
        """Let the owners refer to nothing."""
        connection.execute(self._clear, one_or_more([{"owner": owner} for owner in owners]))

    def write(self, connection: Connection, owner: int, places: Sequence[Place]) -> None:
        """Let the owner refer to these, as `settled` has them."""
        self.clear(connection, [owner])
        rows = [
            {self._mine: owner, self._theirs: place}
            if isinstance(place, int)
            else {**place, self._mine: owner, self._theirs: place["id"]}
            for place in places
        ]
        if "id" not in self._table.c:
            for row in rows:
                row.pop("id", None)
        if self._position is not None:
            rows = [{**row, self._position: place} for place, row in enumerate(rows)]
        if rows:
            try:
                connection.execute(self._fill, rows)
            except IntegrityError as error:
                if is_taken(error, self._table):
                    raise invalid({self.field: ["Please choose each of them once."]}) from error
                raise

    def arranged(self, places: Sequence[Place]) -> list[Place]:
        """The places as the list holds them: in the order given, or each record once, ascending."""
        if self._position is not None:
            return list(places)
        once = {id_of(place): place for place in places}
        return [once[number] for number in sorted(once)]

    def settled(self, places: Sequence[Place], record: Record) -> list[Place]:
        """The places with fields of their own: of one that says nothing of these, those that the record has for it.

        Of a record that stands in several places, each of those in turn.
        """
        if not self.own:
            return list(places)
        held: dict[int, list[Record]] = {}
        for copy in self.copies(record):
            held.setdefault(copy["id"], []).append(copy)
        return [self._settled(place, held.get(id_of(place), [])) for place in places]

    def _settled(self, place: Place, held: list[Record]) -> Place:
        copy = held.pop(0) if held else {}
        if isinstance(place, int) or len(place) > 1:
            return place
        return {"id": place["id"], **{name: kind.deserialize(copy.get(name)) for name, kind in self.own.items()}}

    def shown_of(self, place: Place) -> Record:
        """The place's own fields, as they are sent."""
        if isinstance(place, int):
            return {}
        return {name: kind.serialize(name, place) for name, kind in self.own.items()}

    def content(self, places: Sequence[Place]) -> list[Place]:
        """What of settled places counts when lists are compared."""
        return [place if isinstance(place, int) else {"id": place["id"], **self.shown_of(place)} for place in places]

    def content_of(self, copies: Sequence[Record]) -> list[Place]:
        """The same of a list as it is sent. A field that it does not have, being older, counts as empty."""
        if not self.own:
            return [copy["id"] for copy in copies]
        empty = {name: kind.serialize(name, {name: kind.deserialize(None)}) for name, kind in self.own.items()}
        return [{name: copy.get(name, empty.get(name)) for name in ("id", *self.own)} for copy in copies]

    def places(self, connection: Connection) -> dict[int, list[Record]]:
        """Of each owner the own fields of its places, as the table has them, in the order of the list."""
        found: dict[int, list[Record]] = {}
        for owner, *values in connection.execute(self._places) if self.own else ():
            found.setdefault(owner, []).append(self.shown_of(dict(zip(self.own, values, strict=True))))
        return found

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
