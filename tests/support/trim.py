"""The journal trimmed by somebody else than the server under test, as another process on the same database does."""

from server.realtime.journal.retention import Retention
from tests.support.prepared_engine import prepared_engine


def trim(url: str, keep: int) -> int:
    """Forget all but the newest `keep` commits. Returns the oldest cursor that a delta can start from."""
    with prepared_engine(url) as engine:
        return Retention(engine, days=3_650, commits=keep).trim()
