"""All that the ORM does at a write happens here too, or is refused when a resource is declared: feature by feature."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from types import FunctionType
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    Computed,
    ForeignKey,
    Identity,
    Integer,
    Numeric,
    String,
    TypeDecorator,
    create_engine,
    event,
    func,
    inspect,
    literal,
    text,
)
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import (
    AttributeEvents,
    DeclarativeBase,
    InstanceEvents,
    Mapped,
    MappedAsDataclass,
    Mapper,
    MapperEvents,
    Session,
    SessionEvents,
    column_property,
    composite,
    deferred,
    mapped_column,
    relationship,
    sessionmaker,
    synonym,
)
from sqlalchemy.types import JSON

from server.extensions import db
from server.fields import IntegerColumn, RecordSchema, Reference, References, Text
from server.realtime.resource.binding import bind, bind_all
from server.realtime.resource.declaration import Undeclarable
from server.realtime.resource.loading import load, load_deleted
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource
from server.realtime.resource.row_writer import RowWriter

Body = dict[str, Any]
# What is mapped, not written.
OF_CONFIGURING = {
    "instrument_class",
    "after_mapper_constructed",
    "before_mapper_configured",
    "mapper_configured",
    "before_configured",
    "after_configured",
}
# Somebody else does it: nothing here pickles a record.
OF_PICKLES = {"pickle", "unpickle"}


class Shouted(TypeDecorator[str]):
    """Stored in capitals, shown with an exclamation mark."""

    impl = String(20)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else value.rstrip("!").upper()

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else f"{value}!"


class Cents(TypeDecorator[Decimal]):
    """An amount, as a whole number of cents."""

    impl = Numeric(8, 2)
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        return dialect.type_descriptor(Integer())

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> int | None:
        return None if value is None else int(value * 100)

    def process_result_value(self, value: int | None, dialect: Any) -> Decimal | None:
        return None if value is None else Decimal(value) / 100


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty registry for each test."""
    monkeypatch.setattr(Resource, "registry", {})


def _declared(body: Body, schema: Body | None = None, *bases: type) -> Resource:
    """Things with a name, and what else is declared of them."""
    base = type("Base", (*bases, DeclarativeBase), {})
    columns = dict(body)
    annotations = {"id": Mapped[int], "name": Mapped[str], **columns.pop("__annotations__", {})}
    own = {"id": mapped_column(primary_key=True), "name": mapped_column(String(40))}
    if MappedAsDataclass in bases:
        own["id"] = mapped_column(primary_key=True, init=False)
    model = type("Thing", (base,), {"__tablename__": "things", "__annotations__": annotations, **own, **columns})
    meta = {"Meta": type("Meta", (), {"model": model})}
    return Resource("thing", model, type("ThingSchema", (RecordSchema,), {**meta, **(schema or {})}))


def _related() -> Resource:
    joined = mapped_column(ForeignKey("things.id"))
    number = mapped_column(primary_key=True)
    link = relationship("Thing", remote_side=[number], backref="previous")
    declared = {"next": Reference("ThingSchema", only=("id",))}
    return _declared(
        {"__annotations__": {"next_id": Mapped[int | None]}, "id": number, "next_id": joined, "next": link}, declared
    )


def _names(events: type) -> list[str]:
    return [name for name, kind in vars(events).items() if isinstance(kind, FunctionType) and name[0] != "_"]


@contextmanager
def _listening(target: Any, name: str) -> Iterator[None]:
    def listener(*args: Any, **options: Any) -> None:
        raise AssertionError("nobody calls it")

    event.listen(target, name, listener)
    try:
        yield
    finally:
        if event.contains(target, name, listener):
            event.remove(target, name, listener)


EVENTS = [
    *(("mapper", name) for name in _names(MapperEvents)),
    *(("instance", name) for name in _names(InstanceEvents)),
    *(("column", name) for name in _names(AttributeEvents)),
    *(("relationship", name) for name in _names(AttributeEvents)),
    *(("session", name) for name in _names(SessionEvents)),
]


