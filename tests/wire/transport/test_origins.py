"""Which pages may connect: the server's own, those of ALLOWED_ORIGINS, and of this machine if it alone is served."""

from collections.abc import Iterator

import pytest
import websocket

from server.realtime.transport.origins import Origins
from tests.support.raw_socket import RawSocket
from tests.support.server import Server
from tests.wire.conftest import Connect

pytestmark = pytest.mark.kinds("sqlite", reason="who is let in is decided before a database is asked")

EVIL = (
    "http://evil.example", "https://evil.example", "http://127.0.0.1.evil.example", "http://localhost.evil.example",
    "null", "file://", "http://evil.example:{port}", "http://localhost@evil.example", "http://127.0.0.1:{port}.evil.example",
    "chrome-extension://abc", "*", "nonsense", "http://192.168.1.5:{port}", "http://[::2]:{port}", "http://0.0.0.0.evil.example",
)  # fmt: skip
OWN = (
    "http://127.0.0.1:{port}",
    "http://localhost:{port}",
    "http://localhost:3000",
    "http://127.0.0.1:5173",
    "http://[::1]:4000",
)


@pytest.fixture
def raw(target: Server) -> Iterator[RawSocket]:
    """A TCP connection, without a handshake yet."""
    socket = RawSocket(target.port)
    yield socket
    socket.close()


@pytest.mark.parametrize("origin", OWN)
def test_a_page_of_this_machine_is_let_in(origin: str, connect: Connect, target: Server) -> None:
    connect(origin=origin.format(port=target.port)).welcome()


def test_a_client_that_is_no_page_is_let_in(connect: Connect) -> None:
    connect(origin=None).welcome()


@pytest.mark.parametrize("origin", EVIL)
def test_a_page_of_another_site_is_not(origin: str, connect: Connect, target: Server) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException):
        connect(origin=origin.format(port=target.port))


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example:{port}", "", "a b"])
@pytest.mark.parametrize("origin", [None, "http://evil.example:{port}", "http://127.0.0.1:{port}"])
def test_a_name_that_was_rebound_to_this_address_is_not(host: str, origin: str | None, raw: RawSocket) -> None:
    """DNS rebinding: the page's origin and the Host header agree, and are the attacker's."""
    headers = {"Host": host.format(port=raw.port)}
    if origin:
        headers["Origin"] = origin.format(port=raw.port)
    assert " 101 " not in raw.handshake(headers).splitlines()[0]


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "Forwarded", "X-Forwarded-Proto", "X-Forwarded-For"])
def test_a_header_that_anybody_can_write_changes_nothing(header: str, raw: RawSocket) -> None:
    head = raw.handshake({"Origin": "http://evil.example", header: "evil.example"})
    assert " 101 " not in head.splitlines()[0]


@pytest.mark.settings(ALLOWED_ORIGINS="https://GYM.example:443, http://tablet.example:8080, https://gym.exämple")
def test_allowed_origins(own_server: Server, connect: Connect) -> None:
    for origin in (
        "https://gym.example",
        "http://tablet.example:8080",
        "https://gym.xn--exmple-cua",
        f"http://127.0.0.1:{own_server.port}",
    ):
        connect(origin=origin).welcome()
    for origin in (
        "http://gym.example",
        "https://gym.example:8443",
        "https://sub.gym.example",
        "http://tablet.example",
    ):
        with pytest.raises(websocket.WebSocketBadStatusException):
            connect(origin=origin)


@pytest.mark.parametrize("query", ["transport=polling&EIO=4", "EIO=4", "transport=nonsense&EIO=4", ""])
def test_other_transports_are_refused(query: str, raw: RawSocket) -> None:
    request = f"GET /socket.io/?{query} HTTP/1.1\r\nHost: 127.0.0.1:{raw.port}\r\nConnection: close\r\n\r\n"
    raw.socket.sendall(request.encode())
    status = raw.read_available(5).split(b"\r\n")[0]
    assert b" 4" in status, status


@pytest.mark.parametrize(
    ("host", "base"),
    [
        ("gym.example", "https://gym.example"),
        ("GYM.example", "https://gym.example"),
        ("gym.example:443", "https://gym.example"),
        ("gym.example:80", "http://gym.example:80"),
        ("gym.example:8443", "https://gym.example:8443"),
        ("plain.example", "http://plain.example"),
        ("localhost:5555", "http://localhost:5555"),
        ("127.0.0.1:5555", "http://127.0.0.1:5555"),
        ("[::1]:5555", "http://[::1]:5555"),
    ],
)
def test_the_server_s_own_address_is_that_of_an_allowed_origin(host: str, base: str) -> None:
    """With TLS as its proxy does it, whatever else may connect."""
    allowed = ("http://plain.example", "https://gym.example", "https://other.example", "https://gym.example:8443")
    assert Origins("127.0.0.1", 5555, True, allowed).base(host) == base
