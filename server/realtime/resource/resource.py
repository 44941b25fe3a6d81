"""A resource as declared, and its registry. `binding` completes it once all are registered."""

from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import Schema
from sqlalchemy import Column, Table
from sqlalchemy.orm import DeclarativeBase

from server.fields import Password
from server.realtime.protocol.errors import OutOfStep, invalid
from server.realtime.resource.computed import Columns
from server.realtime.resource.linked_row import LinkedRow
from server.realtime.resource.list_relation import Many
from server.realtime.resource.relations import One, Record, Relation
from server.realtime.resource.rules import Declared, Rule, by_action

ACTIONS = ("new", "update", "delete")
Find = Callable[..., list[Record]]
Warn = Callable[[Record, Find], list[str]]
Check = Callable[[Record], Mapping[str, list[str]]]


class Resource:
    """One kind of record. The constructor registers it with its channel and its events.

    These are `new_*`, `update_*`, `delete_*` and `get_*` of its name, and `list_*` of its channel.

    `name` is the singular, as in the events; the channel is named like the model's table. `aliases` are further event
    names, each with its action. `label(record)` names a record for a person; without it that is its field `name`.
    `warn(record, find)` returns the lines of `meta.warnings`; `find(condition, most, **values)` returns records of this
    resource that the writer sees and the condition is true of, the first `most` by id. The condition is an expression
    of the model's columns, made once; `values` are those of its bindparams.
    `check(record)` returns errors by field. It is asked about each record that was written, with its copies of those
    that it refers to, whatever wrote it; what a write of others' records makes of this one is not its business.

    `read` says which callers besides admins may read, of those that ACCESS permits to read: roles by name, a function
    of the caller and the record, or a Rule of both; without it all of them. `write` says the same of writes, or a
    mapping from ACTIONS does; a function is called with the record before and after the write. A caller that may not
    read a record may not write it either.

    `whole` False: there are too many records to be sent all, or to be in memory. They are read from the database, and
    are in no array and no `sync`. The columns by which they refer to others need an index. `arrays` False: they are in
    no array, so plain clients do not get to know them.
    """

    registry: dict[str, "Resource"] = {}

    def __init__(
        self,
        name: str,
        model: type[DeclarativeBase],
        schema: type[Schema],
        *,
        aliases: Mapping[str, str] | None = None,
        warn: Warn | None = None,
        check: Check | None = None,
        label: Callable[[Mapping[str, Any]], str] | None = None,
        read: Declared | None = None,
        write: Mapping[str, Declared] | Declared = (),
        whole: bool = True,
        arrays: bool = True,
    ) -> None:
        self.name = name
        # As a person reads it.
        self.noun = name.replace("_", " ")
        self.model = model
        self.schema = schema()
        table = model.__table__
        assert isinstance(table, Table)
        self.table = table
        self.channel = str(table.name)
        self.events = {f"{action}_{name}": action for action in ACTIONS} | dict(aliases or {})
        self.reads = {f"get_{name}": "get", f"list_{self.channel}": "list"}
        self.warn = warn
        self._check = check
        self.label = label or _name_or_id
        self.read = None if read is None else Rule.parse(read)
        self.write = by_action(ACTIONS, write)
        self.whole = whole
        self.arrays = arrays and whole
        self.secrets = frozenset(field for field, kind in self.schema.fields.items() if isinstance(kind, Password))
        self.read_only = frozenset(field for field, kind in self.schema.fields.items() if kind.dump_only)
        # What follows is set by `binding`. The fields, by what holds them in the model:
        self.columns: dict[str, Column[Any]] = {}
        self.ones: dict[str, One] = {}
        self.lists: dict[str, Many] = {}
        self.computed: frozenset[str] = frozenset()
        self.linked_row: LinkedRow | None = None
        # `ones` and `lists`; and those of all resources that embed records of this one.
        self.relations: tuple[Relation, ...] = ()
        self.embedded_in: list[Relation] = []
        # The channels whose records are embedded in its own, at any depth, by more than an id.
        self.sources: frozenset[str] = frozenset()
        # Whether each write also changes columns that it does not name.
        self.is_stamped = False
        self.registry[self.channel] = self

    def inside(self, relation: Relation) -> list[Relation]:
        """Its relations that are fields of the copies that `relation`, which refers to it, embeds."""
        return [inner for inner in self.relations if inner.field in relation.only]

    def compute(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The computed fields of a row, which is by the names of its columns."""
        if not self.computed:
            return {}
        columns = Columns(self.model, row)
        return {field: self.schema.dump_fields[field].serialize(field, columns) for field in self.computed}

    def refuse_flaws(self, record: Record, before: Record | None) -> None:
        """Refuse a record that has errors, but for those of fields that had some `before`, if there was one."""
        if self._check is None or not (errors := self._check(record)):
            return
        earlier = () if before is None else self._check(before)
        if new := {field: lines for field, lines in errors.items() if field not in earlier}:
            raise invalid(new)

    def repeated_id(self) -> OutOfStep:
        """The error for a new record whose id another one has, or had."""
        return OutOfStep(f"The database would give a new {self.noun} the id of another one.")


def _name_or_id(record: Mapping[str, Any]) -> str:
    return str(record.get("name") or record["id"])
