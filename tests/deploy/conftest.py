"""Two processes on one PostgreSQL database, and nginx before them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.deploy.nginx import ORIGIN, Nginx
from tests.support.accounts_server import AccountsServer
from tests.support.http import ask
from tests.support.postgres import Postgres, PostgresDatabase
from tests.support.redis import URL as REDIS_URL
from tests.support.redis import need_redis
from tests.support.server import Server
from tests.support.waiting import wait_until

SETTINGS = {
    "ACCESS": "required",
    "ALLOWED_ORIGINS": ORIGIN,
    "TRUSTED_PROXIES": "1",
    "REDIS_URL": REDIS_URL,
    "LOG_FORMAT": "json",
}


@dataclass
class Site:
    """What a visitor knows is `nginx`; `token` is an admin's."""

    nginx: Nginx
    processes: tuple[Server, Server]
    database: PostgresDatabase
    token: str

    def settle(self) -> None:
        """Return when both processes know all that is committed: they hear of each other's commits a moment later."""
        newest = self.database.newest_commit()
        wait_until(
            lambda: all(_number(process, "spotter_published_seq") >= newest for process in self.processes),
            "both processes know all commits",
        )


def clients(process: Server) -> int:
    """How many are connected to it."""
    return _number(process, "spotter_clients")


def _number(process: Server, name: str) -> int:
    """One of its metrics, all labels together."""
    families = text_string_to_metric_families(ask(process, "/metrics")[2].decode())
    [family] = [one for one in families if one.name == name]
    return int(sum(sample.value for sample in family.samples))


@pytest.fixture(scope="package")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], PostgresDatabase]]:
    """Makes an empty PostgreSQL database; the caller drops it."""
    with closing(Postgres()) as postgres:
        yield lambda: postgres.new_database(tmp_path_factory.mktemp("database"))


@pytest.fixture(scope="package")
def site(new_database: Callable[[], PostgresDatabase], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A gym as it is on the internet. Each test leaves both processes running."""
    need_redis()
    with ExitStack() as stack:
        database = new_database()
        stack.callback(database.drop)
        processes = [Server(tmp_path_factory.mktemp("process"), database, SETTINGS) for _ in range(2)]
        for process in processes:
            stack.callback(process.leave)
        nginx = Nginx(tmp_path_factory.mktemp("nginx"), (processes[0].port, processes[1].port))
        stack.callback(nginx.close)
        for process in processes:
            process.start()
        nginx.start()
        accounts_server = AccountsServer(processes[0])
        token = accounts_server.log_in(accounts_server.admin, "admin")
        accounts_server.close()
        yield Site(nginx, (processes[0], processes[1]), database, token)


@pytest.fixture
def quiet(site: Site) -> Iterator[None]:
    """No client is left from another test; afterwards both processes run, and no log has an error."""
    logged = [process.log_size() for process in site.processes]
    wait_until(lambda: not any(map(clients, site.processes)), "nobody is connected")
    yield
    assert not site.nginx.errors()
    for process, since in zip(site.processes, logged, strict=True):
        assert process.is_alive()
        assert "Traceback" not in process.log(since)
