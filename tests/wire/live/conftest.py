"""A server whose ticker is fast, and clients of the namespace `/test`."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest

from tests.support.acks import assert_success
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.ticks import SECONDS

NAMESPACE = "/test"

Enter = Callable[..., Client]


@pytest.fixture(scope="module")
def fast(new_server: Callable[..., Server]) -> Iterator[Server]:
    """A server that ticks often, for the tests that are not about the rate."""
    server = new_server(TICK_SECONDS=str(SECONDS))
    try:
        yield server.start()
    finally:
        server.close()


@pytest.fixture
def enter(fast: Server) -> Iterator[Enter]:
    """Connects clients to the namespace. Afterwards each has one ack for each request, and the log is clean."""
    logged = fast.log_size()
    clients: list[Client] = []

    def open_client(server: Server = fast, **options: Any) -> Client:
        clients.append(Client(server.port, **{"namespace": NAMESPACE} | options))
        return clients[-1]

    yield open_client
    try:
        for client in clients:
            if not client.closed:
                if client.namespace == NAMESPACE:
                    assert_success(client.call("uuid"))
                client.assert_one_ack_each()
        lines = fast.log(logged).splitlines()
        for before, line in pairwise(["", *lines]):
            assert not line.startswith("Traceback") or "malformed message ended" in before, "\n".join(lines[-40:])
    finally:
        for client in clients:
            client.close()
