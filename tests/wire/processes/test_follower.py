"""Processes without Redis: each reads the commits of the others by looking once a second."""

from contextlib import closing

import pytest

from tests.support.gym import Gym
from tests.support.server import Server
from tests.support.socketio_client import Client

pytestmark = pytest.mark.kinds("sqlite", "postgres", reason="a database fails for each process by itself")


def test_processes_need_no_message_queue_to_hear_of_each_other(own_server: Server) -> None:
    with (
        own_server.another_process() as other,
        closing(Client(own_server.port)) as here,
        closing(Client(other.port)) as plain,
        closing(Client(other.port, auth={"sync": True})) as synced,
    ):
        synced.next_event("sync")
        plain.welcome()
        coach = Gym(here).new("coach")
        assert plain.next_event("coaches", 5).args[0] == [coach]
        changes = next(
            event for event in iter(lambda: synced.next_event("changes", 5).args[0], None) if event["changes"]
        )
        assert changes["changes"][0]["record"] == coach
