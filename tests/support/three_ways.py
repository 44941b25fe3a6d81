"""Records of every kind of field, asked three ways: in SQLite, in PostgreSQL, and as they are sent."""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Enum, String, Table, create_engine, event, select
from sqlalchemy.exc import SAWarning
from sqlalchemy.schema import sort_tables

from server import resources
from server.accounts.usernames import claim
from server.database.engines import give_functions
from server.extensions import db
from server.realtime.resource.binding import bind_all
from server.realtime.resource.loading import load
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource
from server.realtime.resource.row_writer import RowWriter
from server.realtime.selection.page import Page
from server.realtime.selection.where import parse
from server.realtime.selection.where_records import predicate
from server.realtime.selection.where_sql import condition
from tests.support.postgres import Postgres

FURTHER = (
    "tests.wire.new_resource.resources.guests",
    *(
        f"tests.wire.new_resource.all_fields.resources.{name}"
        for name in ("bookings", "lockers", "routines", "tickets")
    ),
)
# The tables of these, which a module makes when it is first imported.
_TABLES: list[Table] = []
CHANNELS = ("coaches", "exercise_moves", "workout_plans", "schedules", "guests", "bookings", "lockers", "routines")


def _claim(connection: Connection, username: str, coach: int) -> Mapping[str, Any]:
    return claim(connection, username, None)


@contextmanager
def registered() -> Iterator[list[Table]]:
    """The gym's resources and further ones, for a while, and the tables of all: other tests see the gym's alone."""
    resources.load()
    known, tables = Resource.registry, set(db.metadata.tables.values())
    # What is imported again makes nothing again.
    modules = [import_module(module) for module in FURTHER]
    Resource.registry = known | {module.resource.channel: module.resource for module in modules}
    try:
        bind_all()
        linked_row = Resource.registry["coaches"].linked_row
        assert linked_row is not None
        linked_row.claim = _claim
        _TABLES.extend(set(db.metadata.tables.values()) - tables)
        yield sort_tables([*tables, *_TABLES])
    finally:
        Resource.registry = known
        for module in modules:
            known.pop(module.resource.channel, None)
        for table in _TABLES:
            db.metadata.remove(table)
        bind_all()


class ThreeWays:
    """The same records in both databases and in `records`, by channel and id."""

    def __init__(self, connections: list[Connection]) -> None:
        self.connections = connections
        self._writers = {channel: RowWriter(resource) for channel, resource in Resource.registry.items()}
        self.records: dict[str, dict[int, Record]] = {channel: {} for channel in self._writers}

    def write(self, channel: str, fields: Record, number: int | None = None) -> Record:
        """A new record everywhere."""
        resource = Resource.registry[channel]
        values = load(resource, fields, partial=False)
        for connection in self.connections:
            ids = [] if number is None else [number]
            [record] = self._writers[channel].insert(connection, self._read, [dict(values)], ids)
            # So that both databases give the next the same id, whatever was rolled back.
            number = record["id"]
        sent: Record = orjson.loads(orjson.dumps(record))
        self.records[channel][sent["id"]] = sent
        return sent

    def delete(self, channel: str, number: int) -> None:
        """Remove it everywhere."""
        for connection in self.connections:
            self._writers[channel].delete(connection, [number])
        del self.records[channel][number]

    def found(self, channel: str, where: Any) -> list[int]:
        """The ids of what a filter finds, the same three ways."""
        resource = Resource.registry[channel]
        filtered = parse(resource, where)
        is_wanted = predicate(filtered)
        wanted = [number for number, record in sorted(self.records[channel].items()) if is_wanted(record)]
        statement = select(resource.table.c.id).where(condition(filtered)).order_by(resource.table.c.id)
        for connection in self.connections:
            found = list(connection.scalars(statement))
            assert found == wanted, (connection.dialect.name, channel, where)
        return wanted

    def page(self, channel: str, asked: Any) -> tuple[list[int], str | None]:
        """The ids of a part of a list and the cursor of the next, the same three ways."""
        page = Page.parse(Resource.registry[channel], asked)
        records = self.records[channel]
        shown, cursor = page.of(records.values())
        wanted = [record["id"] for record in shown]
        for connection in self.connections:
            rows = connection.execute(page.statement()).all()
            found = [records[number] for number, *_ in rows]
            assert [page.place(row) for row in rows] == [page.order.place(record) for record in found]
            assert connection.scalar(page.count()) == len(self.found(channel, asked.get("where")))
            assert ([record["id"] for record in page.cut(found)[0]], page.cut(found)[1]) == (wanted, cursor), (
                connection.dialect.name,
                channel,
                asked,
            )
        return wanted, cursor

    @contextmanager
    def for_a_while(self) -> Iterator[None]:
        """What is written in the block is taken back at its end."""
        before = {channel: dict(records) for channel, records in self.records.items()}
        savepoints = [connection.begin_nested() for connection in self.connections]
        try:
            yield
        finally:
            for savepoint in savepoints:
                savepoint.rollback()
            self.records = before

    def _read(self, channel: str, number: int) -> Record | None:
        return self.records[channel].get(number)


@contextmanager
def three_ways(directory: Path) -> Iterator[ThreeWays]:
    """Empty ones."""
    with ExitStack() as stack:
        tables = stack.enter_context(registered())
        postgres = Postgres()
        stack.callback(postgres.close)
        database = postgres.new_database(directory)
        stack.callback(database.drop)
        connections = []
        for url in (f"sqlite:///{directory}/gym.db", database.url):
            engine = create_engine(url)
            stack.callback(engine.dispose)
            if engine.dialect.name == "sqlite":
                event.listen(engine, "connect", lambda connection, _: give_functions(connection))
            with warnings.catch_warnings():
                # PostgreSQL stores what is computed.
                warnings.simplefilter("ignore", SAWarning)
                for table in tables:
                    table.create(engine)
            connections.append(stack.enter_context(engine.connect()))
            if engine.dialect.name == "postgresql":
                _sort_as_people_do(connections[-1], tables)
        yield ThreeWays(connections)


def _sort_as_people_do(connection: Connection, tables: list[Table]) -> None:
    """Let PostgreSQL's texts be in an order that is not that of code points, as it is where it has a locale."""
    for table in tables:
        for column in table.c:
            if isinstance(column.type, String) and not isinstance(column.type, Enum):
                kind = column.type.compile(connection.dialect)
                connection.exec_driver_sql(
                    f'ALTER TABLE {table.name} ALTER COLUMN "{column.name}" TYPE {kind} COLLATE "und-x-icu"'
                )


def fill(ways: ThreeWays, rows: dict[str, list[Record]]) -> None:
    """Write these records of each channel."""
    for channel, several in rows.items():
        for fields in several:
            ways.write(channel, fields)
