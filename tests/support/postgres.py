"""Databases of the PostgreSQL on this machine, one for each server under test."""

import secrets
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from tests.support.database import NEWEST_COMMIT
from tests.support.requirements import skip_or_fail
from tests.support.waiting import wait_until

SERVICE = "postgres@127.0.0.1:5432"
PREFIX = "spotter_test_"
# Twice what two processes hold under the tests' load.
CONNECTIONS = 16
_OURS = f"^{PREFIX}[0-9a-f]{{16}}$"


class Postgres:
    """Makes databases, and removes those of test runs that crashed.

    A database is its maker's as long as the maker holds a lock in its name, which ends with the maker's connection,
    however that ends.
    """

    def __init__(self) -> None:
        try:
            self._connection = psycopg.connect(_address("postgres"), autocommit=True, connect_timeout=5)
        except psycopg.OperationalError as error:
            skip_or_fail(f"PostgreSQL, {SERVICE} ({str(error).splitlines()[0]})")
        for (name,) in self._ask("SELECT datname FROM pg_database WHERE datname ~ %s", _OURS):
            if self._lock(name):
                self.drop(name)

    def new_database(self, directory: Path) -> "PostgresDatabase":
        """An empty database; its backups are kept in the directory.

        Waits until PostgreSQL takes the connections of one more server: other test runs may use it too.
        """
        wait_until(lambda: self._room() >= CONNECTIONS, f"PostgreSQL has room for {CONNECTIONS} connections", 60)
        name = PREFIX + secrets.token_hex(8)
        assert self._lock(name)
        self.create(name)
        return PostgresDatabase(self, name, directory)

    def create(self, name: str) -> None:
        """Make an empty database."""
        self._connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        # As SQLITE_SYNCHRONOUS is for the other one: no test cuts the power.
        self._connection.execute(SQL("ALTER DATABASE {} SET synchronous_commit = off").format(Identifier(name)))

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""
        self._connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))

    def close(self) -> None:
        """Leave; what was made and not dropped is dropped by whoever comes next."""
        self._connection.close()

    def _room(self) -> int:
        ((room,),) = self._ask("SELECT current_setting('max_connections')::int - count(*) FROM pg_stat_activity")
        return int(room)

    def _lock(self, name: str) -> bool:
        ((locked,),) = self._ask("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", name)
        return bool(locked)

    def _ask(self, query: Any, *values: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, values).fetchall()


class PostgresDatabase:
    """One database of the service."""

    def __init__(self, postgres: Postgres, name: str, directory: Path) -> None:
        self._postgres = postgres
        self._name = name
        self._directory = directory
        self._kept: psycopg.Connection[tuple[Any, ...]] | None = None

    @property
    def url(self) -> str:
        """What goes into DATABASE_URL."""
        return _address(self._name).replace("postgresql:", "postgresql+psycopg:")

    def newest_commit(self) -> int:
        """The seq of the newest commit of all processes."""
        if self._kept is None:
            self._kept = psycopg.connect(_address(self._name), autocommit=True)
        row = self._kept.execute(NEWEST_COMMIT).fetchone()
        assert row is not None, "the server has not made its journal yet"
        return int(row[0])

    @contextmanager
    def locked(self) -> Iterator[None]:
        """A context in which another program holds the lock that every writer takes."""
        with psycopg.connect(_address(self._name)) as connection:
            connection.execute(f"{NEWEST_COMMIT} FOR UPDATE")
            yield
            connection.rollback()

    def transaction(self) -> psycopg.Connection[tuple[Any, ...]]:
        """Another program's connection, as a context: what it has changed is committed at its end."""
        return psycopg.connect(_address(self._name))

    def wait_for_waiting(self, transaction: psycopg.Connection[tuple[Any, ...]]) -> None:
        """Return once somebody waits for a lock that the transaction has."""
        holder = transaction.info.backend_pid
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND %s = ANY(pg_blocking_pids(pid))"
        with psycopg.connect(_address(self._name), autocommit=True) as connection:
            wait_until(lambda: connection.execute(waiting, [holder]).fetchone() != (0,), "somebody waits for the lock")

    def back_up(self) -> Callable[[], None]:
        """Copy it, also while it is in use; returns what puts the copy back while no server runs."""
        copy = self._directory / "backup.pgdump"
        _run("pg_dump", "--format=custom", f"--file={copy}", f"--dbname={_address(self._name)}")

        def restore() -> None:
            self._leave()
            self._postgres.drop(self._name)
            self._postgres.create(self._name)
            _run("pg_restore", f"--dbname={_address(self._name)}", str(copy))

        return restore

    def drop(self) -> None:
        """Remove it, whoever is connected to it."""
        self._leave()
        self._postgres.drop(self._name)

    def _leave(self) -> None:
        if self._kept is not None:
            self._kept.close()
            self._kept = None


def _address(name: str) -> str:
    return f"postgresql://{SERVICE}/{name}"


def _run(*command: str) -> None:
    if shutil.which(command[0]) is None:
        skip_or_fail(command[0])
    subprocess.run(command, check=True, timeout=60)
