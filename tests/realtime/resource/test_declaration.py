"""What the ORM would do at a write and the server would not is refused when a resource is declared, with the cure."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from marshmallow import fields, post_dump
from sqlalchemy import Column, Computed, FetchedValue, ForeignKey, Integer, String, Table, event, literal
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    column_property,
    mapped_column,
    reconstructor,
    relationship,
    validates,
)

from server.fields import IntegerColumn, RecordSchema, Reference, References, Text
from server.realtime.resource.binding import bind, connect
from server.realtime.resource.declaration import Undeclarable
from server.realtime.resource.resource import Resource
from tests.support.environment import ROOT, environment
from tests.support.ports import Port

Body = dict[str, Any]
# Makes the further attributes of a model, and of its schema, given its base.
Declare = Callable[[type[DeclarativeBase]], tuple[Body, Body]]


def _validated(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    return {"tidy": validates("name")(lambda self, key, value: value.strip())}, {}


def _with_init(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    return {"__init__": lambda self, **values: None}, {}


def _reconstructed(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    return {"again": reconstructor(lambda self: None)}, {}


def _versioned(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    column = mapped_column(default=1)
    return {
        "__annotations__": {"version": Mapped[int]},
        "version": column,
        "__mapper_args__": {"version_id_col": column},
    }, {}


def _triggered(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    return {"stamp": mapped_column(String(10), server_onupdate=FetchedValue())}, {}


def _stamped_and_written(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    return {"stamp": mapped_column(String(10), onupdate="now")}, {"stamp": Text(2, 10)}


def _computed_and_written(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    return {"twice": mapped_column(Integer, Computed("id * 2"))}, {"twice": IntegerColumn()}


def _owning(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    child = {
        "__tablename__": "children",
        "id": mapped_column(primary_key=True),
        "__annotations__": {"id": Mapped[int], "thing_id": Mapped[int]},
        "thing_id": mapped_column(ForeignKey("things.id")),
    }
    return {"children": relationship(type("Child", (base,), child), cascade="all, delete-orphan")}, {}


def _hidden(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    return {"secret": mapped_column(String(10))}, {"Meta": {"exclude": ("secret",)}}


def _unreferenced(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    return {"other_id": mapped_column(ForeignKey("things.id"))}, {}


def _dumped(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    return {}, {"change": post_dump(lambda self, data, **options: data)}


def _renamed(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    return {}, {"name": Text(2, 40, data_key="title")}


def _nowhere(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    return {}, {"age": IntegerColumn()}


def _method_that_loads(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    return {}, {"age": fields.Method("get", deserialize="get"), "get": lambda self, value: value}


def _expression(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    return {"twice": column_property(literal(1))}, {"twice": IntegerColumn()}


def _pairs(base: type[DeclarativeBase], *columns: Any, **options: Any) -> tuple[Body, Body]:
    """A list of other things, over a table of pairs that has further columns."""
    pairs = Table(
        "pairs",
        base.metadata,
        Column("thing_id", ForeignKey("things.id"), primary_key=True),
        Column("other_id", ForeignKey("things.id"), primary_key=True),
        *columns,
    )
    joins = {"primaryjoin": "Thing.id == pairs.c.thing_id", "secondaryjoin": "Thing.id == pairs.c.other_id"}
    return {"others": relationship("Thing", pairs, **joins, **options)}, {
        "others": References("ThingSchema", only=("id",))
    }


def _with_more(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    return _pairs(base, Column("since", Integer))


def _strangely_own(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    return _pairs(base)[0], {"others": References("ThingSchema", only=("id",), own={"since": IntegerColumn()})}


def _by_name(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    return _pairs(base, order_by="Thing.name")


def _descending(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    return _pairs(base, Column("position", Integer), order_by="pairs.c.position.desc()")


def _children(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    columns = {"parent_id": mapped_column(ForeignKey("things.id")), "children": relationship("Thing")}
    return columns, {"children": References("ThingSchema", only=("id",))}


REFUSED: dict[Declare, str] = {
    _validated: "Thing.name: its @validates is not called, .*; put a validator on the field of the schema",
    _with_init: "Thing.__init__: it is not called; give columns a default instead",
    _reconstructed: "Thing: a listener for 'load' is not called, .*; use a computed field",
    _versioned: "Thing.version: .* leave version_id_col out",
    _triggered: "Thing.stamp: what a trigger writes is not seen; use onupdate=",
    _stamped_and_written: "ThingSchema.stamp: the server alone writes it .*; say dump_only=True",
    _computed_and_written: "ThingSchema.twice: the server alone writes it .*; say dump_only=True",
    _owning: "Thing.children: a cascade is not followed; leave it out, and say owned=True",
    _with_more: "Thing.others: a list that is written anew would lose pairs.since; say own=",
    _strangely_own: "Thing.others: since is no column of pairs, or hides one of the record; rename it",
    _by_name: "Thing.others: a list can only be ordered by one column of pairs",
    _descending: "Thing.others: a list can only be ordered by one column of pairs",
    _children: "Thing.children: a list is kept in a table of pairs; give the relationship a secondary",
    _hidden: "Thing.secret: it is not in ThingSchema, .*; take it into the schema",
    _unreferenced: "Thing.other_id: it is not in ThingSchema, .*; give it a Reference",
    _dumped: "ThingSchema.change: @post_dump is not called; use a computed field",
    _renamed: "ThingSchema.name: a field is called as its column is; leave data_key",
    _nowhere: "ThingSchema.age: neither a column nor a Reference of the model, nor computed",
    _method_that_loads: "ThingSchema.age: neither a column nor a Reference of the model, nor computed",
    _expression: "ThingSchema.twice: neither a column nor a Reference of the model, nor computed",
}


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty registry for each test."""
    monkeypatch.setattr(Resource, "registry", {})


