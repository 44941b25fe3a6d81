"""Runs `python seed.py`."""

from tests.support.consistency import Arrays
from tests.support.fork_server import fork_server
from tests.support.server import Server
from tests.support.socketio_client import Client


def seed(server: Server, *arguments: str, code: int = 0, **settings: str) -> str:
    ended, said = fork_server().end(("seed.py", *arguments), DATABASE_URL=server.database.url, **settings)
    assert (ended == 0) == (code == 0), said
    assert "Traceback" not in said
    return said


def arrays_of(server: Server) -> Arrays:
    server.start()
    client = Client(server.port)
    arrays = client.welcome()[1]
    client.close()
    server.stop()
    return arrays
