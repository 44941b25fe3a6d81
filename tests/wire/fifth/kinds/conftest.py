"""A server with a resource that has a column of each kind."""

import sys
from collections.abc import Callable
from collections.abc import Iterator

import pytest

from tests.support.kinds import Kind
from tests.support.server import Server


@pytest.fixture(scope="module")
def with_lockers(server_kind: Kind, new_server: Callable[..., Server]) -> Iterator[Server]:
    """A server that has `lockers`, shared by this folder's tests."""
    server = new_server((sys.executable, "-m", "tests.wire.fifth.kinds.serve"))
    try:
        yield server.start()
    finally:
        server.close()


@pytest.fixture
def target(with_lockers: Server) -> Server:
    """The server that `connect` connects to."""
    return with_lockers
