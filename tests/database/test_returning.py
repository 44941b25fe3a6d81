"""A statement that gives back its row does what SQLAlchemy does with it, for every type of column."""

import enum
import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Engine,
    Enum,
    Float,
    Integer,
    Interval,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    Time,
    TypeDecorator,
    Uuid,
    bindparam,
    create_engine,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from server.database.returning import Returning
from tests.support.postgres_cluster import PostgresCluster


class Belt(enum.Enum):
    """Stored by name, as SQLAlchemy does."""

    WHITE = "white"
    BLACK = "black"


class Reversed(TypeDecorator[str]):
    """What is stored backwards."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        return None if value is None else value[::-1]

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        return None if value is None else value[::-1]


VALUES: dict[str, tuple[Any, list[Any]]] = {
    "text": (String(40), ["Ada", "", "%s 'Ö' :x", None]),
    "number": (Integer, [0, -5, 2**31 - 1, None]),
    "yes": (Boolean, [True, False, None]),
    "price": (Numeric(12, 3), [Decimal("1.500"), Decimal("-0.001"), None]),
    "share": (Float, [0.1, -2.5e10, None]),
    "day": (Date, [date(2026, 11, 28), None]),
    "hour": (Time, [time(9, 30), None]),
    "moment": (DateTime, [datetime(2026, 11, 28, 9, 30, 1, 5), None]),
    "instant": (DateTime(timezone=True), [datetime(2026, 11, 28, 9, tzinfo=UTC), None]),
    "length": (Interval, [timedelta(minutes=90), None]),
    "belt": (Enum(Belt), [Belt.BLACK, None]),
    "notes": (JSON, [{"a": [1, "Ö", None]}, [], "x", None]),
    "key": (Uuid, [uuid.UUID(int=5), None]),
    "photo": (LargeBinary, [b"\x00\xff", None]),
    "backwards": (Reversed(40), ["abc", None]),
    "odd name": (Integer, [7, None]),
}
TABLE = Table(
    "things",
    MetaData(),
    Column("id", Integer, primary_key=True),
    *(Column(name, kind) for name, (kind, _) in VALUES.items()),
    CheckConstraint("number > -10"),
)
CLOCK = Table(
    "clocks",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("name", String(40)),
    Column("turns", Integer, onupdate=lambda: 5),
)


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgresCluster]:
    """A cluster for this file."""
    with closing(PostgresCluster()) as one:
        yield one


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """With one thing and one clock in it."""
    url = f"sqlite:///{tmp_path}/things.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").url
    made = create_engine(url)
    for table in (TABLE, CLOCK):
        table.metadata.drop_all(made)
        table.metadata.create_all(made)
    with made.begin() as connection:
        connection.execute(insert(TABLE), {"id": 1, "text": "first"})
        connection.execute(insert(CLOCK), {"id": 1, "name": "first"})
    yield made
    made.dispose()


def _write(table: Table, *names: str) -> Any:
    values = {name: bindparam(name) for name in names}
    return update(table).where(table.c.id == bindparam("record")).values(values)


@pytest.mark.parametrize(("name", "value"), [(name, one) for name, (_, values) in VALUES.items() for one in values])
def test_a_value_is_stored_and_given_back_as_sqlalchemy_does_it(engine: Engine, name: str, value: Any) -> None:
    statement, values = _write(TABLE, name), {"record": 1, name: value}
    with engine.begin() as connection:
        wanted = dict(connection.execute(statement.returning(*TABLE.c), values).mappings().one())
        stored = connection.exec_driver_sql("SELECT * FROM things").one()
        connection.execute(_write(TABLE, name), {"record": 1, name: None})
        returning = Returning(statement)
        for _ in range(2):
            found = returning.run(connection, values)
            assert found == wanted
            assert [type(one) for one in found.values()] == [type(one) for one in wanted.values()]
        assert connection.exec_driver_sql("SELECT * FROM things").one() == stored
        # Nothing of the statement is still under way.
        assert connection.scalar(select(TABLE.c.id)) == 1


def test_several_values_at_once_and_a_row_that_is_not_there(engine: Engine) -> None:
    returning = Returning(_write(TABLE, "price", "belt", "text"))
    values = {"belt": Belt.WHITE, "text": "x", "price": Decimal("2.000")}
    with engine.begin() as connection:
        found = returning.run(connection, {"record": 1, **values})
        assert found is not None
        assert {name: found[name] for name in values} == values
        assert returning.run(connection, {"record": 2, **values}) is None


def test_what_a_column_computes_in_python_is_computed(engine: Engine) -> None:
    with engine.begin() as connection:
        found = Returning(_write(CLOCK, "name")).run(connection, {"record": 1, "name": "second"})
        assert found == {"id": 1, "name": "second", "turns": 5}


def test_a_refusal_is_sqlalchemys(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(IntegrityError):
        Returning(_write(TABLE, "number")).run(connection, {"record": 1, "number": -10})
