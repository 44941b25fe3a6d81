"""The journal trimmed by somebody else than the server under test, as another process on the same database does."""

from server.realtime.journal.retention import Retention
from tests.support.beside import beside


def trim(url: str, keep: int) -> int:
    """Forget all but the newest `keep` commits. Returns the new floor."""
    with beside(url) as engine:
        return Retention(engine, days=3_650, commits=keep).trim()
