"""A migration writes a table anew, and not all of its rows come along."""

from typing import Any


def plant() -> None:
    """Lose the newest exception and the newest class at each start."""
    from server.realtime.journal import follower

    opened = follower.open_journal

    def lossy(connection: Any, *more: Any) -> Any:
        for table in ("exceptions", "schedules"):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})")
        return opened(connection, *more)

    follower.open_journal = lossy
