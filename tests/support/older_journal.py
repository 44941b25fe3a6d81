"""A journal that an older version of the server wrote, whose records had other fields."""

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import MetaData, create_engine

from tests.support.server import Server


def rewrite_journal(server: Server, channel: str, change: Callable[[dict[str, Any]], Any]) -> None:
    """Let every record of the channel that the journal holds be as `change` leaves it, and the server start anew.

    It finds that records have other fields now, as after a migration.
    """
    server.stop()
    engine = create_engine(server.database.url)
    metadata = MetaData()
    metadata.reflect(engine)
    changes, head = metadata.tables["journal_changes"], metadata.tables["journal_head"]
    with engine.begin() as connection:
        for row in connection.execute(changes.select().where(changes.c.channel == channel)).all():
            values = {name: _changed(getattr(row, name), change) for name in ("record", "before")}
            mine = (changes.c.seq == row.seq) & (changes.c.place == row.place)
            connection.execute(changes.update().where(mine).values(values))
        connection.execute(head.update().values(schema_fingerprint="of an older version"))
    engine.dispose()
    server.start()


def _changed(text: str | None, change: Callable[[dict[str, Any]], Any]) -> str | None:
    if text is None:
        return None
    record = json.loads(text)
    change(record)
    return json.dumps(record)
