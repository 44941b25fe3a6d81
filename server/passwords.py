"""Password hashes (argon2). Hashing and checking take about 0.1 s each, so they run beside the event loop."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError
from argon2.exceptions import VerificationError
from gevent import get_hub

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The hash to store."""
    hashed: str = get_hub().threadpool.apply(_hasher.hash, (password,))
    return hashed


def verify_password(stored: str | None, password: str) -> bool:
    """Whether the password is the one that was hashed. Takes as long when nothing is stored as when it is wrong."""
    known = stored or _nobody()
    fits: bool = get_hub().threadpool.apply(_verify, (known, password))
    return fits and stored is not None


def _verify(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return _hasher.hash("a password that nobody has")
