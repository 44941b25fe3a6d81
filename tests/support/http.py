"""One HTTP request to a server under test."""

import http.client
from contextlib import closing

from tests.support.server import Server

Headers = dict[str, str]


def ask(server: Server, path: str, headers: Headers | None = None, method: str = "GET") -> tuple[int, Headers, bytes]:
    """Status, headers (names in lower case), body."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)) as connection:
        connection.request(method, path, headers=headers or {})
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
