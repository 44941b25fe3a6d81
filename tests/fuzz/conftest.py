"""How much is tried: FUZZ_INPUTS in the environment, shared by the tests of this folder."""

import os
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.support.server import Server
from tests.support.socketio_client import Client

_TESTS = 5
INPUTS = int(os.environ.get("FUZZ_INPUTS", "300"))
SETTINGS = settings(
    max_examples=max(1, INPUTS // _TESTS),
    deadline=None,
    database=None,
    print_blob=True,
    # One server takes all of it on purpose: what an input leaves behind is what the next one meets.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def server(new_server: Callable[..., Server]) -> Iterator[Server]:
    """One for the tests of a file: what they have written stays."""
    own = new_server()
    try:
        yield own.start()
    finally:
        own.close()


@pytest.fixture(scope="module")
def witness(server: Server) -> Iterator[Client]:
    """Somebody who is served all the while."""
    client = Client(server.port, auth={"sync": True})
    client.next_event("sync")
    yield client
    client.close()
