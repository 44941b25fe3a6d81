"""Fields of a resource's records that embed records of others: a relation, and one by a foreign key."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column

Record = dict[str, Any]


def one_or_more(rows: list[Record]) -> Record | list[Record]:
    """The parameters of a statement for at least one row: drivers are slower with a list of one than with it alone."""
    return rows if len(rows) > 1 else rows[0]


class Relation:
    """A field of records of the channel `owner` that embeds records of `target`, by their fields `only`."""

    def __init__(self, owner: str, field: str, target: str, only: Sequence[str]) -> None:
        self.owner = owner
        self.field = field
        self.target = target
        self.only = tuple(only)
        self.key = (owner, field)

    is_list = False
    # Whether the owner's records are deleted with those that they refer to.
    owned = False

    def embed(self, record: Record) -> Record:
        """The copy of `record` for the owner's records."""
        # A process of an older version may have written it without some of the fields.
        return {name: record[name] for name in self.only if name in record}

    def copies(self, record: Record) -> list[Record]:
        """The copies in an owner's record; none if it was written by a version without this field."""
        raise NotImplementedError

    def ids(self, record: Record) -> list[int]:
        """The ids that an owner's record refers to."""
        return [copy["id"] for copy in self.copies(record)]

    def with_copies(self, record: Record, copies: Sequence[Record]) -> Record:
        """The owner's record with these copies in place of its own, as many as it has."""
        raise NotImplementedError

    @property
    def ends(self) -> tuple[Column[int], Column[int]]:
        """The columns of one table that have, in a row for each reference, the target's id and the owner's."""
        raise NotImplementedError


class One(Relation):
    """A many-to-one reference by the foreign key `column`; `owned` as `fields.Reference` has it."""

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

    @property
    def ends(self) -> tuple[Column[int], Column[int]]:
        return self.column, self.column.table.c.id


def without_copies(relations: Iterable[Relation], record: Mapping[str, Any]) -> Record:
    """The record with the ids alone of what it embeds by these relations, as rules get it."""
    reduced = dict(record)
    for relation in relations:
        if relation.field in reduced:
            copies = [
                {key: value for key, value in copy.items() if key == "id" or key not in relation.only}
                for copy in relation.copies(reduced)
            ]
            reduced = relation.with_copies(reduced, copies)
    return reduced