def _resource(declare: Declare | None = None) -> Resource:
    """Things with a name, and what else is declared of them."""

    class Base(DeclarativeBase):
        pass

    columns, declared = declare(Base) if declare else ({}, {})
    annotations = {"id": Mapped[int], **columns.pop("__annotations__", {})}
    body = {"id": mapped_column(primary_key=True), "name": mapped_column(String(40), nullable=False)}
    model = type("Thing", (Base,), {"__tablename__": "things", "__annotations__": annotations, **body, **columns})
    meta = type("Meta", (), {"model": model, **declared.pop("Meta", {})})
    return Resource("thing", model, type("ThingSchema", (RecordSchema,), {"Meta": meta, **declared}))


def test_a_plain_one_is_served() -> None:
    resource = _resource()
    bind(resource)
    assert list(resource.columns) == ["name"]


@pytest.mark.parametrize(("declare", "line"), REFUSED.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_what_would_be_skipped_is_refused(declare: Declare, line: str) -> None:
    resource = _resource(declare)
    with pytest.raises(Undeclarable, match=f"^{line}"):
        bind(resource)


@pytest.mark.parametrize(
    "name", ["before_insert", "after_insert", "before_update", "after_update", "before_delete", "after_delete", "load"]
)
def test_a_listener_is_refused(name: str) -> None:
    resource = _resource()
    event.listen(resource.model, name, lambda *_: None)
    with pytest.raises(Undeclarable, match=f"^Thing: a listener for {name!r} is not called, .*; use a "):
        bind(resource)


def test_a_listener_of_an_attribute_is_refused() -> None:
    resource = _resource()
    event.listen(resource.model.name, "set", lambda *_: None)  # type: ignore[attr-defined]
    with pytest.raises(Undeclarable, match=r"^Thing.name: a listener for 'set' is not called"):
        bind(resource)


def test_a_computed_field_that_reads_another_record_says_so() -> None:
    """A change of that record would not change the field of this one."""
    resource = _resource(_following)
    bind(resource)
    assert resource.compute({"id": 1, "name": "One", "next_id": None}) == {"label": "One!"}
    with pytest.raises(TypeError, match=r"a computed field reads Thing\.next: it may read the columns alone"):
        resource.compute({"id": 2, "name": "Two", "next_id": 1})


def _following(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    label = property(lambda self: f"{self.name}!" if self.next_id is None else self.next.name)
    number = mapped_column(primary_key=True)
    columns = {"id": number, "next_id": mapped_column(ForeignKey("things.id"))}
    declared = {"label": Text(dump_only=True), "next": Reference("ThingSchema", only=("id",))}
    return {**columns, "next": relationship("Thing", remote_side=[number]), "label": label}, declared


def test_a_list_with_fields_of_its_own_is_not_copied() -> None:
    """The own fields of a place are not in copies of the owner's record."""
    resource = _resource(_shown_inside)
    bind(resource)
    connect(resource)
    resource.ones["next"].only = ("id", "others")
    with pytest.raises(Undeclarable, match=r"^things\.next would show things\.others without its own fields: leave it"):
        connect(resource)


def _shown_inside(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    columns, _ = _pairs(base, Column("since", Integer))
    number = mapped_column(primary_key=True)
    columns |= {"id": number, "next_id": mapped_column(ForeignKey("things.id"))}
    declared = {
        "others": References("ThingSchema", only=("id",), own={"since": IntegerColumn()}),
        "next": Reference("ThingSchema", only=("id",)),
    }
    return columns | {"next": relationship("Thing", remote_side=[number])}, declared


BROKEN = """
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column
from sqlalchemy.orm import validates

from server.extensions import db
from server.extensions import ma
from server.realtime.resource.resource import Resource


class Thing(db.Model):
    __tablename__ = "things"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

    @validates("name")
    def tidy(self, key, value):
        return value.strip()


class ThingSchema(ma.SQLAlchemyAutoSchema):
    class Meta:
        model = Thing


resource = Resource("thing", Thing, ThingSchema)
"""


@pytest.mark.parametrize(
    "command",
    [
        "from server.__main__ import main; main()",
        "from flask.cli import cli; cli(['--app', 'server', 'db', 'upgrade'])",
    ],
    ids=["serve", "flask"],
)
def test_the_start_ends_with_the_line(command: str, tmp_path: Path) -> None:
    (tmp_path / "things.py").write_text(BROKEN)
    declared = f"from server import resources; resources.__path__.append({str(tmp_path)!r})"
    port = Port()
    try:
        ended = subprocess.run(
            [sys.executable, "-c", f"from gevent import monkey; monkey.patch_all(); {declared}; {command}"],
            cwd=ROOT,
            env=environment(DATABASE_URL=f"sqlite:///{tmp_path}/gym.db", PORT=str(port.number)),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        port.release()
    assert ended.returncode != 0
    assert "Thing.name: its @validates is not called" in ended.stderr
    assert "Traceback" not in ended.stderr
