"""The journal is trimmed, and what it can still tell from is not raised with it."""

from typing import Any


def plant() -> None:
    """Forget to say so."""
    from sqlalchemy import update

    from server.realtime.journal import retention
    from server.realtime.journal.tables import Head

    delete = retention._delete

    def low(connection: Any, target: int) -> int:
        from server.realtime.journal import journal

        head = journal.head(connection)
        last = delete(connection, target)
        if head is not None:
            connection.execute(update(Head).values(oldest_delta_seq=head.oldest_delta_seq))
        return target if last < target else last

    retention._delete = low
