"""A server with new resources."""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from tests.support.gym import Gym
from tests.support.program import Program
from tests.support.server import Server
from tests.wire.conftest import Connect


@pytest.fixture(scope="module")
def program() -> Program:
    """What to run."""
    return ("tests.wire.new_resource.serve",)


@pytest.fixture(scope="module")
def extended_server(new_server: Callable[..., Server], program: Program) -> Iterator[Server]:
    """A server that has the resources, shared by the tests of a file."""
    with closing(new_server(program)) as server:
        yield server.start()


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
