"""How many connections one address may have: those over the limit are refused, and one that ends makes room."""

from contextlib import ExitStack, closing, suppress

import pytest
import websocket

from tests.conftest import StartServer
from tests.support.raw_socket import RawSocket
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.waiting import wait_until

pytestmark = pytest.mark.kinds("sqlite", reason="each process counts for itself")


@pytest.fixture(autouse=True)
def observers() -> None:
    """No observers: they would be connections of their address."""


@pytest.mark.parametrize("settings", [{}, {"TRUSTED_PROXIES": "1", "ACCESS": "public-read"}])
def test_connections_of_one_address_are_capped(settings: dict[str, str], start_server: StartServer) -> None:
    server = start_server(RATE_LIMIT="100", CONNECTIONS_PER_ADDRESS="5", **settings)
    headers = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"} if settings else {}
    clients = [Client(server.port, headers=headers) for _ in range(5)]
    with pytest.raises((websocket.WebSocketException, OSError)):
        Client(server.port, headers=headers)
    if settings:
        # The last address is the proxy's; the client can forge those before it.
        with pytest.raises((websocket.WebSocketException, OSError)):
            Client(server.port, headers={"X-Forwarded-For": "203.0.113.1, 198.51.100.7"})
        Client(server.port, headers={"X-Forwarded-For": "198.51.100.8"}).close()
    wait_until(lambda: "too many connections" in server.log(), "the audit has it")
    clients.pop().close()

    def connects() -> bool:
        with suppress(websocket.WebSocketException, OSError):
            clients.append(Client(server.port, headers=headers))
        return len(clients) == 5

    wait_until(connects, "a connection that ended makes room")
    for client in clients:
        client.close()


def test_an_untrusted_header_is_no_way_around_the_cap(start_server: StartServer) -> None:
    server = start_server(RATE_LIMIT="100", CONNECTIONS_PER_ADDRESS="2")
    clients = [Client(server.port, headers={"X-Forwarded-For": f"203.0.113.{i}"}) for i in range(2)]
    with pytest.raises((websocket.WebSocketException, OSError)):
        Client(server.port, headers={"X-Forwarded-For": "203.0.113.77"})
    for client in clients:
        client.close()


def test_half_open_requests_count_as_connections(start_server: StartServer) -> None:
    server = start_server(RATE_LIMIT="100", CONNECTIONS_PER_ADDRESS="5")
    with ExitStack() as stack:
        for _ in range(5):
            _half_open(server, stack)
        with closing(RawSocket(server.port)) as more:
            assert more.read_available(3).startswith(b"HTTP/1.1 429")


def _half_open(server: Server, stack: ExitStack) -> None:
    """A request that the server waits for. The check that the server listens may count for a moment, too."""
    while True:
        one = stack.enter_context(closing(RawSocket(server.port)))
        one.socket.sendall(b"GET / HTTP/1.1\r\n")
        if one.read_available(0.2) == b"":
            return
