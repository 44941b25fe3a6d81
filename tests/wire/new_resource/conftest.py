"""A server with new resources."""

import sys
from collections.abc import Callable, Iterator

import pytest

from tests.support.gym import Gym
from tests.support.kinds import Kind
from tests.support.server import Server
from tests.wire.conftest import Connect


@pytest.fixture(scope="module")
def program() -> str:
    """The module to run."""
    return "tests.wire.new_resource.serve"


@pytest.fixture(scope="module")
def extended_server(server_kind: Kind, new_server: Callable[..., Server], program: str) -> Iterator[Server]:
    """A server that has the resources, shared by the tests of a file."""
    server = new_server((sys.executable, "-m", program))
    try:
        yield server.start()
    finally:
        server.close()


@pytest.fixture
def target(extended_server: Server) -> Server:
    """The server that `connect` connects to."""
    return extended_server


@pytest.fixture(autouse=True)
def observers() -> None:
    """The observers know the server's own four channels, and here are more: these tests do without."""


@pytest.fixture
def gym(connect: Connect) -> Gym:
    """A client that is sent `changes`, not arrays."""
    return Gym(connect(auth={"sync": True}))
