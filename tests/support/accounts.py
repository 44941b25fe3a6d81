"""Accounts written past the server, whose passwords take no time to check: a hash says itself what it costs."""

from argon2 import PasswordHasher

from tests.support.rows import many
from tests.support.socketio_client import PASSWORD

_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def add_accounts(url: str, *usernames: str, role: str = "viewer", password: str = PASSWORD, cheap: bool = True) -> None:
    """One for each username, of small letters and digits; not cheap, its hash is as the server makes them."""
    hashed = (_CHEAP if cheap else PasswordHasher()).hash(password)
    rows = [{"username": name, "folded": name, "outline": name, "role": role} for name in usernames]
    many(url, "accounts", [row | {"password_hash": hashed} for row in rows])
