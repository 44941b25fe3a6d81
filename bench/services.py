"""PostgreSQL and Redis as they run on this machine, on their standard ports."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from redis import Redis
from redis.exceptions import RedisError

from bench.build import BenchError

REDIS_URL = "redis://127.0.0.1:6379"
_POSTGRES = "postgres@127.0.0.1:5432"


@contextmanager
def database() -> Iterator[tuple[str, Callable[[], list[int]]]]:
    """A new database, dropped at the end: its URL, and what tells the processes that work for it now."""
    name = f"spotter_bench_{secrets.token_hex(4)}"
    try:
        admin = psycopg.connect(f"postgresql://{_POSTGRES}/postgres", autocommit=True)
        with Redis.from_url(REDIS_URL) as redis:
            of_redis = redis.info("server")["process_id"]
    except (psycopg.OperationalError, RedisError) as error:
        raise BenchError(f"this needs PostgreSQL and Redis on their standard ports: {error}") from error

    def processes() -> list[int]:
        rows: list[tuple[Any, ...]] = admin.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s", [name]
        ).fetchall()
        return [*(row[0] for row in rows), of_redis]

    with admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield f"postgresql+psycopg://{_POSTGRES}/{name}", processes
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
