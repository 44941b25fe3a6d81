"""What is declared of a column is done at a write here as the ORM does it, feature by feature."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    Computed,
    Identity,
    Integer,
    Numeric,
    String,
    TypeDecorator,
    create_engine,
    func,
    literal,
    text,
)
from sqlalchemy.orm import Session, column_property, deferred, mapped_column, synonym

from server.fields import Text
from server.realtime.resource.binding import bind_all
from server.realtime.resource.loading import load, load_deleted
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource
from server.realtime.resource.row_writer import RowWriter
from tests.realtime.resource.things import Body, thing

pytestmark = pytest.mark.usefixtures("no_resources")


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
    resource = thing(*SAME[feature]())
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
        assert store.insert(connection, _nothing, [values], [record["id"]], back=True) == [record]


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
