"""The HTTP side: headers that keep other pages out, Cross-Origin Resource Sharing, and the probes."""

import json
import re
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest
from sqlalchemy import create_engine

from server.version import VERSION
from tests.conftest import StartServer
from tests.support.environment import ROOT
from tests.support.http import ask
from tests.support.raw_socket import RawSocket
from tests.support.requirements import skip_or_fail
from tests.support.server import Server
from tests.support.waiting import wait_until

ALLOWED = "https://gym.example"


@pytest.fixture(scope="module")
def site(new_server: StartServer) -> Iterator[Server]:
    """A server with another site in ALLOWED_ORIGINS."""
    one: Server = new_server(ALLOWED_ORIGINS=ALLOWED)
    try:
        yield one.start()
    finally:
        one.close()


@pytest.mark.parametrize("path", ["/", "/coaches/1", "/healthz", "/assets/nothing.js", "/no/such/page"])
def test_every_response_has_the_headers(path: str, site: Server) -> None:
    _, headers, _ = ask(site, path)
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == "'self'", "no inline script, no script of another site"
    assert policy["connect-src"] == f"'self' ws://127.0.0.1:{site.port} wss://127.0.0.1:{site.port}"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "set-cookie" not in headers, "nothing that a browser sends by itself gives rights"
    assert "werkzeug" not in headers.get("server", "").lower()


def test_the_built_page_has_nothing_that_the_policy_forbids() -> None:
    page = ROOT / "client" / "dist" / "index.html"
    if not page.is_file():
        skip_or_fail("the client is not built: make client")
    text = page.read_text()
    assert re.findall(r"<script(?![^>]*\bsrc=\"/)", text) == []
    assert re.findall(r"\son\w+=|javascript:|<base|<object|<embed", text) == []
    assert all(address.startswith("/") for address in re.findall(r"(?:src|href)=\"([^\"]*)\"", text))


def test_the_players_that_the_client_frames_are_allowed(site: Server) -> None:
    video = (ROOT / "client/src/resources/exercise-moves/video.ts").read_text()
    framed = set(re.findall(r"\"frame\", src: `(https://[^/]+)/", video))
    assert framed, "video.ts is written otherwise than this test reads it"
    policy = ask(site, "/")[1]["content-security-policy"]
    assert framed == set(re.findall(r"frame-src ([^;]*)", policy)[0].split())


@pytest.mark.parametrize("origin", [ALLOWED, "http://localhost:3000", "http://127.0.0.1:5173", "http://[::1]:4000"])
def test_pages_that_may_connect_may_also_fetch(origin: str, site: Server) -> None:
    _, headers, _ = ask(site, "/healthz", {"Origin": origin})
    assert headers["access-control-allow-origin"] == origin
    assert "access-control-allow-credentials" not in headers


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example", "null", "https://gym.example.evil.example", "https://gymxexample", "http://gym.example",
        "https://gym.example:444", "http://localhost.evil.example", "http://127.0.0.1.evil.example", "http://[",
        "http://localhost:3000/", "file://", "http://127x0x0x1",
    ],
)  # fmt: skip
def test_others_may_not(origin: str, site: Server) -> None:
    _, headers, _ = ask(site, "/healthz", {"Origin": origin})
    assert "access-control-allow-origin" not in headers


def test_an_origin_that_is_no_url_is_refused_and_not_an_error(site: Server) -> None:
    logged = site.log_size()
    raw = RawSocket(site.port)
    assert " 101 " not in raw.handshake({"Origin": "http://["}).splitlines()[0]
    raw.close()
    assert "Traceback" not in site.log(logged)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80"])
def test_a_page_by_another_name_is_refused_but_the_probes_are_not(host: str, site: Server) -> None:
    assert ask(site, "/", {"Host": host})[0] == 400
    for probe in ("/healthz", "/readyz"):
        status, headers, _ = ask(site, probe, {"Host": host})
        assert status == 200
        assert "evil" not in headers["content-security-policy"]


def test_alive_and_of_which_version(site: Server) -> None:
    status, _, body = ask(site, "/healthz")
    assert status == 200
    assert json.loads(body) == {"ok": True, "version": VERSION}


def test_ready_when_the_database_and_its_schema_are(site: Server) -> None:
    status, _, body = ask(site, "/readyz")
    assert status == 200
    assert json.loads(body) == {"ok": True, "problem": None}


