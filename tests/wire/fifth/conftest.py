"""A server with the fifth resource."""

import sys
from collections.abc import Iterator

import pytest

from tests.support.database import SQLiteDatabase
from tests.support.gym import Gym
from tests.support.server import Server
from tests.wire.conftest import Connect


@pytest.fixture(scope="module")
def with_members(database_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that has `members`, shared by this folder's tests."""
    directory = tmp_path_factory.mktemp("fifth")
    server = Server(directory, SQLiteDatabase(directory), command=(sys.executable, "-m", "tests.wire.fifth.serve"))
    try:
        yield server.start()
    finally:
        server.close()


@pytest.fixture
def target(with_members: Server) -> Server:
    """The server that `connect` connects to."""
    return with_members


@pytest.fixture(autouse=True)
def watch() -> None:
    """The observers know four channels; here there is a fifth, so these tests look for themselves."""


@pytest.fixture
def gym(connect: Connect) -> Gym:
    """A client that is sent `changes`, not arrays."""
    return Gym(connect(auth={"sync": True}))
