"""What tests of the pages share."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support.gym import Gym
from tests.support.gym import empty
from tests.support.server import Server
from tests.support.wire import Client


@pytest.fixture
def gym(server: Server) -> Iterator[Gym]:
    """A plain client that makes records; they are deleted again."""
    with closing(Client(server.port)) as client:
        client.welcome()
        yield Gym(client)
    with closing(Client(server.port)) as client:
        empty(client, client.welcome()[1])