def test_not_ready_with_another_schema(start_server: StartServer) -> None:
    server = start_server()
    engine = create_engine(server.database.url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    engine.dispose()
    status, _, body = ask(server, "/readyz")
    assert status == 503
    assert "schema" in json.loads(body)["problem"]
    assert ask(server, "/healthz")[0] == 200


@pytest.mark.parametrize(
    "path", ["/../secret_key", "/assets/../../../instance/secret_key", "/%2e%2e/%2e%2e/seed.py", "//etc/passwd"]
)
def test_no_file_but_the_built_ones(path: str, site: Server) -> None:
    _, headers, body = ask(site, path)
    assert b"for tests" not in body and b"import" not in body and b"root:" not in body
    assert headers["content-type"].startswith("text/html")


def test_requests_have_no_body(site: Server) -> None:
    raw = RawSocket(site.port)
    raw.socket.sendall(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10000000000\r\n\r\nx")
    assert raw.read_available(5).startswith(b"HTTP/1.1 400")
    assert raw.seconds_until_closed(1) < 1
    raw.close()


def test_another_site_learns_that_a_server_is_there_and_cannot_read_what_it_says(site: Server) -> None:
    stranger = {"Origin": "https://app.example"}
    _, health, _ = ask(site, "/healthz", stranger)
    assert health["cross-origin-resource-policy"] == "cross-origin"
    assert "access-control-allow-origin" not in health
    assert ask(site, "/asyncapi.json", stranger)[1]["cross-origin-resource-policy"] == "same-origin"


def test_headers_that_never_end_are_not_waited_for(site: Server) -> None:
    raw = RawSocket(site.port)
    raw.socket.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
    raw.socket.settimeout(1)
    raw.socket.sendall(b"X-Slow: 1\r\n")
    assert 5 < raw.seconds_until_closed(14) < 13
    raw.close()


def test_a_head_without_bounds_is_refused(site: Server) -> None:
    for head in (
        b"GET /" + b"x" * 20_000,
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 5_000,
        b"GET / HTTP/1.1\r\nX: " + b"y" * 200_000,
    ):
        raw = RawSocket(site.port)
        try:
            raw.socket.sendall(head + b"\r\n\r\n")
        except ConnectionError:
            continue
        finally:
            answer = raw.read_available(2)
            raw.close()
        assert answer[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 414", b"HTTP/1.1 431", b""), answer[:50]


def fetched(site: Server, path: bytes) -> tuple[bytes, bytes]:
    """The status and the body of what stands at this path, byte by byte as it is."""
    with closing(RawSocket(site.port)) as raw:
        raw.socket.sendall(b"GET %b HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n" % (path, site.port))
        head, _, body = raw.read_available(10).partition(b"\r\n\r\n")
        return head.split(b" ")[1], body


ODD = (
    b"x" * 300, b"x/" * 3_000, b"assets/" + b"x" * 300, b"\x00", b"%00", b"%ff", b"\xff\xfe", b"%ed%a0%80", b"%0a",
    b"..", b"assets/%00", b"assets/..", b"%f0%9f%98%80" * 300, b"export/%ff.csv", b"index.html/x", b"%5c..%5cserver",
    b"?" + b"%ff" * 900,
)  # fmt: skip


@pytest.mark.parametrize("path", ODD, ids=lambda path: ascii(path)[2:20])
def test_any_path_is_a_page_or_none(path: bytes, site: Server) -> None:
    logged = site.log_size()
    assert fetched(site, b"/" + path)[0] in (b"200", b"404")
    assert "Traceback" not in site.log(logged)


@pytest.mark.parametrize("up", [b"../../", b"%2e%2e/%2e%2e/", b"assets/../../../", b"/", b"%2f", b"x/../../../"])
def test_the_answer_does_not_show_whether_a_file_exists_elsewhere(up: bytes, site: Server) -> None:
    for there, not_there in ((b"server/app.py", b"server/no.py"), (b"etc/passwd", b"etc/nothing"), (b"server", b"no")):
        assert fetched(site, b"/" + up + there) == fetched(site, b"/" + up + not_there)


HASTY = "import server.__main__ as main, server.http.listener as listener; listener._READING_SECONDS = 0.5; main.main()"


@pytest.fixture(scope="module")
def hasty(new_server: StartServer) -> Iterator[Server]:
    """A server that closes connections that do not read for half a second."""
    with closing(new_server(("-c", HASTY))) as server:
        yield server.start()


@pytest.mark.parametrize("reads", [0, 1])
def test_a_client_that_does_not_read_its_answer_is_disconnected(reads: int, hasty: Server) -> None:
    """So is one that reads a byte now and then."""
    before = hasty.sockets()
    with closing(RawSocket(hasty.port, receive_buffer=4_096)) as raw:
        raw.socket.setblocking(False)
        # More answers than the kernel keeps for a client.
        with suppress(BlockingIOError):
            raw.socket.sendall(b"GET /asyncapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 2_000)
        wait_until(lambda: hasty.sockets() > before, "the connection is there")

        def is_gone() -> bool:
            with suppress(OSError):
                raw.socket.recv(reads)
            return hasty.sockets() <= before

        wait_until(is_gone, "the connection that is not read is closed", 20)


def test_a_slow_reader_gets_all_of_it(hasty: Server) -> None:
    with closing(RawSocket(hasty.port, receive_buffer=32_768)) as raw:
        asked = 50
        raw.socket.sendall(b"GET /asyncapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * asked)
        size = len(ask(hasty, "/asyncapi.json")[2])
        got = 0
        while got < asked * size:
            part = raw.socket.recv(200_000)
            assert part, f"closed after {got} of {asked * size} bytes"
            got += len(part)
            # That takes a while, and the others are served meanwhile.
            assert ask(hasty, "/healthz")[0] == 200
