"""A resource: a model and a schema, known by a singular name. Events, channel and embedding follow from them."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from marshmallow import Schema
from marshmallow import ValidationError
from sqlalchemy import Column
from sqlalchemy import Select
from sqlalchemy import Table
from sqlalchemy import inspect
from sqlalchemy import select
from sqlalchemy.ext.associationproxy import AssociationProxy
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm import QueryableAttribute
from sqlalchemy.orm import selectinload

from server.fields import Password
from server.fields import Placed
from server.fields import Reference
from server.fields import References
from server.fields import is_blank
from server.realtime.protocol.errors import OutOfStep
from server.realtime.protocol.errors import invalid
from server.realtime.protocol.errors import malformed
from server.realtime.resource.computed import Columns
from server.realtime.resource.computed import is_computed
from server.realtime.resource.declaration import Undeclarable
from server.realtime.resource.declaration import check
from server.realtime.resource.declaration import check_sessions
from server.realtime.resource.declaration import is_automatic
from server.realtime.resource.linked_row import LinkedRow
from server.realtime.resource.loading import PartialLoader
from server.realtime.resource.relations import Many
from server.realtime.resource.relations import One
from server.realtime.resource.relations import Relation
from server.realtime.resource.rules import Declared
from server.realtime.resource.rules import Rule
from server.realtime.resource.rules import by_action

ACTIONS = ("new", "update", "delete")
Warn = Callable[[Mapping[str, Any], Callable[..., list[int]]], list[str]]


class Resource:
    """One kind of record. Making one registers it: `new_*`, `update_*`, `delete_*` and the channel exist from then on.

    `name` is the singular, as events have it; the channel is called like the model's table. `aliases` are further
    event names, each with its action. `label(record)` is what a person would call a record, its name if not given.
    `warn(record, find)` gives the lines of `meta.warnings`, where `find(**columns)` gives the ids of this resource's
    records that hold those values.

    `read` says who may read besides admins, of those whom the server lets read at all: roles by name, a function of
    the caller and the record, or a Rule of both; all of them if it is left out. `write` says who may write besides
    admins, in the same way, or by a mapping from ACTIONS; a function is asked about the record before and after. Who
    may not read a record does not change it either.
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
        label: Callable[[Mapping[str, Any]], str] | None = None,
        read: Declared | None = None,
        write: Mapping[str, Declared] | Declared = (),
    ) -> None:
        self.name = name
        self.model = model
        self.schema = schema()
        self._partial = PartialLoader(self.schema)
        table = model.__table__
        assert isinstance(table, Table)
        self.table = table
        self.channel = str(table.name)
        self.events = {f"{action}_{name}": action for action in ACTIONS} | dict(aliases or {})
        self.warn = warn
        self.label = label or _name_or_id
        self.read = None if read is None else Rule.parse(read)
        self.write = by_action(ACTIONS, write)
        self.secrets = frozenset(field for field, kind in self.schema.fields.items() if isinstance(kind, Password))
        self.read_only = frozenset(field for field, kind in self.schema.fields.items() if kind.dump_only)
        self.computed: frozenset[str] = frozenset()
        # Whether a write changes more than what is written.
        self.is_stamped = False
        self.columns: dict[str, Column[Any]] = {}
        self.ones: dict[str, One] = {}
        self.lists: dict[str, Many] = {}
        # Those of both, which embed other records.
        self.relations: tuple[Relation, ...] = ()
        self.linked_row: LinkedRow | None = None
        self.embedded_in: list[Relation] = []
        # The channels whose records show inside its own, however deep, by more than an id.
        self.sources: frozenset[str] = frozenset()
        self.registry[self.channel] = self

    def inside(self, relation: Relation) -> list[Relation]:
        """Of its own, those that a copy of its records by `relation` has inside."""
        return [inner for inner in self.relations if inner.field in relation.only]

    def meet(self) -> None:
        """Learn whose records show inside its own, and tell those; needs every resource to be bound."""
        for relation in self.relations:
            target = self.registry[relation.target]
            if target.read is not None and relation.only != ("id",) and not target.read.covers(self.read):
                raise TypeError(
                    f"{relation.owner}.{relation.field} would show more of {relation.target} than everybody may read "
                    f"who reads {relation.owner}: embed them with only=('id',)"
                )
            for inner in target.inside(relation):
                if isinstance(inner, Many) and inner.own:
                    what = f"{relation.owner}.{relation.field} would show {inner.owner}.{inner.field} without its own"
                    raise Undeclarable(f"{what} fields: leave it out by `only`")
            target.embedded_in.append(relation)
        self.sources = frozenset(self._shown(self.relations, ()))

    def _shown(self, relations: Iterable[Relation], around: tuple[Relation, ...]) -> Iterator[str]:
        for relation in relations:
            if relation in around:
                raise TypeError(f"{relation.owner}.{relation.field} shows itself inside itself: leave it out by `only`")
            if relation.only == ("id",):
                continue
            yield relation.target
            target = self.registry[relation.target]
            yield from target._shown(target.inside(relation), (*around, relation))

    def bind(self) -> None:
        """Read the shape off the model and the schema; needs every resource to be registered."""
        mapper = inspect(self.model)
        self.embedded_in.clear()
        linked_row: dict[str, Column[Any]] = {}
        for field, kind in self.schema.fields.items():
            proxy = mapper.all_orm_descriptors.get(field)
            if isinstance(proxy, AssociationProxy):
                link = mapper.relationships[proxy.target_collection]
                linked_row[field] = link.mapper.columns[proxy.value_attr]
                [owner] = link.remote_side
            elif isinstance(mine := mapper.columns.get(field), Column):
                self.columns[field] = mine
            elif isinstance(kind, Reference):
                [column] = mapper.relationships[field].local_columns
                assert isinstance(column, Column)
                self.ones[field] = One(self.channel, field, *_embedded(kind), column, kind.owned)
            elif isinstance(kind, References):
                assert isinstance(kind.inner, Reference)
                own = kind.inner.own if isinstance(kind.inner, Placed) else {}
                self.lists[field] = Many(self.channel, field, *_embedded(kind.inner), mapper.relationships[field], own)
            elif is_computed(self.model, field, kind):
                self.computed |= {field}
            else:
                why = "neither a column nor a Reference of the model, nor computed and dump_only"
                raise Undeclarable(f"{type(self.schema).__name__}.{field}: {why}")
        self.relations = (*self.ones.values(), *self.lists.values())
        if linked_row:
            assert isinstance(owner, Column)
            table = owner.table
            assert isinstance(table, Table)
            self.linked_row = LinkedRow(
                table, owner, dict(sorted(linked_row.items(), key=lambda item: item[0] in self.secrets))
            )
        check(self.model, self.schema, [*self.columns.values(), *(one.column for one in self.ones.values())])
        # The id is the server's to give.
        self.columns.pop("id")
        self.is_stamped = any(map(is_automatic, self.columns.values()))

    def load(self, data: object, *, partial: bool) -> dict[str, Any]:
        """The validated fields of `data`, an object from the wire; references are ids.

        What only the server writes is ignored, as forms echo it; a key that the record does not have is an error.
        Raises a Refusal that names every field at fault.
        """
        if not isinstance(data, Mapping):
            raise malformed(f"Send the {self.name.replace('_', ' ')} as an object with its fields.")
        fields = {key: value for key, value in data.items() if key != "id" and key not in self.read_only}
        for secret in self.secrets:
            if fields.get(secret) in (None, ""):
                # A form's empty password input means that the password stays.
                fields.pop(secret, None)
        for field in self.ones:
            self._fold(fields, field)
        try:
            values = self._partial.load(fields) if partial else dict(self.schema.load(fields, partial=False))
        except ValidationError as error:
            raise invalid(dict(error.messages_dict)) from None
        for field in self.lists.keys() & values.keys():
            values[field] = self.lists[field].arranged(values[field])
        return values

    def _fold(self, fields: dict[str, Any], field: str) -> None:
        """Take `coach_id: 3` for `coach: {id: 3}`, and `coach_id: null` for `coach: null`."""
        flat = f"{field}_id"
        if flat not in fields:
            return
        number = fields.pop(flat)
        nested = fields.get(field)
        if isinstance(nested, Mapping) and _spelled(nested.get("id")) != _spelled(number):
            raise invalid({field: [f"{field} and {flat} name different records; send one of them."]})
        fields[field] = None if is_blank(number) else {"id": number}

    def kept(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """What only the server writes, of a record that comes back from the deleted: values for its columns."""
        return {
            field: self.schema.dump_fields[field].deserialize(record[field])
            for field in self.read_only & self.columns.keys() & record.keys()
            if self.columns[field].computed is None
        }

    def compute(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The computed fields of a row, which is by the names of its columns."""
        if not self.computed:
            return {}
        columns = Columns(self.model, row)
        return {field: self.schema.dump_fields[field].serialize(field, columns) for field in self.computed}

    def gives_ids_twice(self) -> OutOfStep:
        """Why a new record is refused whose id another one has, or had."""
        return OutOfStep(f"The database would give a new {self.name.replace('_', ' ')} the id of another one.")

    def query(self) -> Select[Any]:
        """Every record with all it embeds, by id, in a fixed number of statements."""
        loads = [selectinload(getattr(self.model, relation.field)) for relation in self.relations]
        for relation in self.relations:
            loads += [selectinload(getattr(self.model, relation.field)).options(*_deeper(relation))]
        if self.linked_row is not None:
            proxy = inspect(self.model).all_orm_descriptors[self.linked_row.key_field]
            assert isinstance(proxy, AssociationProxy)
            loads.append(selectinload(getattr(self.model, proxy.target_collection)))
        return select(self.model).options(*loads).order_by(self.table.c.id)


def _spelled(number: object) -> str:
    return "" if is_blank(number) else str(number).strip()


def _name_or_id(record: Mapping[str, Any]) -> str:
    return str(record.get("name") or record["id"])


def _deeper(relation: Relation) -> list[Any]:
    target = Resource.registry[relation.target]
    attributes = [getattr(target.model, inner.field) for inner in target.inside(relation)]
    return [selectinload(attribute) for attribute in attributes if isinstance(attribute, QueryableAttribute)]


def _embedded(field: Reference) -> tuple[str, list[str]]:
    """The channel that a Reference embeds, and the fields that it shows, in the order in which they are dumped."""
    schema = field.schema
    model: type[DeclarativeBase] = schema.Meta.model  # type: ignore[attr-defined]
    return model.__tablename__, list(schema.dump_fields)


def bind_all() -> None:
    """Let every registered resource read its shape, and learn which others embed it."""
    check_sessions()
    for resource in Resource.registry.values():
        resource.bind()
    for resource in Resource.registry.values():
        resource.meet()
