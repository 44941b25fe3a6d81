"""Two server processes on a PostgreSQL and a Redis that are these tests' own."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest

from tests.support.postgres_cluster import PostgresCluster
from tests.support.redis_process import RedisProcess
from tests.support.server import Server


@dataclass
class Site:
    """Both processes, and what they share."""

    postgres: PostgresCluster
    redis: RedisProcess
    one: Server
    other: Server

    @property
    def servers(self) -> tuple[Server, Server]:
        """The two processes."""
        return self.one, self.other


@pytest.fixture(autouse=True)
def observers() -> None:
    """Takes the place of the observers of `tests/wire`: here databases go away, and logs may say so."""


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgresCluster]:
    """A cluster that takes seconds to make, for all tests of a file; they leave it running."""
    with closing(PostgresCluster()) as own:
        yield own


class Shared:
    """The database of two servers, which neither may drop."""

    def __init__(self, url: str) -> None:
        self.url = url

    def drop(self) -> None:
        """Leave it to its maker."""


@pytest.fixture(scope="module")
def site(postgres: PostgresCluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Two processes, shared by the tests of a file; they leave them running and reachable."""
    redis = RedisProcess(tmp_path_factory.mktemp("redis")).start()
    servers = [
        Server(tmp_path_factory.mktemp("server"), Shared(postgres.url), {"REDIS_URL": redis.url}) for _ in range(2)
    ]
    try:
        for server in servers:
            server.start()
        yield Site(postgres, redis, *servers)
    finally:
        for server in servers:
            server.close()
        redis.close()
