"""UIDs of the calendar's events: the same for a class on whatever database, and of no other gym."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine, MetaData, create_engine

from tests.conftest import StartServer
from tests.support.calendar import uids
from tests.support.database import Database, SQLiteDatabase
from tests.support.environment import ROOT
from tests.support.flask import flask
from tests.support.fork_server import fork_server
from tests.support.gym import Gym
from tests.support.postgres import Postgres
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.waiting import wait_until


def test_two_gyms_share_no_uid(start_server: StartServer, server: Server, gym: Gym) -> None:
    gym.new("schedule")
    other = start_server()
    with closing(Client(other.port)) as client:
        Gym(client).new("schedule")
        assert not set(uids(server)) & set(uids(other))


@contextmanager
def engine_of(database: Database) -> Iterator[Engine]:
    """For a block."""
    engine = create_engine(database.url)
    try:
        yield engine
    finally:
        engine.dispose()


def move(source: Database, target: Database) -> None:
    """Copy every row of every table into the tables that a server has made there."""
    with engine_of(source) as old, engine_of(target) as new:
        tables = MetaData()
        tables.reflect(new)
        with old.connect() as reading, new.begin() as writing:
            for table in reversed(tables.sorted_tables):
                writing.execute(table.delete())
            for table in tables.sorted_tables:
                rows = [dict(row._mapping) for row in reading.execute(table.select())]
                if rows:
                    writing.execute(table.insert(), rows)


def test_uids_survive_every_move_of_the_data(tmp_path: Path) -> None:
    """A backup put back, a new epoch, and PostgreSQL at another port under another name."""
    database = SQLiteDatabase(tmp_path)
    server = Server(tmp_path, database)
    try:
        server.start()
        with closing(Client(server.port)) as client:
            epoch = client.welcome()[0]["epoch"]
            gym = Gym(client)
            schedules = [gym.new("schedule") for _ in range(3)]
            known = uids(server)
            assert len(set(known)) == 3
            put_back = database.back_up()
            gym.update("schedule", id=schedules[0]["id"], hour="1800")
            gym.delete("schedule", schedules[1])
        assert uids(server) == [known[0], known[2]]
        server.stop()
        put_back()
        server.start()
        with closing(Client(server.port)) as client:
            assert client.welcome()[0]["epoch"] != epoch, "it was restored"
        assert uids(server) == known
        with closing(Postgres()) as postgres:
            target = postgres.new_database(tmp_path)
            elsewhere = tmp_path / "elsewhere"
            elsewhere.mkdir()
            moved = Server(elsewhere, target, {"ALLOWED_ORIGINS": "https://elsewhere.example"})
            try:
                moved.start()
                moved.stop()
                move(database, target)
                moved.start()
                assert uids(moved) == known
            finally:
                moved.close()
    finally:
        server.close()


def test_calendars_of_before_go_on(own_server: Server) -> None:
    """Until a gym had an identity its events were named after the epoch."""
    with closing(Client(own_server.port)) as client:
        epoch = client.welcome()[0]["epoch"]
        schedule = Gym(client).new("schedule")
    own_server.stop()
    [path] = (ROOT / "migrations" / "versions").glob("*_the_gym_has_an_identity.py")
    [before] = re.findall(r'^down_revision = "(\w+)"$', path.read_text(), re.MULTILINE)
    flask(own_server.database.url, "db", "downgrade", before)
    own_server.start()
    assert uids(own_server) == [f"schedule-{schedule['id']}@{epoch}"]


def test_a_seed_is_another_gym_with_the_same_ids(start_server: StartServer) -> None:
    server = start_server()
    with closing(Client(server.port)) as client:
        Gym(client).new("schedule")
    before = uids(server)
    fork_server().run(("seed.py", "--replace", "--schedules", "5"), DATABASE_URL=server.database.url)
    wait_until(lambda: len(uids(server)) == 5, "the server has the new gym")
    assert not set(before) & set(uids(server))
