"""The server process that the tests of a worker share, and its log beside every failure."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.support.database import Database, SQLiteDatabase
from tests.support.gym import Gym, empty
from tests.support.kinds import ALL, KINDS, Kind, is_wanted, kinds_of
from tests.support.postgres import Postgres
from tests.support.program import SERVER, Program
from tests.support.redis import URL as REDIS_URL
from tests.support.redis import need_redis
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.workers import LONG, ByServer

hypothesis.settings.register_profile("spotter", deadline=None, print_blob=True)
hypothesis.settings.load_profile("spotter")

StartServer = Callable[..., Server]

FAILED = pytest.StashKey[bool]()
ASKED_FOR = pytest.StashKey[frozenset[str]]()
LOG_SIZES = pytest.StashKey[dict[Path, int]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Which kinds of server to test."""
    names = ",".join([*KINDS, ALL])
    parser.addoption("--kinds", default="", help=f"kinds of server, of {names}; otherwise some of them, and a sample")


def pytest_configure(config: pytest.Config) -> None:
    """Name the markers, and read the option."""
    config.addinivalue_line("markers", "kinds(*names, reason): run this test on these kinds of server only")
    config.addinivalue_line("markers", "settings(NAME=value): environment of the server that is this test's own")
    config.stash[ASKED_FOR] = frozenset(filter(None, config.getoption("kinds").split(",")))
    if not config.stash[ASKED_FOR] <= {*KINDS, ALL}:
        raise pytest.UsageError(f"--kinds: known are {', '.join([*KINDS, ALL])}")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test that has a server gets it in all the kinds that it is for."""
    if "server_kind" in metafunc.fixturenames:
        metafunc.parametrize("server_kind", kinds_of(metafunc.definition), indirect=True, scope="session")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not asked for, and begin with what takes longest."""
    names = config.stash[ASKED_FOR]
    config.hook.pytest_deselected(items=[item for item in items if not is_wanted(item, names)])
    items[:] = [item for item in items if is_wanted(item, names)]
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByServer:
    """Divide the tests between the workers of `-n` by the servers that they share, in their order."""
    config.option.loadscopereorder = False
    return ByServer(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what the servers wrote during a test that failed."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
        for server in Server.running:
            text = server.log(since=item.stash.get(LOG_SIZES, {}).get(server.log_path, 0))
            report.sections.append((f"server {server.pids} during {report.when}", text[-8000:]))
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Remember where each server's log was before the test."""
    item.stash[LOG_SIZES] = {server.log_path: server.log_size() for server in Server.running}


@pytest.fixture(scope="session")
def server_kind(request: pytest.FixtureRequest) -> Kind:
    """How the servers under test are run: one kind after the other."""
    kind = KINDS[request.param]
    if kind.processes > 1:
        need_redis()
    return kind


@pytest.fixture(scope="session")
def new_database(server_kind: Kind) -> Iterator[Callable[[Path], Database]]:
    """Makes an empty database for one server, which keeps its files, if it has any, in the directory."""
    if server_kind.postgres:
        with closing(Postgres()) as postgres:
            yield postgres.new_database
    else:
        yield SQLiteDatabase


@pytest.fixture(scope="session")
def new_server(
    server_kind: Kind, new_database: Callable[[Path], Database], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Server]:
    """Makes a server with a database of its own, not started: new_server(ACCESS="required")."""

    def make(program: Program = SERVER, **settings: str) -> Server:
        directory = tmp_path_factory.mktemp("server")
        if server_kind.processes > 1:
            settings = {"REDIS_URL": REDIS_URL, **settings}
        return Server(directory, new_database(directory), settings, program, server_kind.processes)

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


@pytest.fixture
def gym(server: Server) -> Iterator[Gym]:
    """A plain client that makes records; they are deleted again."""
    with closing(Client(server.port)) as client:
        client.welcome()
        yield Gym(client)
    with closing(Client(server.port)) as client:
        empty(client)
