"""The Redis on this machine, through which processes of one server wake each other."""

import socket

from tests.support.requirements import skip_or_fail

HOST, PORT = "127.0.0.1", 6379
URL = f"redis://{HOST}:{PORT}"


def need_redis() -> None:
    """Go on if it is there."""
    try:
        socket.create_connection((HOST, PORT), 5).close()
    except OSError as error:
        skip_or_fail(f"Redis, {URL} ({error})")
