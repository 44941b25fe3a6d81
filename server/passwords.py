"""Password hashes (argon2). Hashing and checking take about 0.1 s each, so they run beside the event loop."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError
from argon2.exceptions import VerificationError
from gevent import get_hub
from gevent.lock import BoundedSemaphore

_hasher = PasswordHasher()
# Each takes 64 MiB while it runs: a crowd that tries to sign in waits in line.
_turn = BoundedSemaphore(2)


def hash_password(password: str) -> str:
    """The hash to store."""
    with _turn:
        hashed: str = get_hub().threadpool.apply(_hasher.hash, (password,))
    return hashed


def verify_password(stored: str | None, password: str) -> bool:
    """Whether the password is the one that was hashed. Takes as long when nothing is stored as when it is wrong."""
    with _turn:
        fits: bool = get_hub().threadpool.apply(_verify, (stored, password))
    return fits and stored is not None


def _verify(stored: str | None, password: str) -> bool:
    try:
        return _hasher.verify(stored or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return _hasher.hash("a password that nobody has")
