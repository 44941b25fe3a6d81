"""What follows from all declarations together: a resource's fields by what holds them, and who embeds whom."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Column, Table, inspect
from sqlalchemy.ext.associationproxy import AssociationProxy
from sqlalchemy.orm import DeclarativeBase

from server.extensions import db
from server.fields import Placed, Reference, References
from server.realtime.resource.computed import is_computed
from server.realtime.resource.declaration import (
    Undeclarable,
    check,
    check_index,
    check_sessions,
    check_targets,
    is_automatic,
)
from server.realtime.resource.linked_row import LinkedRow
from server.realtime.resource.list_relation import Many
from server.realtime.resource.relations import One, Relation
from server.realtime.resource.resource import Resource


def bind_all() -> None:
    """Bind every registered resource, then connect them. Raises Undeclarable for what cannot be served."""
    check_sessions()
    check_targets(db.metadata.tables.values())
    for resource in Resource.registry.values():
        bind(resource)
    for resource in Resource.registry.values():
        connect(resource)


def bind(resource: Resource) -> None:
    """Find what holds each field of the schema in the model. All resources are registered by then."""
    mapper = inspect(resource.model)
    resource.embedded_in.clear()
    linked_columns: dict[str, Column[Any]] = {}
    for name, field in resource.schema.fields.items():
        proxy = mapper.all_orm_descriptors.get(name)
        if isinstance(proxy, AssociationProxy):
            link = mapper.relationships[proxy.target_collection]
            linked_columns[name] = link.mapper.columns[proxy.value_attr]
            [owner] = link.remote_side
        elif isinstance(own_column := mapper.columns.get(name), Column):
            resource.columns[name] = own_column
        elif isinstance(field, Reference):
            [column] = mapper.relationships[name].local_columns
            assert isinstance(column, Column)
            resource.ones[name] = One(resource.channel, name, *_embedded(field), column, field.owned)
        elif isinstance(field, References):
            assert isinstance(field.inner, Reference)
            own = field.inner.own if isinstance(field.inner, Placed) else {}
            link = mapper.relationships[name]
            resource.lists[name] = Many(resource.channel, name, *_embedded(field.inner), link, own)
        elif is_computed(resource.model, name, field):
            resource.computed |= {name}
        else:
            why = "neither a column nor a Reference of the model, nor computed and dump_only"
            raise Undeclarable(f"{type(resource.schema).__name__}.{name}: {why}")
    resource.relations = (*resource.ones.values(), *resource.lists.values())
    if linked_columns:
        assert isinstance(owner, Column)
        assert isinstance(owner.table, Table)
        columns = dict(sorted(linked_columns.items(), key=lambda item: item[0] in resource.secrets))
        resource.linked_row = LinkedRow(owner.table, owner, columns)
    columns_of_ones = [relation.column for relation in resource.ones.values()]
    check(resource.model, resource.schema, [*resource.columns.values(), *columns_of_ones])
    # No request writes the id.
    resource.columns.pop("id")
    resource.is_stamped = any(map(is_automatic, resource.columns.values()))


def _embedded(field: Reference) -> tuple[str, list[str]]:
    """The channel that a Reference embeds, and the fields of the copies, in the order in which they are dumped."""
    model: type[DeclarativeBase] = field.schema.Meta.model  # type: ignore[attr-defined]
    return model.__tablename__, list(field.schema.dump_fields)


def connect(resource: Resource) -> None:
    """Find whose records are embedded in its own, and refuse what a copy must not have. All are bound by then."""
    for relation in resource.relations:
        if not resource.whole:
            check_index(relation.ends[0], relation.target)
        target = Resource.registry[relation.target]
        if target.read is not None and relation.only != ("id",) and not target.read.covers(resource.read):
            raise TypeError(
                f"{relation.owner}.{relation.field} would show more of {relation.target} than everybody may read "
                f"who reads {relation.owner}: embed them with only=('id',)"
            )
        for inner in target.inside(relation):
            if resource.whole and not target.whole and inner.only != ("id",):
                what = f"{relation.owner}.{relation.field} would show {inner.owner}.{inner.field}, and not follow it"
                raise Undeclarable(f"{what}, as {inner.owner} are not whole: leave it out by `only`")
            if isinstance(inner, Many) and inner.own:
                what = f"{relation.owner}.{relation.field} would show {inner.owner}.{inner.field} without its own"
                raise Undeclarable(f"{what} fields: leave it out by `only`")
        target.embedded_in.append(relation)
    resource.sources = frozenset(_sources(resource.relations, ()))


def _sources(relations: Iterable[Relation], around: tuple[Relation, ...]) -> Iterator[str]:
    for relation in relations:
        if relation in around:
            raise TypeError(f"{relation.owner}.{relation.field} shows itself inside itself: leave it out by `only`")
        if relation.only == ("id",):
            continue
        yield relation.target
        yield from _sources(Resource.registry[relation.target].inside(relation), (*around, relation))
