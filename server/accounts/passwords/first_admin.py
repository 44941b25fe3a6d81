"""Making the first admin: a password that is printed once, on the console, and makes the account of an admin."""

import secrets

from sqlalchemy import Connection, Engine, insert, select

from server.accounts.admins import has_admin
from server.accounts.models import Account
from server.accounts.usernames import folded, keys
from server.values.text import normalized

USERNAME = "admin"


class FirstAdmin:
    """While there is no admin, the first to sign in with the set-up password becomes one; then it is not valid.

    It is kept in memory only: each start of a server without an admin makes another.
    """

    def __init__(self) -> None:
        self._password: str | None = None
        self._username = USERNAME

    def offer(self, engine: Engine) -> str | None:
        """Make the password. Returns the line for the operator; None if there is an admin."""
        with engine.connect() as connection:
            if has_admin(connection):
                return None
            if connection.scalar(select(Account.id).where(Account.folded == USERNAME)) is not None:
                self._username = f"{USERNAME}-{secrets.token_hex(2)}"
        self._password = secrets.token_urlsafe(12)
        return (
            f"No admin can sign in yet. Sign in as {self._username!r} with the password {self._password!r}: "
            "that makes this account, and the password works no more for anybody else. Then choose your own."
        )

    def accepts(self, username: str, password: str) -> bool:
        """Whether this is the set-up password."""
        if self._password is None or folded(username) != self._username:
            return False
        return secrets.compare_digest(normalized(password, "NFKC").encode(), self._password.encode())

    def create(self, connection: Connection, password_hash: str) -> bool:
        """Make the admin, and return True, unless there is one by now. The password is not valid afterwards.

        The connection must be a writing one.
        """
        self._password = None
        if has_admin(connection):
            return False
        row = {"username": self._username, "password_hash": password_hash, "role": "admin", **keys(self._username)}
        connection.execute(insert(Account).values(row))
        return True
