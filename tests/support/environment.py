"""What a program under test is told: where it is, and its environment."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Only these of the developer's environment reach the server: a DATABASE_URL exported in a shell must not.
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "PYTHONPATH", "PYTHONWARNINGS")
DEFAULTS = {
    "SECRET_KEY": "a key for tests, long enough",
    # Durability across a power cut cannot be tested here, and costs an fsync for each of thousands of writes.
    "SQLITE_SYNCHRONOUS": "NORMAL",
    # One test asks for more in a second than a person in an hour, and all come from one address.
    "RATE_LIMIT": "off",
    "PYTHONUNBUFFERED": "1",
}


def environment(**settings: str) -> dict[str, str]:
    """The environment of a process under test: the machine's, the tests' defaults, `settings`."""
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return {**inherited, **DEFAULTS, **settings}
