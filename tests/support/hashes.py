"""What the hashes of passwords cost in tests: next to nothing. A hash says itself what it costs to check it.

Programs under test make cheap ones unless FULL_HASHES is in their environment. That the server's are not cheap is
tested in tests/values.
"""

import os

from argon2 import PasswordHasher

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
FULL = PasswordHasher()


def hash_cheaply() -> None:
    """From here on this process makes cheap hashes, unless its environment says otherwise."""
    from server.values import passwords

    if "FULL_HASHES" not in os.environ:
        passwords._hasher = CHEAP
