"""A server with the fifth resource."""

import sys
from collections.abc import Callable
from collections.abc import Iterator

import pytest

from tests.support.gym import Gym
from tests.support.kinds import Kind
from tests.support.server import Server
from tests.wire.conftest import Connect


@pytest.fixture(scope="module")
def with_guests(server_kind: Kind, new_server: Callable[..., Server]) -> Iterator[Server]:
    """A server that has `guests`, shared by this folder's tests."""
    server = new_server((sys.executable, "-m", "tests.wire.fifth.serve"))
    try:
        yield server.start()
    finally:
        server.close()


@pytest.fixture
def target(with_guests: Server) -> Server:
    """The server that `connect` connects to."""
    return with_guests


@pytest.fixture(autouse=True)
def watch() -> None:
    """The observers know four channels; here there is a fifth, so these tests look for themselves."""


@pytest.fixture
def gym(connect: Connect) -> Gym:
    """A client that is sent `changes`, not arrays."""
    return Gym(connect(auth={"sync": True}))
