"""A server with accounts whose PostgreSQL is reached through a proxy that holds answers up."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.accounts_server import AccountsServer
from tests.support.postgres import Postgres
from tests.support.postgres_proxy import PostgresProxy
from tests.support.program import SERVER, Program
from tests.support.server import Server


@dataclass
class DelayedServer:
    """The server; the proxy before its database; and a cursor whose delta is in the database only."""

    accounts_server: AccountsServer
    proxy: PostgresProxy
    cursor: dict[str, Any]

    @contextmanager
    def for_a_test(self) -> Iterator[AccountsServer]:
        """The server, with a new connection of its admin. Nothing is held afterwards, and the log has no traceback."""
        self.accounts_server.reconnect(sync=True)
        with self.accounts_server.without_tracebacks():
            yield self.accounts_server
            self.proxy.release()


@contextmanager
def delayed_server(
    directory: Path, prepare: Callable[[AccountsServer], dict[str, Any]], program: Program = SERVER
) -> Iterator[DelayedServer]:
    """One with ACCESS=required. `prepare` returns an answer to `sync`, after which it wrote something."""
    with closing(Postgres()) as postgres, closing(PostgresProxy()) as proxy:
        database = postgres.new_database(directory)
        settings = {"ACCESS": "required", "DATABASE_URL": proxy.url(database.url)}
        with (
            closing(Server(directory, database, settings, program)) as server,
            closing(AccountsServer(server.start())) as accounts_server,
        ):
            answer = prepare(accounts_server)
            # What was committed before a start is not in the memory of the server.
            server.restart()
            accounts_server.reconnect(sync=True)
            accounts_server.gym.new("coach")
            yield DelayedServer(accounts_server, proxy, {"epoch": answer["epoch"], "seq": answer["seq"]})