@pytest.mark.parametrize(("kind", "name"), EVENTS)
def test_a_listener_of_the_orm_is_refused(kind: str, name: str) -> None:
    """Every event that SQLAlchemy has: none is forgotten when it has a new one."""
    resource = _related()
    targets: dict[str, Any] = {
        "mapper": resource.model,
        "instance": resource.model,
        "column": resource.model.name,  # type: ignore[attr-defined]
        "relationship": resource.model.next,  # type: ignore[attr-defined]
        "session": Session,
    }
    bind_all()
    if name in OF_CONFIGURING | OF_PICKLES:
        return
    with (
        _listening(targets[kind], name),
        pytest.raises(Undeclarable, match=rf"a listener for '{name}' is not called, .*; use a "),
    ):
        bind_all()
    if kind == "session":
        bind_all()


@pytest.mark.parametrize("target", [db.session, sessionmaker(), Session])
def test_whichever_session_is_listened_to(target: Any) -> None:
    with (
        _listening(target, "before_flush"),
        pytest.raises(Undeclarable, match=r"^Session: a listener for 'before_flush'"),
    ):
        bind_all()


def test_a_listener_of_all_mappers_is_refused() -> None:
    with (
        _listening(Mapper, "before_insert"),
        pytest.raises(Undeclarable, match=r"^Thing: a listener for 'before_insert'"),
    ):
        bind(_related())


def _by_context(context: Any) -> str:
    return f"of {context.get_current_parameters()['name']}"


def _stamped(**options: Any) -> tuple[Body, Body]:
    return {"extra": mapped_column(String(20), **options)}, {"extra": Text(dump_only=True)}


# What is declared: the body of the model, and of the schema. All are written as the ORM writes them.
SAME: dict[str, Callable[[], tuple[Body, Body]]] = {
    "default": lambda: ({"extra": mapped_column(String(20), default="fallback")}, {}),
    "default function": lambda: ({"extra": mapped_column(String(20), default=lambda: "made")}, {}),
    "default of the context": lambda: ({"extra": mapped_column(String(20), default=_by_context)}, {}),
    "default in SQL": lambda: ({"extra": mapped_column(String(20), default=func.lower("MADE"))}, {}),
    "insert_default": lambda: ({"extra": mapped_column(String(20), insert_default="fallback")}, {}),
    "server_default": lambda: ({"extra": mapped_column(String(20), server_default="fallback")}, {}),
    "onupdate": lambda: _stamped(default="made", onupdate="edited"),
    "onupdate function": lambda: _stamped(default="made", onupdate=_by_context),
    "onupdate in SQL": lambda: _stamped(default="1", onupdate=text("extra || '1'")),
    "Computed": lambda: (
        {"extra": mapped_column(String(20), Computed("name || '?'"))},
        {},
    ),
    "TypeDecorator": lambda: ({"extra": mapped_column(Shouted, default="quiet")}, {}),
    "TypeDecorator of numbers": lambda: ({"extra": mapped_column(Cents, default=Decimal("1.25"))}, {}),
    "Identity of the id": lambda: ({"id": mapped_column(Integer, Identity(), primary_key=True)}, {}),
    "column_property": lambda: ({"extra": column_property(Column("extra", String(20), default="fallback"))}, {}),
    "column_property of SQL": lambda: ({"sum": column_property(literal(2))}, {}),
    "column_property beside a property": lambda: (
        {"sum": column_property(literal(2)), "loud": property(lambda self: self.name.upper())},
        {"loud": Text(dump_only=True)},
    ),
    "deferred": lambda: ({"extra": deferred(Column("extra", String(20), default="fallback"))}, {}),
    "synonym": lambda: ({"title": synonym("name")}, {}),
}


@pytest.mark.parametrize("feature", SAME)
def test_it_is_written_as_the_orm_writes_it(feature: str) -> None:
    resource = _declared(*SAME[feature]())
    bind_all()
    engine = create_engine("sqlite://")
    resource.table.create(engine)
    store = RowWriter(resource)
    with engine.connect() as connection:
        [record] = store.insert(connection, _nothing, [load(resource, {"name": "One"}, partial=False)])
        record = store.update(connection, _nothing, record, load(resource, {"name": "Two"}, partial=True))
        assert record == _through_the_orm(resource, connection)
        # What was deleted comes back as it was.
        store.delete(connection, [record["id"]])
        values = load_deleted(resource, record)
        assert store.insert(connection, _nothing, [values], [record["id"]]) == [record]


