"""A resource's rows: each write is one cached Core statement, and gives back the record as it now is."""

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy import bindparam
from sqlalchemy import delete
from sqlalchemy import insert
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from server.database.returning import Returning
from server.realtime.protocol.errors import Errors
from server.realtime.protocol.errors import OutOfStep
from server.realtime.protocol.errors import invalid
from server.realtime.resource.comparison import shown
from server.realtime.resource.lists import id_of
from server.realtime.resource.relations import Record
from server.realtime.resource.relations import one_or_more
from server.realtime.resource.resource import Resource
from server.realtime.resource.unique import Unique
from server.realtime.resource.unique import is_repeated_id

# Reads a record's newest state inside the transaction; None if there is none.
Read = Callable[[str, int], Record | None]


class RowWriter:
    """Writes the records of one resource. What a record embeds is read from memory, not from the database."""

    def __init__(self, resource: Resource) -> None:
        self.resource = resource
        self._table = resource.table
        self._updates: dict[tuple[str, ...], Returning] = {}
        self._insert = insert(self._table).returning(*self._table.c)
        self._delete = delete(self._table).where(self._table.c.id == bindparam("record"))
        fields = {column: field for field, column in resource.columns.items()}
        fields |= {relation.column: field for field, relation in resource.ones.items()}
        self._with_own = {field: relation for field, relation in resource.lists.items() if relation.own}
        self._unique = Unique(self._table, resource.noun, fields)

    def insert(self, connection: Connection, read: Read, values: Record, number: int | None = None) -> Record:
        """Write a new record, under the id `number` if it comes back from the deleted."""
        values = self._settled(values, {})
        embedded = self._embed(read, values, number)
        row = self._row(values)
        if number is not None:
            row["id"] = number
        try:
            stored = dict(connection.execute(self._insert, row).mappings().one())
        except IntegrityError as error:
            if (refusal := self._refusal(connection, error)) is None:
                raise
            raise refusal from error
        owner: int = stored["id"]
        for field, relation in self.resource.lists.items():
            if values.get(field):
                relation.write(connection, owner, values[field])
        linked_row = self.resource.linked_row
        if linked_row is not None:
            theirs = self._theirs(values)
            if number is not None:
                linked_row.attach(connection, owner, theirs)
            elif any(theirs.values()):
                linked_row.write(connection, owner, theirs)
        return self._record({"id": owner}, stored, values, embedded)

    def update(
        self, connection: Connection, read: Read, before: Record, values: Record, *, back: bool = False
    ) -> Record:
        """Write the fields in `values`; what is absent stays. `back`: they are what the record held before."""
        values = self._settled(values, before)
        embedded = self._embed(read, values)
        owner: int = before["id"]
        row = self._row(values)
        stored: Mapping[str, Any] = {}
        if row:
            try:
                found = self._update(tuple(row)).run(connection, {**row, "record": owner})
            except IntegrityError as error:
                if (refusal := self._refusal(connection, error)) is None:
                    raise
                raise refusal from error
            if found is None:
                raise OutOfStep(
                    f"The database does not have {self.resource.noun} {owner}, though it was not deleted here."
                )
            stored = found
        for field, relation in self.resource.lists.items():
            if field in values:
                relation.write(connection, owner, values[field])
        if self.resource.linked_row is not None and (theirs := self._theirs(values)):
            write = self.resource.linked_row.attach if back else self.resource.linked_row.write
            write(connection, owner, theirs)
        return self._record(before, stored, values, embedded)

    def delete(self, connection: Connection, numbers: Sequence[int]) -> None:
        """Remove records that nothing refers to but those of them that come earlier."""
        for relation in self.resource.lists.values():
            relation.clear(connection, numbers)
        if self.resource.linked_row is not None:
            for number in numbers:
                self.resource.linked_row.detach(connection, number)
        connection.execute(self._delete, one_or_more([{"record": number} for number in numbers]))

    def _update(self, names: tuple[str, ...]) -> Returning:
        """The statement that writes the columns `names` of one record."""
        statement = self._updates.get(names)
        if statement is None:
            mine = self._table.c.id == bindparam("record")
            statement = Returning(update(self._table).where(mine).values({name: bindparam(name) for name in names}))
            self._updates[names] = statement
        return statement

    def _refusal(self, connection: Connection, error: IntegrityError) -> Exception | None:
        """What is wrong if another record has what was written, or had the id; None if it is something else."""
        if is_repeated_id(error, self._table):
            return self.resource.repeated_id()
        return self._unique.refusal(error, connection.dialect)

    def _settled(self, values: Record, before: Record) -> Record:
        """The values with whole lists: what they leave out of the places that there were stays."""
        if not self._with_own:
            return values
        lists = {field: relation for field, relation in self._with_own.items() if field in values}
        return values | {field: relation.complete(values[field], before) for field, relation in lists.items()}

    def _row(self, values: Record) -> Record:
        columns = self.resource.columns
        row = {columns[field].name: values[field] for field in values if field in columns}
        # Any number of records may be without what else belongs to one alone.
        row |= {name: None for name in self._unique.optional if row.get(name) == ""}
        ones = self.resource.ones
        return row | {ones[field].column.name: values[field] for field in values if field in ones}

    def _theirs(self, values: Record) -> Record:
        linked_row = self.resource.linked_row
        # A row that is not there shows as an empty text.
        return (
            {} if linked_row is None else {name: values[name] or None for name in linked_row.columns if name in values}
        )

    def _embed(self, read: Read, values: Record, itself: int | None = None) -> Record:
        """The embedded form of every reference in `values`; refuses those that name no record.

        Of record `itself`, which is about to come back, it is the id alone.
        """
        embedded: Record = {}
        errors: Errors = {}
        for relation in self.resource.relations:
            field = relation.field
            if values.get(field) is None:
                continue
            several = self.resource.lists.get(field)
            copies: list[Record | None] = []
            wrong: Errors = {}
            for place, one in enumerate(values[field] if several else [values[field]]):
                number = id_of(one)
                is_itself = relation.target == self.resource.channel and number == itself
                found = {"id": number} if is_itself else read(relation.target, number)
                copy = found if found is None or is_itself else relation.embed(found)
                copies.append({**copy, **several.dump_own(one)} if copy and several else copy)
                if found is None:
                    name = Resource.registry[relation.target].noun
                    wrong[str(place)] = {"id": [f"There is no {name} {number}. Please choose another."]}
            if wrong:
                errors[field] = wrong if several else wrong["0"]
            embedded[field] = copies if several else copies[0]
        if errors:
            raise invalid(errors)
        return embedded

    def _record(self, before: Record, stored: Mapping[str, Any], values: Record, embedded: Record) -> Record:
        """The record as Marshmallow dumps it: what was written, over what was there."""
        resource = self.resource
        record: Record = {}
        computed = resource.compute(stored) if stored else {}
        for field, kind in resource.schema.dump_fields.items():
            if field in resource.columns and stored:
                record[field] = kind.serialize(field, stored[resource.columns[field].name], accessor=_itself)
            elif field in computed:
                record[field] = computed[field]
            elif field in embedded:
                record[field] = embedded[field]
            elif field in values:
                record[field] = shown(resource, field, values[field], before)
            else:
                record[field] = before.get(field, [] if field in resource.lists else None)
        return record


def _itself(value: Any, *_: object) -> Any:
    """The value that a field is given without a record around it."""
    return value
