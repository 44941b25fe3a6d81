"""The Redis on this machine, through which processes of one server wake each other."""

import socket

from tests.support.missing import missing

HOST, PORT = "127.0.0.1", 6379
URL = f"redis://{HOST}:{PORT}"


def need_redis() -> None:
    """Go on if it is there."""
    try:
        socket.create_connection((HOST, PORT), 5).close()
    except OSError as error:
        missing(f"Redis, {URL} ({error})")
