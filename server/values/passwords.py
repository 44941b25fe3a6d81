"""Password hashes (argon2). Hashing and checking take about 0.1 s each, so they run in the thread pool.

Passwords are the same if they are after NFKC: which characters a keyboard makes of "ä" depends on the system.
"""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from gevent import get_hub
from gevent.lock import BoundedSemaphore

from server.values.text import normalized

_hasher = PasswordHasher()
# Each takes 64 MiB while it runs: when many sign in at once, they wait.
_running = BoundedSemaphore(2)


def hash_password(password: str, *, keep: bool = True) -> str:
    """The hash to store; without `keep` some other text, at once."""
    if not keep:
        return "only checked"
    normal = normalized(password, "NFKC")
    with _running:
        hashed: str = get_hub().threadpool.apply(_hasher.hash, (normal,))
    return hashed


def verify_password(stored: str | None, password: str) -> bool:
    """Whether the password is the one that was hashed. Takes as long when nothing is stored as when it is wrong."""
    with _running:
        fits: bool = get_hub().threadpool.apply(verify, (stored, password))
    return fits


def verify(stored: str | None, password: str) -> bool:
    """The same, in the calling thread."""
    # Hashes from before NFKC are of the password as it was typed.
    spellings = dict.fromkeys((normalized(password, "NFKC"), password))
    fits = [_fits(stored or _unused_hash(), spelling) for spelling in spellings]
    return stored is not None and any(fits)


def _fits(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _unused_hash() -> str:
    return _hasher.hash("a password that nobody has")
