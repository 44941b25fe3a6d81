"""A server under an ACCESS setting, with an account of each role."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.support.flask import flask
from tests.support.gym import Gym, Record
from tests.support.server import Server
from tests.support.socketio_client import PASSWORD, Client

NOBODY = "nobody"
ROLES = ("admin", "coach", "viewer")
_KEPT_SECONDS = 10.0
CALLERS = (NOBODY, "viewer", "coach", "admin")


class AccountsServer:
    """`own` is the record of the coach whose account has the role coach; `gym` writes as admin."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._tokens: dict[str, str] = {}
        self._entered = time.monotonic()
        _first_admin(server)
        self.admin = self.sign_in("admin")
        self.gym = Gym(self.admin)
        self.own: Record = self.gym.new("coach", username="coach", password=PASSWORD)
        self.admin.ok("new_account", {"username": "viewer", "role": "viewer", "password": PASSWORD})

    def enter(self) -> "AccountsServer":
        """To be called before each use: a client that nobody reads answers no pings, and is not kept for long."""
        if time.monotonic() - self._entered > _KEPT_SECONDS:
            self.reconnect()
        self._entered = time.monotonic()
        return self

    def reconnect(self, **auth: Any) -> None:
        """Let the admin have a new connection."""
        self.admin.close()
        self.admin = self.gym.client = self.client("admin", **auth)

    def client(self, role: str = NOBODY, **auth: Any) -> Client:
        """A new connection of somebody; who signs in does so with the token of an earlier sign-in."""
        if role == NOBODY:
            return Client(self.server.port, auth=auth or None)
        if role not in self._tokens:
            self.sign_in(role).close()
        return Client(self.server.port, auth={"token": self._tokens[role], **auth})

    def auth(self, role: str) -> dict[str, str]:
        """The auth object of a connection of somebody."""
        self.client(role).close()
        return {} if role == NOBODY else {"token": self._tokens[role]}

    def sign_in(self, role: str) -> Client:
        """A new connection that signs in by itself."""
        client = Client(self.server.port)
        self._tokens[role] = self.log_in(client, role)
        return client

    def log_in(self, client: Client, username: str, password: str = PASSWORD) -> str:
        """Sign in over this connection; returns the token."""
        ack = client.call("login", {"username": username, "password": password})
        assert ack["ok"], ack
        token: str = ack["token"]
        return token

    def renew(self, client: Client, role: str) -> None:
        """Sign in anew on this connection, and let the next `client` of the role do so too."""
        self.log_in(client, role)
        self.forget(role)

    def person(self, username: str, role: str = "coach", **fields: Any) -> Client:
        """A new account, signed in."""
        self.admin.ok("new_account", {"username": username, "role": role, "password": PASSWORD, **fields})
        client = Client(self.server.port)
        self.log_in(client, username)
        return client

    def forget(self, username: str) -> None:
        """Let the next `client` of this account sign in anew."""
        self._tokens.pop(username, None)

    def seq(self) -> int:
        """Of the newest commit, wherever it was made."""
        return self.server.database.newest_commit()

    @contextmanager
    def without_tracebacks(self) -> Iterator["AccountsServer"]:
        """During the block the log must get no traceback."""
        logged = self.server.log_size()
        yield self
        assert "Traceback" not in self.server.log(logged), self.server.log(logged)[-4000:]

    def close(self) -> None:
        """Leave. The server is its maker's to stop."""
        self.admin.close()


def _first_admin(server: Server) -> None:
    flask(server.database.url, "account", "add", "admin", "--role", "admin", stdin=PASSWORD)


@contextmanager
def one_per_access(start: Callable[[str], Server]) -> Iterator[Callable[[str], AccountsServer]]:
    """Gives the server of an ACCESS setting, started by `start` when it is first asked for. Closes all at the end."""
    opened: dict[str, AccountsServer] = {}

    def accounts_server(access: str) -> AccountsServer:
        if access not in opened:
            opened[access] = AccountsServer(start(access))
        return opened[access].enter()

    yield accounts_server
    for each in opened.values():
        each.close()
        each.server.close()
