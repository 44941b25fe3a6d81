"""Accounts written past the server."""

from tests.support.hashes import CHEAP, FULL
from tests.support.rows import many
from tests.support.socketio_client import PASSWORD


def add_accounts(url: str, *usernames: str, role: str = "viewer", password: str = PASSWORD, cheap: bool = True) -> None:
    """One for each username, of small letters and digits; not cheap, the check of its password takes 0.1 s."""
    hashed = (CHEAP if cheap else FULL).hash(password)
    rows = [{"username": name, "folded": name, "outline": name, "role": role} for name in usernames]
    many(url, "accounts", [row | {"password_hash": hashed} for row in rows])
