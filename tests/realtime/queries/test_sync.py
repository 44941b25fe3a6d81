"""The journal is trimmed while a delta is read from it: between any two of its statements, if there were two."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from types import SimpleNamespace
from typing import cast
from unittest.mock import Mock

import orjson
import pytest
from sqlalchemy import Engine

from server.realtime.journal.replica import Replica
from server.realtime.journal.state import State
from server.realtime.queries.publisher import Publisher
from server.realtime.queries.sync import Cursor, Sync
from server.realtime.resource.resource import Resource
from server.realtime.resource.view import EVERYTHING
from tests.support.gym import Gym
from tests.support.postgres_proxy import PostgresProxy
from tests.support.prepared_engine import prepared_engine
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.trim import trim


@pytest.fixture
def held() -> Iterator[PostgresProxy]:
    """A proxy to PostgreSQL that only the connection of the delta goes through."""
    with closing(PostgresProxy()) as one:
        yield one


@pytest.fixture
def engine(own_server: Server, held: PostgresProxy) -> Iterator[Engine]:
    """The engine of another process on the same database."""
    with prepared_engine(held.url(own_server.database.url)) as made:
        yield made


@pytest.mark.kinds("postgres-two", reason="SQLite reads what there was when the transaction began")
def test_a_delta_has_the_deletion_that_is_trimmed_meanwhile(
    own_server: Server, held: PostgresProxy, engine: Engine
) -> None:
    with closing(Client(own_server.port)) as client:
        client.welcome()
        gym = Gym(client)
        deleted = gym.new("coach")
        known = client.ok("sync")
        gym.delete("coach", deleted)
        newest = gym.new("coach")
    replica = Replica(State(Resource.registry))
    with engine.connect() as connection:
        replica.load(connection)
    publisher = SimpleNamespace(seq=replica.state.seq, follow=lambda client: None)
    sync = Sync(engine, replica, cast(Publisher, publisher), Mock())
    held.hold(b"journal_")
    with ThreadPoolExecutor(1) as reader:
        reading = reader.submit(sync.catch_up, Mock(view=EVERYTHING), Cursor(known["epoch"], known["seq"]))
        held.wait()
        try:
            assert trim(own_server.database.url, keep=1) > known["seq"]
        finally:
            held.release()
        answer = orjson.loads(reading.result(20)())
    if answer["mode"] != "snapshot":
        changes = [(change["type"], change["id"]) for change in answer["changes"]]
        assert changes == [("del", deleted["id"]), ("put", newest["id"])]
