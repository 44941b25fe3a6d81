"""Binds the port, before the database is opened or anything is installed.

`python -m server.port_binding 127.0.0.1 5555` tries it, and needs no package. It reports a wrong PORT only.
"""

import errno
import http.client
import socket
import sys
from contextlib import closing, suppress

DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", "5555"
_EVERY = {"0.0.0.0": "127.0.0.1", "::": "::1"}
_ASK_SECONDS = 2.0
_NEXT = 100


class Unusable(Exception):
    """One line: the setting, its value, the cure."""


def bound(host: str, port: int) -> socket.socket:
    """A socket that is bound and does not listen yet: connections are refused until the server is ready.

    Raises Unusable.
    """
    try:
        return _bind(host, port)
    except OSError as error:
        raise Unusable(why(host, port, error)) from None


def why(host: str, port: int, error: OSError) -> str:
    """The line that ends the start when binding or listening failed with this error."""
    if error.errno == errno.EADDRINUSE:
        who = "Spotter runs there already" if _is_spotter(host, port) else "another program listens there"
        return f"PORT={port} cannot be used: {who}. Set PORT to a free one{_for_example(host, port)}."
    if error.errno == errno.EACCES:
        return f"PORT={port} cannot be used: this user may not take it. Set PORT to one from 1024 on."
    return f"HOST={host!r} cannot be used: {error.strerror}. Set HOST to an address of this machine."


def _bind(host: str, port: int) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    # IPv4 for a name that has both: also for programs without IPv6.
    family, kind, protocol, _, address = min(found, key=lambda info: info[0] != socket.AF_INET)
    sock = socket.socket(family, kind, protocol)
    try:
        # The port of a server that has just ended still has connections in TIME_WAIT.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            # `::` is every address, those of IPv4 included.
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        sock.bind(address)
    except OSError:
        sock.close()
        raise
    return sock


def _is_spotter(host: str, port: int) -> bool:
    made = http.client.HTTPConnection(_EVERY.get(host, host), port, timeout=_ASK_SECONDS)
    with suppress(OSError, http.client.HTTPException), closing(made) as connection:
        connection.request("GET", "/metrics")
        return b"\nspotter_" in connection.getresponse().read()
    return False


def _for_example(host: str, port: int) -> str:
    for other in range(port + 1, min(port + _NEXT, 65536)):
        with suppress(OSError):
            _bind(host, other).close()
            return f", such as {other} (PORT={other} make start)"
    return ""


def _try(host: str, port: str) -> None:
    """End with the line if PORT cannot be used: `make start` runs this before it installs anything."""
    if not port.isascii() or not port.isdigit() or not 1 <= int(port) <= 65535:
        return
    try:
        bound(host.strip("[]"), int(port)).close()
    except Unusable as error:
        if str(error).startswith("PORT="):
            sys.exit(str(error))


if __name__ == "__main__":
    _try(*sys.argv[1:3])
