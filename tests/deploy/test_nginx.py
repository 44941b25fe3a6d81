"""Debian's nginx as deploy/nginx has it: what it lets through, what it adds, what it keeps back."""

import json
import socket
from contextlib import closing

import pytest

from tests.deploy.conftest import Site
from tests.deploy.nginx import NAME, ORIGIN, SHIPPED
from tests.deploy.visitors import Visitor, closing_code
from tests.support.http import ask
from tests.support.socketio_client import Client
from tests.support.waiting import wait_until

pytestmark = pytest.mark.usefixtures("quiet")


def test_nginx_accepts_the_file(site: Site) -> None:
    said = site.nginx.check()
    assert "test is successful" in said and "[warn]" not in said


def test_a_websocket_over_tls(site: Site) -> None:
    with closing(Visitor(site.nginx, {"token": site.token})) as visitor:
        connected, arrays = visitor.welcome()
        assert connected["user"]["role"] == "admin" and set(arrays) > {"coaches"}
        visitor.send("2")
        assert visitor.socket.recv() == "3"
        # The server's pings are further apart than this test is long; nginx must wait for them.
        [waits] = [line.split()[1] for line in SHIPPED.read_text().splitlines() if "proxy_read_timeout" in line]
        silence = visitor.opening["pingInterval"] + visitor.opening["pingTimeout"]
        assert silence < 1000 * int(waits.removesuffix("s;"))


def test_a_page_of_another_site_is_refused(site: Site) -> None:
    with pytest.raises(Exception, match="400"):
        Visitor(site.nginx, origin="https://gym.example.evil.example")


def test_addresses_are_the_real_ones(site: Site) -> None:
    logged = [process.log_size() for process in site.processes]
    forged = {"X-Forwarded-For": "203.0.113.9"}
    with closing(Visitor(site.nginx, {"token": site.token}, source="127.0.0.7", headers=forged)) as visitor:
        coach = visitor.ok("new_coach", {"name": "Ola Nordin", "age": 30})["id"]

    def addresses() -> list[str]:
        lines = [
            json.loads(line)
            for process, since in zip(site.processes, logged, strict=True)
            for line in process.log(since).splitlines()
            if "spotter.audit" in line
        ]
        return [line["address"] for line in lines if line["record"] == f"coaches {coach}"]

    wait_until(lambda: bool(addresses()), "a line in the audit")
    assert addresses() == ["127.0.0.7"]


HIDDEN = ("/metrics", "/metrics?x=1", "//metrics", "/./metrics", "/healthz/../metrics", "/%6d%65trics", "/metrics/")


@pytest.mark.parametrize("path", HIDDEN)
def test_metrics_are_hidden(path: str, site: Site) -> None:
    assert b"spotter_clients" in ask(site.processes[0], "/metrics")[2]
    assert b"spotter_clients" not in site.nginx.ask(path)[2]


def test_pages_come_as_the_server_sends_them(site: Site) -> None:
    for path in ("/", "/coaches", "/healthz"):
        status, headers, body = site.nginx.ask(path)
        direct = ask(site.processes[0], path, {"Host": NAME})
        assert (status, body) == (direct[0], direct[2])
        assert headers["content-security-policy"] == direct[1]["content-security-policy"]
        assert headers["strict-transport-security"].startswith("max-age=")
    assert site.nginx.ask("/asyncapi.json", {"Accept-Encoding": "gzip"})[1]["content-encoding"] == "gzip"
    assert site.nginx.ask("/readyz")[0] == 200
    with closing(site.nginx.dial(protocol="h2")) as connection:
        assert connection.selected_alpn_protocol() == "h2"


def test_plain_http_leads_to_https(site: Site) -> None:
    for host in (NAME, "evil.example"):
        with closing(socket.create_connection(("127.0.0.1", site.nginx.http), 10)) as connection:
            connection.sendall(f"GET /coaches?day=1 HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            head = connection.recv(4096).decode()
        assert head.startswith("HTTP/1.1 301 ")
        assert f"\r\nLocation: https://{NAME}/coaches?day=1\r\n" in head


def test_messages_are_bounded_as_without_nginx(site: Site) -> None:
    for connect in (lambda: Visitor(site.nginx), lambda: Client(site.processes[0].port)):
        with closing(connect()) as client:
            client.send('421["' + "x" * (100_000 - len('421[""]')) + '"]')
            client._acks[1] = []
            assert client.ack(1)["ok"] is False
            client.send("x" * 100_001)
            assert closing_code(client) == 1009


def test_a_request_with_a_body_is_refused(site: Site) -> None:
    assert site.nginx.ask("/", body=b"x" * 5000)[0] == 413


def test_private_calendar_addresses_are_in_no_log(site: Site) -> None:
    """Not in nginx's, whatever it is asked for, nor in the server's; and the address is the one of the gym."""
    with closing(Visitor(site.nginx, {"token": site.token})) as visitor:
        url = visitor.ok("feed")["url"]
    path = url.removeprefix(ORIGIN)
    secret = path.split("/")[2]
    assert path == f"/feed/{secret}/timetable.ics"
    status, headers, _ = site.nginx.ask(path)
    assert (status, headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    # Others lead nowhere, and were asked for by mistake.
    for spelled in (f"/{path}", path.replace("/feed", "/x/../feed"), path.replace("feed", "%66eed"), f"{path}?x=1"):
        assert site.nginx.ask(spelled)[0] < 400
    with closing(socket.create_connection(("127.0.0.1", site.nginx.http), 10)) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 301 ")
    assert site.nginx.ask("/coaches?after=that")[0] == 200
    wait_until(lambda: "/coaches?after=that" in (site.nginx.directory / "access.log").read_text(), "the access log")
    for file in ("access.log", "error.log", "output"):
        assert secret not in (site.nginx.directory / file).read_text(), file
    for process in site.processes:
        assert secret not in process.log()
