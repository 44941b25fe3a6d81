"""A resource that a test declares: things with a name, and what else it gives them."""

from typing import Any

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, relationship

from server.fields import RecordSchema, Reference, References
from server.realtime.resource.resource import Resource

# The attributes of a class: of a model, or of its schema.
Body = dict[str, Any]


def new_base(*bases: type) -> type[DeclarativeBase]:
    """A base of models with tables of its own."""
    return type("Base", (*bases, DeclarativeBase), {})


def thing(model: Body | None = None, schema: Body | None = None, base: type[DeclarativeBase] | None = None) -> Resource:
    """Things with a name, and these further attributes of the model and of the schema."""
    base = base or new_base()
    columns, declared = dict(model or {}), dict(schema or {})
    annotations = {"id": Mapped[int], "name": Mapped[str], **columns.pop("__annotations__", {})}
    own = {"id": mapped_column(primary_key=True), "name": mapped_column(String(40))}
    if issubclass(base, MappedAsDataclass):
        own["id"] = mapped_column(primary_key=True, init=False)
    made = type("Thing", (base,), {"__tablename__": "things", "__annotations__": annotations, **own, **columns})
    meta = type("Meta", (), {"model": made, **declared.pop("Meta", {})})
    return Resource("thing", made, type("ThingSchema", (RecordSchema,), {"Meta": meta, **declared}))


def following(**options: Any) -> tuple[Body, Body]:
    """Each may refer to a next thing; `options` are those of the relationship."""
    number = mapped_column(primary_key=True)
    model = {
        "__annotations__": {"next_id": Mapped[int | None]},
        "id": number,
        "next_id": mapped_column(ForeignKey("things.id")),
        "next": relationship("Thing", remote_side=[number], **options),
    }
    return model, {"next": Reference("ThingSchema", only=("id",))}


def listing(base: type[DeclarativeBase], *columns: Any, own: Body | None = None, **options: Any) -> tuple[Body, Body]:
    """Each has a list of other things, over a table of pairs that has further columns.

    `own` are the fields of a place in the list; `options` are those of the relationship.
    """
    pairs = Table(
        "pairs",
        base.metadata,
        Column("thing_id", ForeignKey("things.id"), primary_key=True),
        Column("other_id", ForeignKey("things.id"), primary_key=True),
        *columns,
    )
    joins = {"primaryjoin": "Thing.id == pairs.c.thing_id", "secondaryjoin": "Thing.id == pairs.c.other_id"}
    others = References("ThingSchema", only=("id",), own=own or {})
    return {"others": relationship("Thing", pairs, **joins, **options)}, {"others": others}
