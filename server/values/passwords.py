"""Password hashes (argon2). Hashing and checking take about 0.1 s each, so they run beside the event loop.

Passwords are the same if they are after NFKC: which characters a keyboard makes of "ä" depends on the system.
"""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError
from argon2.exceptions import VerificationError
from gevent import get_hub
from gevent.lock import BoundedSemaphore

from server.values.text import normalized

_hasher = PasswordHasher()
# Each takes 64 MiB while it runs: a crowd that tries to sign in waits in line.
_turn = BoundedSemaphore(2)


def hash_password(password: str, *, keep: bool = True) -> str:
    """The hash to store. Hashing costs a tenth of a second: of what is not going to be kept there is none."""
    if not keep:
        return "only checked"
    normal = normalized(password, "NFKC")
    with _turn:
        hashed: str = get_hub().threadpool.apply(_hasher.hash, (normal,))
    return hashed


def verify_password(stored: str | None, password: str) -> bool:
    """Whether the password is the one that was hashed. Takes as long when nothing is stored as when it is wrong."""
    with _turn:
        fits: bool = get_hub().threadpool.apply(verify, (stored, password))
    return fits


def verify(stored: str | None, password: str) -> bool:
    """The same, in the thread that calls."""
    # Hashes that are older than this rule are of the password as it was typed.
    typed = dict.fromkeys((normalized(password, "NFKC"), password))
    fits = [_fits(stored or _nobody(), one) for one in typed]
    return stored is not None and any(fits)


def _fits(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return _hasher.hash("a password that nobody has")