def _nothing(channel: str, number: int) -> Record | None:
    return None


def _through_the_orm(resource: Resource, connection: Any) -> Record:
    """A second record that is written in the same way by a session, under the id of the first."""
    with Session(connection) as session:
        instance = resource.model(name="One")
        session.add(instance)
        session.flush()
        instance.name = "Two"  # type: ignore[attr-defined]
        session.flush()
        session.refresh(instance)
        return {**resource.schema.dump(instance), "id": 1}


def _of_points() -> tuple[Body, Body]:
    x, y = mapped_column("x", Integer), mapped_column("y", Integer)
    return {"x": x, "y": y, "point": composite(lambda *place: place, x, y)}, {}


REFUSED: dict[str, tuple[Callable[[], Resource], str]] = {
    "Identity of another column": (
        lambda: _declared({"extra": mapped_column(Integer, Identity())}),
        r"Thing.extra: a number that the database alone gives .*; leave Identity out",
    ),
    "Identity of the id, always": (
        lambda: _declared({"id": mapped_column(Integer, Identity(always=True), primary_key=True)}),
        r"Thing.id: a number that the database alone gives .*; leave Identity out",
    ),
    "composite": (lambda: _declared(*_of_points()), r"Thing: a listener for '(load|after_insert)' is not called"),
    "mutable": (
        lambda: _declared({"extra": mapped_column(MutableList.as_mutable(JSON()))}),
        r"Thing: a listener for 'load' is not called",
    ),
    "dataclass": (
        lambda: _declared(
            {"__annotations__": {"extra": Mapped[str]}, "extra": mapped_column(String(9), default="x")},
            None,
            MappedAsDataclass,
        ),
        r"Thing.__init__: it is not called; give columns a default instead",
    ),
    "another name": (
        lambda: _declared({"nick": mapped_column("extra", String(20))}),
        r"ThingSchema.extra: neither a column nor a Reference",
    ),
}


@pytest.mark.parametrize("feature", REFUSED)
def test_it_is_refused(feature: str) -> None:
    declare, line = REFUSED[feature]
    declare()
    with pytest.raises(Undeclarable, match=f"^{line}"):
        bind_all()


def _listed(**options: Any) -> tuple[Resource, type[DeclarativeBase]]:
    """Things with a list of things, over a table of pairs that is mapped too."""

    class Base(DeclarativeBase):
        pass

    class Pair(Base):
        __tablename__ = "pairs"
        thing_id: Mapped[int] = mapped_column(ForeignKey("things.id"), primary_key=True)
        other_id: Mapped[int] = mapped_column(ForeignKey("things.id"), primary_key=True)
        since: Mapped[int | None] = mapped_column(**options)

    class Thing(Base):
        __tablename__ = "things"
        id: Mapped[int] = mapped_column(primary_key=True)
        others = relationship(
            "Thing",
            "pairs",
            primaryjoin=lambda: Thing.id == Pair.thing_id,
            secondaryjoin=lambda: Thing.id == Pair.other_id,
            viewonly=True,
        )

    body = {"others": References("ThingSchema", only=("id",), own={"since": IntegerColumn()})}
    meta = {"Meta": type("Meta", (), {"model": Thing})}
    return Resource("thing", Thing, type("ThingSchema", (RecordSchema,), {**meta, **body})), Pair


@pytest.mark.parametrize("options", [{"default": 3}, {"server_default": "3"}, {"onupdate": 3}])
def test_a_default_of_a_place_in_a_list_is_refused(options: Body) -> None:
    _listed(**options)
    with pytest.raises(
        Undeclarable, match=r"^pairs.since: a place in a list is written with all .*; leave the column's"
    ):
        bind_all()


@pytest.mark.parametrize("name", ["before_insert", "load"])
def test_a_listener_of_a_place_in_a_list_is_refused(name: str) -> None:
    _, pair = _listed()
    bind_all()
    with _listening(pair, name), pytest.raises(Undeclarable, match=rf"^Pair: a listener for '{name}' is not called"):
        bind_all()


def test_the_orms_own_listeners_are_none() -> None:
    """Of a relationship with a backref it has some."""
    resource = _related()
    assert inspect(resource.model).relationships["next"].back_populates == "previous"
    bind_all()
