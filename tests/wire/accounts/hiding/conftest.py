"""Servers of a gym in which much is hidden."""

from collections.abc import Callable, Iterator

import pytest

from tests.support.accounts_server import AccountsServer, one_per_access
from tests.support.server import Server

PROGRAM = ("tests.wire.accounts.hiding.serve",)


@pytest.fixture(scope="package")
def accounts_servers(new_server: Callable[..., Server]) -> Iterator[Callable[[str], AccountsServer]]:
    """A server for each ACCESS setting, opened when first asked for."""
    with one_per_access(lambda access: new_server(PROGRAM, ACCESS=access).start()) as servers:
        yield servers
