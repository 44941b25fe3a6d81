"""Writes a resource's rows: each write of a row is one cached Core statement, and returns the new record."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, update
from sqlalchemy.exc import IntegrityError

from server.database.returning import Returning
from server.realtime.protocol.errors import Errors, OutOfStep, invalid
from server.realtime.resource.comparison import comparable_input
from server.realtime.resource.list_relation import id_of
from server.realtime.resource.relations import Record, one_or_more
from server.realtime.resource.resource import Resource
from server.realtime.resource.unique import Unique, is_repeated_id

# Returns a record's newest state inside the transaction, None if there is none.
Read = Callable[[str, int], Record | None]


class RowWriter:
    """Writes the records of one resource. What they embed is read by `Read`, not from the database."""

    def __init__(self, resource: Resource) -> None:
        self.resource = resource
        self._table = resource.table
        self._names = [column.name for column in self._table.c]
        self._updates: dict[tuple[str, ...], Returning] = {}
        self._insert = insert(self._table).returning(*self._table.c)
        self._delete = delete(self._table).where(self._table.c.id == bindparam("record"))
        fields = {column: field for field, column in resource.columns.items()}
        fields |= {relation.column: field for field, relation in resource.ones.items()}
        self._lists_with_own = {field: relation for field, relation in resource.lists.items() if relation.own}
        self._unique = Unique(self._table, resource.noun, fields)

    def insert(
        self, connection: Connection, read: Read, values: Sequence[Record], ids: Sequence[int] = (), back: bool = False
    ) -> list[Record]:
        """Write records in one statement, under these ids; without ids one, under an id of the database's choice.

        Several must have the same fields, and not refer to one another. `back`: they are deleted ones that come back.
        """
        values = [self._complete(one, {}) for one in values]
        restored = ids if back else [None] * len(values)
        embedded = [self._embed(read, one, number) for one, number in zip(values, restored, strict=True)]
        rows = [self._row(one) for one in values]
        for row, number in zip(rows, ids, strict=False):
            row["id"] = number
        with self._refusals(connection):
            found = connection.execute(self._insert, one_or_more(rows)).all()
        # The database may return them in any order.
        by_id = {row.id: dict(zip(self._names, row, strict=True)) for row in found}
        stored = zip([by_id[number] for number in ids or by_id], values, embedded, strict=True)
        return [self._inserted(connection, row, one, copies, back) for row, one, copies in stored]

    def _inserted(
        self, connection: Connection, stored: Mapping[str, Any], values: Record, embedded: Record, back: bool
    ) -> Record:
        """Write what is in other tables; returns the record."""
        owner: int = stored["id"]
        for field, relation in self.resource.lists.items():
            if values.get(field):
                relation.write(connection, owner, values[field])
        linked_row, linked = self.resource.linked_row, self._linked(values)
        if linked_row is not None:
            if back:
                linked_row.attach(connection, owner, linked)
            elif any(linked.values()):
                linked_row.write(connection, owner, linked)
        return self._record({"id": owner}, stored, values, embedded)

    def update(
        self, connection: Connection, read: Read, before: Record, values: Record, *, back: bool = False
    ) -> Record:
        """Write the fields in `values`; the others stay. `back`: it is an undo, which restores earlier values."""
        values = self._complete(values, before)
        embedded = self._embed(read, values)
        owner: int = before["id"]
        row = self._row(values)
        stored: Mapping[str, Any] = {}
        if row:
            with self._refusals(connection):
                found = self._update(tuple(row)).run(connection, {**row, "record": owner})
            if found is None:
                what = f"{self.resource.noun} {owner}"
                raise OutOfStep(f"The database does not have {what}, though it was not deleted here.")
            stored = found
        for field, relation in self.resource.lists.items():
            if field in values:
                relation.write(connection, owner, values[field])
        if self.resource.linked_row is not None and (linked := self._linked(values)):
            write = self.resource.linked_row.attach if back else self.resource.linked_row.write
            write(connection, owner, linked)
        return self._record(before, stored, values, embedded)

    def delete(self, connection: Connection, numbers: Sequence[int]) -> None:
        """Delete these records. Nothing refers to one of them but those before it."""
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
            update_one = update(self._table).where(self._table.c.id == bindparam("record"))
            statement = Returning(update_one.values({name: bindparam(name) for name in names}))
            self._updates[names] = statement
        return statement

    @contextmanager
    def _refusals(self, connection: Connection) -> Iterator[None]:
        """Raises a Refusal for a unique constraint, and OutOfStep for an id that another record has."""
        try:
            yield
        except IntegrityError as error:
            if is_repeated_id(error, self._table):
                raise self.resource.repeated_id() from error
            if (refusal := self._unique.refusal(error, connection.dialect)) is None:
                raise
            raise refusal from error

    def _complete(self, values: Record, before: Record) -> Record:
        lists = {name: relation for name, relation in self._lists_with_own.items() if name in values}
        return values | {name: relation.complete(values[name], before) for name, relation in lists.items()}

    def _row(self, values: Record) -> Record:
        columns, ones = self.resource.columns, self.resource.ones
        row = {columns[field].name: values[field] for field in values if field in columns}
        # A unique constraint ignores null, but not the empty text.
        row |= {name: None for name in self._unique.optional if row.get(name) == ""}
        return row | {ones[field].column.name: values[field] for field in values if field in ones}

    def _linked(self, values: Record) -> Record:
        """The fields of the linked row, with null for an empty text, which is sent if there is no linked row."""
        linked_row = self.resource.linked_row
        names = () if linked_row is None else linked_row.columns
        return {name: values[name] or None for name in names if name in values}

    def _embed(self, read: Read, values: Record, restored: int | None = None) -> Record:
        """The copies for every reference in `values`; refuses ids of no record.

        For `restored`, the id of a record that is about to be inserted again, the copy is the id alone.
        """
        embedded: Record = {}
        errors: Errors = {}
        for relation in self.resource.relations:
            value = values.get(relation.field)
            if value is None:
                continue
            as_list = self.resource.lists.get(relation.field)
            copies: list[Record] = []
            missing: Errors = {}
            for index, place in enumerate(value if as_list else [value]):
                number = id_of(place)
                if relation.target == self.resource.channel and number == restored:
                    copy = {"id": number}
                elif (found := read(relation.target, number)) is not None:
                    copy = relation.embed(found)
                else:
                    noun = Resource.registry[relation.target].noun
                    missing[str(index)] = {"id": [f"There is no {noun} {number}. Please choose another."]}
                    continue
                copies.append(copy | as_list.dump_own(place) if as_list else copy)
            if missing:
                errors[relation.field] = missing if as_list else missing["0"]
            else:
                embedded[relation.field] = copies if as_list else copies[0]
        if errors:
            raise invalid(errors)
        return embedded

    def _record(self, before: Record, stored: Mapping[str, Any], values: Record, embedded: Record) -> Record:
        """The record as Marshmallow dumps it: what was written, over what was there."""
        resource = self.resource
        record: Record = {}
        computed = resource.compute(stored) if stored else {}
        for name, field in resource.schema.dump_fields.items():
            if name in resource.columns and stored:
                # What `serialize` does to a value that is there.
                record[name] = field._serialize(stored[resource.columns[name].name], name, stored)
            elif name in computed:
                record[name] = computed[name]
            elif name in embedded:
                record[name] = embedded[name]
            elif name in values:
                record[name] = comparable_input(resource, name, values[name], before)
            else:
                record[name] = before.get(name, [] if name in resource.lists else None)
        return record
