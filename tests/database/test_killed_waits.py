"""Whoever waits for PostgreSQL can be killed: that ends it, and its connection, over which the answer may come yet."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.support.fork_server import fork_server
from tests.support.postgres import Postgres

_PROGRAM = """
import gevent, os
from sqlalchemy import create_engine, text
from server.database.engines import execute
from server.database.limited_connection import limit_waiting

engine = create_engine(os.environ["DATABASE_URL"])
limit_waiting(engine)
connection, other = engine.connect(), engine.connect()
connection.begin()
sleeping = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()")
waiting = gevent.spawn({ask})
while not other.scalar(sleeping):
    other.rollback()
    gevent.sleep(0.01)
waiting.kill(timeout=10)
print(waiting.dead, type(waiting.value).__name__, connection.invalidated)
connection.close()
"""


@pytest.mark.parametrize(
    "ask",
    [
        'lambda: execute(connection, "SELECT pg_sleep(30)")',
        # psycopg waits for the answers of a pipeline when it leaves it.
        'lambda: execute(connection, "SELECT pg_sleep(%s)", [(30,), (30,)], many=True)',
        'lambda: connection.execute(text("SELECT pg_sleep(30)"))',
    ],
)
def test_it_ends_at_once(ask: str, tmp_path: Path) -> None:
    with closing(Postgres()) as postgres:
        database = postgres.new_database(tmp_path)
        try:
            program = ("-c", _PROGRAM.replace("{ask}", ask))
            assert fork_server().run(program, DATABASE_URL=database.url) == "True GreenletExit True\n"
        finally:
            database.drop()
