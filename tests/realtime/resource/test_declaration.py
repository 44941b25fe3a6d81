"""What the ORM would do at a write and the server would not is refused when a resource is declared, with the cure."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from marshmallow import fields, post_dump
from sqlalchemy import Computed, FetchedValue, ForeignKey, Identity, Integer, String, literal
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, MappedAsDataclass, column_property, composite, mapped_column, relationship
from sqlalchemy.types import JSON

from server.fields import IntegerColumn, Text
from server.realtime.resource.binding import bind
from server.realtime.resource.declaration import Undeclarable
from server.realtime.resource.resource import Resource
from tests.realtime.resource.things import Body, following, new_base, thing
from tests.support.fork_server import fork_server
from tests.support.ports import Port

pytestmark = pytest.mark.usefixtures("no_resources")


def _versioned() -> Resource:
    column = mapped_column(default=1)
    columns = {"__annotations__": {"version": Mapped[int]}, "version": column}
    return thing(columns | {"__mapper_args__": {"version_id_col": column}})


def _owning() -> Resource:
    base = new_base()
    child = {
        "__tablename__": "children",
        "__annotations__": {"id": Mapped[int], "thing_id": Mapped[int]},
        "id": mapped_column(primary_key=True),
        "thing_id": mapped_column(ForeignKey("things.id")),
    }
    children = relationship(type("Child", (base,), child), cascade="all, delete-orphan")
    return thing({"children": children}, base=base)


def _of_points() -> Resource:
    x, y = mapped_column("x", Integer), mapped_column("y", Integer)
    return thing({"x": x, "y": y, "point": composite(lambda *place: place, x, y)})


def _dataclass() -> Resource:
    extra = {"__annotations__": {"extra": Mapped[str]}, "extra": mapped_column(String(9), default="x")}
    return thing(extra, base=new_base(MappedAsDataclass))


def _column(name: str, *args: Any, **options: Any) -> Body:
    return {name: mapped_column(*args, **options)}


_METHOD = {"age": fields.Method("get", deserialize="get"), "get": lambda self, value: value}
# What makes the resource, and the line.
REFUSED: dict[str, tuple[Callable[[], Resource], str]] = {
    "__init__": (
        lambda: thing({"__init__": lambda self, **values: None}),
        "Thing.__init__: it is not called; give columns a default instead",
    ),
    "dataclass": (_dataclass, "Thing.__init__: it is not called; give columns a default instead"),
    "version_id_col": (_versioned, "Thing.version: .* leave version_id_col out"),
    "trigger": (
        lambda: thing(_column("stamp", String(10), server_onupdate=FetchedValue())),
        "Thing.stamp: what a trigger writes is not seen; use onupdate=",
    ),
    "onupdate of what clients write": (
        lambda: thing(_column("stamp", String(10), onupdate="now"), {"stamp": Text(2, 10)}),
        "ThingSchema.stamp: the server alone writes it .*; say dump_only=True",
    ),
    "Computed of what clients write": (
        lambda: thing(_column("twice", Integer, Computed("id * 2")), {"twice": IntegerColumn()}),
        "ThingSchema.twice: the server alone writes it .*; say dump_only=True",
    ),
    "Identity of another column": (
        lambda: thing(_column("extra", Integer, Identity())),
        "Thing.extra: a number that the database alone gives .*; leave Identity out",
    ),
    "Identity of the id, always": (
        lambda: thing(_column("id", Integer, Identity(always=True), primary_key=True)),
        "Thing.id: a number that the database alone gives .*; leave Identity out",
    ),
    "cascade": (_owning, "Thing.children: a cascade is not followed; leave it out, and say owned=True"),
    "composite": (_of_points, "Thing: a listener for '(load|after_insert)' is not called"),
    "mutable": (
        lambda: thing(_column("extra", MutableList.as_mutable(JSON()))),
        "Thing: a listener for 'load' is not called",
    ),
    "a column that the schema excludes": (
        lambda: thing(_column("secret", String(10)), {"Meta": {"exclude": ("secret",)}}),
        "Thing.secret: it is not in ThingSchema, .*; take it into the schema",
    ),
    "a foreign key without a Reference": (
        lambda: thing(_column("other_id", ForeignKey("things.id"))),
        "Thing.other_id: it is not in ThingSchema, .*; give it a Reference",
    ),
    "another name of a column": (
        lambda: thing(_column("nick", "extra", String(20))),
        "ThingSchema.extra: neither a column nor a Reference",
    ),
    "post_dump": (
        lambda: thing(schema={"change": post_dump(lambda self, data, **options: data)}),
        "ThingSchema.change: @post_dump is not called; use a computed field",
    ),
    "data_key": (
        lambda: thing(schema={"name": Text(2, 40, data_key="title")}),
        "ThingSchema.name: a field is called as its column is; leave data_key",
    ),
    "a field of no column": (
        lambda: thing(schema={"age": IntegerColumn()}),
        "ThingSchema.age: neither a column nor a Reference of the model, nor computed",
    ),
    "a method that loads": (
        lambda: thing(schema=_METHOD),
        "ThingSchema.age: neither a column nor a Reference of the model, nor computed",
    ),
    "a field of an expression": (
        lambda: thing({"twice": column_property(literal(1))}, {"twice": IntegerColumn()}),
        "ThingSchema.twice: neither a column nor a Reference of the model, nor computed",
    ),
}


def test_things_with_a_name_alone_are_served() -> None:
    resource = thing()
    bind(resource)
    assert list(resource.columns) == ["name"]


@pytest.mark.parametrize("declared", REFUSED)
def test_it_is_refused(declared: str) -> None:
    make, line = REFUSED[declared]
    resource = make()
    with pytest.raises(Undeclarable, match=f"^{line}"):
        bind(resource)


def test_a_computed_field_that_reads_another_record_raises() -> None:
    """A change of that record would not change the field of this one."""
    columns, declared = following()
    label = property(lambda self: f"{self.name}!" if self.next_id is None else self.next.name)
    resource = thing(columns | {"label": label}, declared | {"label": Text(dump_only=True)})
    bind(resource)
    assert resource.compute({"id": 1, "name": "One", "next_id": None}) == {"label": "One!"}
    with pytest.raises(TypeError, match=r"a computed field reads Thing\.next: it may read the columns alone"):
        resource.compute({"id": 2, "name": "Two", "next_id": 1})


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
        settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/gym.db", "PORT": str(port.number)}
        code, said = fork_server().end(("-c", f"{declared}; {command}"), **settings)
    finally:
        port.release()
    assert code != 0
    assert "Thing.name: its @validates is not called" in said
    assert "Traceback" not in said
