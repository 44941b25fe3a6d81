"""`python -m bench.large.fill N`: so many visits, spread evenly over the coaches, and in the journal."""

# ruff: noqa: E402  (gevent's patches come before every other import, as in server/__main__.py)

from gevent import monkey

monkey.patch_all()

import sys

from sqlalchemy import func, insert, select, text

from bench.large.app import create_app
from server import lifecycle
from server.database.engines import WRITES
from server.extensions import db
from server.realtime.journal.commit import SEED
from server.realtime.journal.reconcile import reconcile

_CHUNK = 1_000


def main() -> None:
    """Fill the database that the settings name, which has coaches already."""
    app = create_app()
    lifecycle.parts(app).open()
    with app.app_context():
        visits, coaches = db.metadata.tables["visits"], db.metadata.tables["coaches"]
        with db.engine.execution_options(**{WRITES: True}).begin() as connection:
            count = connection.scalar(select(func.count()).select_from(coaches))
            numbers = range(1, int(sys.argv[1]) + 1)
            for start in range(0, len(numbers), _CHUNK):
                rows = [
                    {"name": f"Visit {number}", "note": "Came by bike, left on foot.", "coach_id": number % count + 1}
                    for number in numbers[start : start + _CHUNK]
                ]
                connection.execute(insert(visits), rows)
            reconcile(connection, SEED)
            # As PostgreSQL does by itself within a minute.
            connection.execute(text("ANALYZE"))


main()
