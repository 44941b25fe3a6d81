"""The server process that the tests of a worker share, and its log beside every failure."""

from collections.abc import Callable
from collections.abc import Generator
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.support.database import SQLiteDatabase
from tests.support.server import Server

hypothesis.settings.register_profile("spotter", deadline=None, print_blob=True)
hypothesis.settings.load_profile("spotter")

StartServer = Callable[..., Server]

FAILED = pytest.StashKey[bool]()
LOG_SIZES = pytest.StashKey[dict[Path, int]]()


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker of `own_server`."""
    config.addinivalue_line("markers", "settings(NAME=value): environment of the server that is this test's own")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what the servers wrote during a test that failed."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
        for server in Server.running:
            text = server.log(since=item.stash.get(LOG_SIZES, {}).get(server.log_path, 0))
            report.sections.append((f"server {server.pid} during {report.when}", text[-8000:]))
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Remember where each server's log was before the test."""
    item.stash[LOG_SIZES] = {server.log_path: server.log_size() for server in Server.running}


@pytest.fixture(scope="session", params=["sqlite"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Which databases the servers under test use, one after the other."""
    kind: str = request.param
    return kind


@pytest.fixture(scope="session")
def new_server(database_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Server]:
    """Makes a server with a database of its own, not started: new_server(ACCESS="required")."""
    assert database_kind == "sqlite"

    def make(**settings: str) -> Server:
        directory = tmp_path_factory.mktemp("server")
        return Server(directory, SQLiteDatabase(directory), settings)

    return make


@pytest.fixture(scope="session")
def server(new_server: Callable[..., Server]) -> Iterator[Server]:
    """The one that the tests of this worker share: they leave it empty, and running."""
    shared = new_server()
    try:
        yield shared.start()
    finally:
        shared.close()


@pytest.fixture
def start_server(new_server: Callable[..., Server]) -> Iterator[StartServer]:
    """Starts servers with settings of this test's own: start_server(LOG_LEVEL="DEBUG")."""
    started: list[Server] = []

    def start(**settings: str) -> Server:
        started.append(new_server(**settings))
        return started[-1].start()

    yield start
    for one in started:
        one.close()


@pytest.fixture
def own_server(request: pytest.FixtureRequest, start_server: Any) -> Server:
    """A server for this test alone, to kill and restart; @pytest.mark.settings(NAME="value") sets it up."""
    marker = request.node.get_closest_marker("settings")
    own: Server = start_server(**(marker.kwargs if marker else {}))
    return own
