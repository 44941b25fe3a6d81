"""Copies between the two databases: every kind of value, rows that refer to their own table, and what differs shows."""

import datetime
from collections.abc import Iterator
from contextlib import ExitStack, closing
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Computed,
    Connection,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Time,
    create_engine,
    insert,
    select,
    update,
)

from server.database import copying
from tests.support.postgres import Postgres

METADATA = MetaData()
THINGS = Table(
    "things",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("text", String(40)),
    Column("price", Numeric(10, 2)),
    Column("part", Float),
    Column("on", Boolean),
    Column("day", Date),
    Column("time", Time),
    Column("at", DateTime(timezone=True)),
    Column("local", DateTime),
    Column("data", JSON),
    Column("double", Integer, Computed("id * 2", persisted=True)),
    Column("parent", ForeignKey("things.id")),
)
PAIRS = Table(
    "pairs",
    METADATA,
    Column("name", String(20), primary_key=True),
    Column("thing", ForeignKey("things.id"), primary_key=True),
)
MOMENT = datetime.datetime(2026, 12, 24, 23, 30, 0, 250_000)
ROWS = [
    {
        "id": 1, "text": "Zo\u00eb \U0001f3cb 'x'\n", "price": Decimal("1234.50"), "part": 0.1, "on": True,
        "day": datetime.date(2026, 2, 28), "time": datetime.time(9, 0, 1), "at": MOMENT.replace(tzinfo=datetime.UTC),
        "local": MOMENT, "data": {"b": [1, None, "\u00e9"], "a": 0.5}, "parent": 3,
    },
    {"id": 3, "text": "", "price": Decimal("-0.01"), "on": False, "data": None, "parent": 3},
]  # fmt: skip


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Connection, Connection, Connection]]:
    """Connections to an SQLite database with rows, an empty PostgreSQL one, and an empty SQLite one."""
    with ExitStack() as stack:
        database = stack.enter_context(closing(Postgres())).new_database(tmp_path)
        stack.callback(database.drop)
        connections = []
        for url in (f"sqlite:///{tmp_path}/one.db", database.url, f"sqlite:///{tmp_path}/two.db"):
            engine = create_engine(url)
            stack.callback(engine.dispose)
            connection = stack.enter_context(engine.connect())
            METADATA.create_all(connection)
            connections.append(connection)
        # One by one: SQLAlchemy wants the same columns in all rows of one statement.
        for row in ROWS:
            connections[0].execute(insert(THINGS), row)
        connections[0].execute(insert(THINGS), [{"id": number, "text": f"{number}"} for number in range(10, 2_200)])
        connections[0].execute(insert(PAIRS), [{"name": name, "thing": 3} for name in ("b", "B", "a", "\u00c4")])
        yield connections[0], connections[1], connections[2]


def test_there_and_back_all_is_as_it_was(both: tuple[Connection, Connection, Connection]) -> None:
    one, postgres, two = both
    assert copying.filled(postgres, METADATA) == []
    for source, target in ((one, postgres), (postgres, two)):
        for table in METADATA.sorted_tables:
            copying.copy(source, target, table)
            assert copying.content(source, table) == copying.content(target, table)
    assert copying.filled(two, METADATA) == ["things", "pairs"]
    for table in METADATA.sorted_tables:
        order = select(table).order_by(*table.primary_key)
        assert one.execute(order).all() == two.execute(order).all()
    assert copying.content(one, THINGS).rows == len(ROWS) + 2_190
    seen = postgres.execute(select(THINGS.c.at, THINGS.c.double, THINGS.c.parent).where(THINGS.c.id == 1)).one()
    assert seen == (MOMENT.replace(tzinfo=datetime.UTC), 2, 3)
    copying.empty(two, METADATA)
    assert copying.filled(two, METADATA) == []


@pytest.mark.parametrize("column", ["text", "price", "part", "on", "day", "time", "at", "local", "data", "parent"])
def test_a_value_that_differs_shows(both: tuple[Connection, Connection, Connection], column: str) -> None:
    one, *_ = both
    before = copying.content(one, THINGS)
    one.execute(update(THINGS).where(THINGS.c.id == 1).values({column: None}))
    after = copying.content(one, THINGS)
    assert after.rows == before.rows and after.digest != before.digest
