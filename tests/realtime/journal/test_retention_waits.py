"""Another program holds the lock of SQLite's file for a while: the journal is trimmed after that, not an hour later."""

import time

import gevent
import pytest

from server.database.engines import UNREACHABLE
from server.database.postgresql import PATIENCE_SECONDS
from server.realtime.journal.retention import Retention
from tests.support.gym import Gym
from tests.support.prepared_engine import prepared_engine
from tests.support.server import Server
from tests.support.socketio_client import Client

COMMITS = 10
# Longer than SQLite itself waits for a lock here, and shorter than anybody's patience.
HELD_SECONDS = 1.2


@pytest.fixture
def stopped(own_server: Server) -> Server:
    """A server that left a journal which can be trimmed."""
    client = Client(own_server.port)
    client.welcome()
    coach = Gym(client).new("coach")["id"]
    client.pipeline([("update_coach", {"id": coach, "name": f"Name {number}"}) for number in range(COMMITS)])
    client.close()
    own_server.stop()
    return own_server


def test_trimming_waits_for_the_lock_and_others_are_served_meanwhile(stopped: Server) -> None:
    with prepared_engine(stopped.database.url) as engine:
        with stopped.database.locked():
            trimming = gevent.spawn(Retention(engine, days=1, commits=1).trim)
            turns, until = 0, time.monotonic() + HELD_SECONDS
            while time.monotonic() < until:
                gevent.sleep(0.01)
                turns += 1
            assert turns > 5, "others are served meanwhile"
            assert not trimming.ready()
        assert trimming.get(timeout=10) == stopped.database.newest_commit() - 1


def test_a_lock_that_is_not_let_go_is_given_up_as_writes_do(stopped: Server) -> None:
    with prepared_engine(stopped.database.url) as engine, stopped.database.locked():
        began = time.monotonic()
        with pytest.raises(UNREACHABLE, match="locked"):
            Retention(engine, days=1, commits=1).trim()
        assert PATIENCE_SECONDS - 1 < time.monotonic() - began < PATIENCE_SECONDS + 10
