"""Every HOST that is accepted can be reached by its own name, and ALLOWED_ORIGINS match what browsers send."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.config import Config
from server.realtime.transport.origins import Origins
from server.values import hosts
from tests.support.database import SQLiteDatabase
from tests.support.raw_socket import RawSocket
from tests.support.server import Server

EVERY = "0.0.0.0", "::"


def _own_addresses() -> Iterator[tuple[str, str]]:
    """This machine's IPv6 addresses but for loopback, with their scope if they need one; how a browser writes them."""
    listed = Path("/proc/net/if_inet6")
    for line in listed.read_text().splitlines() if listed.exists() else ():
        digits, _, _, scope, _, interface = line.split()
        address = socket.inet_ntop(socket.AF_INET6, bytes.fromhex(digits))
        if scope == "00":
            yield address, f"[{address}]"
        elif scope == "20":
            yield f"{address}%{interface}", f"[{address}]"


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


needs_ipv6 = pytest.mark.skipif(not _has_ipv6(), reason="this machine has no IPv6")
# (HOST, where to knock, the names that are its own)
PLACES = [
    ("LocalHost", "127.0.0.1", ["localhost", "127.0.0.1", "LOCALHOST.", "[::1]"]),
    ("0.0.0.0", "127.0.0.1", ["127.0.0.1", "localhost", "192.0.2.7"]),
    pytest.param("[::1]", "::1", ["[::1]", "localhost", "[0:0::1]"], marks=needs_ipv6),
    pytest.param("::", "127.0.0.1", ["127.0.0.1", "[::1]", "[2001:db8::7]"], marks=needs_ipv6),
    *(
        pytest.param(host, host, [name, name.upper()], marks=needs_ipv6, id=name)
        for host, name in {name[:5]: (host, name) for host, name in _own_addresses()}.values()
    ),
]


def welcomes(address: str, port: int, **headers: str) -> bool:
    """Whether a websocket with these headers is accepted."""
    knocking = RawSocket(port, address=address)
    try:
        return " 101 " in knocking.handshake(headers).splitlines()[0]
    finally:
        knocking.socket.close()


@pytest.mark.parametrize(("host", "address", "names"), PLACES)
def test_a_server_answers_to_its_own_name(host: str, address: str, names: list[str], tmp_path: Path) -> None:
    server = Server(tmp_path, SQLiteDatabase(tmp_path), {"HOST": host, "ACCESS": "public-read"})
    try:
        server.start()
        port = server.port
        for name in names:
            own = f"{name}:{port}"
            assert welcomes(address, port, Host=own), own
            assert welcomes(address, port, Host=own, Origin=f"http://{own}"), own
            if host in EVERY:
                # Nothing else on this machine, or in this network, is one's own.
                assert not welcomes(address, port, Host=own, Origin=f"http://{name}:{port - 1}"), own
                assert not welcomes(address, port, Host=own, Origin=f"http://192.0.2.8:{port}"), own
        for name in ("evil.example", "localhost.evil.example", "1.2.3", "127.0.0.1.evil.example", "[::1", "[::1]x"):
            other = f"{name}:{port}"
            assert not welcomes(address, port, Host=other), other
            assert not welcomes(address, port, Host=other, Origin=f"http://{other}"), other
        [url] = re.findall(r"Spotter is on http://(\S+?)(?:,|\s)", server.log())
        assert url == {
            "LocalHost": "localhost", "[::1]": "[::1]", **dict.fromkeys(EVERY, "localhost")
        }.get(host, f"[{host.replace('%', '%25')}]") + f":{port}"  # fmt: skip
    finally:
        server.close()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://gym.example:443", "https://gym.example"),
        ("http://gym.example:80", "http://gym.example"),
        ("https://gym.example:80", "https://gym.example:80"),
        ("HTTPS://GYM.Example", "https://gym.example"),
        ("https://gym.example.", "https://gym.example"),
        ("https://gym.exämple", "https://gym.xn--exmple-cua"),
        ("https://ÜBUNG.example:8443", "https://xn--bung-zra.example:8443"),
        ("https://straße.example", "https://xn--strae-oqa.example"),
        ("https://gym。example", "https://gym.example"),
        ("http://[FD00:0:0::1]:80", "http://[fd00::1]"),
        ("http://[::1]:5173", "http://[::1]:5173"),
        ("http://192.168.1.5:08080", "http://192.168.1.5:8080"),
        ("http://my_gym.lan", "http://my_gym.lan"),
    ],
)
def test_an_origin_is_read_as_browsers_write_it(written: str, read: str) -> None:
    assert hosts.origin(written) == read
    assert hosts.origin(read) == read
    config = Config.from_environment({"SECRET_KEY": "a key for tests, long enough", "ALLOWED_ORIGINS": written})
    origins = Origins(config.host, config.port, config.is_private, config.allowed_origins)
    assert origins.allows_origin(read)
    assert any(pattern.match(read) for pattern in origins.patterns)
    assert origins.allows_host(read.split("://")[1])
    assert not origins.allows_origin(read.replace("://", "://sub."))


@pytest.mark.parametrize(
    "text",
    [
        "null", "", "https://", "gym.example", "https://gym.example/", "https://gym.example?", "https://gym.example#",
        "https://u@gym.example", "https://gym.example:", "https://gym.example:0", "https://gym.example:65536", "ftp://gym",
        "https://gym.example:443:443", "https://[::1", "https://::1", "https://[gym]", "https://*.gym.example",
        "https://a b", "https://gym..example", "https://.", "https://-", "https://1.2.3", "https://1.2.3.256", "https://0x7f.1",
        "https://a\tb", "https://gym.example\n", "https://[fe80::1%eth0]", "https://" + "a" * 64,
        "https://" + "a." * 127 + "a", "https://a\\b", "https://gym.example,https://b",
    ],
)  # fmt: skip
def test_what_is_no_origin_is_none(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        hosts.origin(text)


def test_a_usual_port_need_not_be_named() -> None:
    origins = Origins("192.168.1.5", 80, False, ())
    assert all(map(origins.allows_host, ("192.168.1.5", "192.168.1.5:80")))
    assert origins.allows_origin("http://192.168.1.5") and not origins.allows_origin("http://192.168.1.5:81")
    assert not origins.allows_host("192.168.1.5:81")


def test_a_name_of_the_machine_is_its_own() -> None:
    origins = Origins("gym.lan", 5555, False, ())
    assert origins.allows_host("GYM.lan:5555") and origins.allows_origin("http://gym.lan:5555")
    assert not origins.allows_host("gym.lan:5556") and not origins.allows_host("192.0.2.1:5555")


@pytest.mark.parametrize(
    ("host", "name"),
    [("fd00::1", "[fd00::1]"), ("[FD00:0::1]", "[fd00::1]"), ("fe80::1%eth0", "[fe80::1]")],
)
def test_an_address_of_ipv6_is_its_own(host: str, name: str) -> None:
    """Whether this machine has it or not. A browser writes brackets, and no scope."""
    origins = Origins(hosts.listening(host), 5555, False, ())
    for written in (name, name.upper()):
        assert origins.allows_host(f"{written}:5555")
        assert origins.allows_origin(f"http://{written}:5555", {"HTTP_HOST": f"{written}:5555"})
    for other in (f"{name}:5556", "[fd00::2]:5555", "[::1]:5555", "localhost:5555"):
        assert not origins.allows_host(other)
        assert not origins.allows_origin(f"http://{other}", {"HTTP_HOST": other})
