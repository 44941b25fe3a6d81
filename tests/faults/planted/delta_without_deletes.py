"""A delta is made of the records that are there: who was away is not told of those that are not."""

from typing import Any


def plant() -> None:
    """Leave deletions out of what is read for a cursor."""
    from server.realtime.journal.replica import Replica
    from server.realtime.queries import sync

    between, recent = sync.newest_between, Replica.recent_after

    def lasting(*arguments: Any) -> Any:
        found = between(*arguments)
        return found and [(commit, change) for commit, change in found if change.record is not None]

    sync.newest_between = lasting
    Replica.recent_after = lambda self, seq: None if seq < self.state.seq else recent(self, seq)  # type: ignore
