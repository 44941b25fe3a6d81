"""Databases for one server each, thrown away afterwards."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import MetaData, Select, Table, create_engine, select

NEWEST_COMMIT = "SELECT seq FROM journal_head"


class Database(Protocol):
    """Where a server under test keeps its data."""

    @property
    def url(self) -> str:
        """What goes into DATABASE_URL."""

    def newest_commit(self) -> int:
        """The seq of the newest commit of all processes."""

    def locked(self) -> Any:
        """A context in which another program holds the lock that every writer takes."""

    def back_up(self) -> Callable[[], None]:
        """Copy it, also while it is in use; returns what puts the copy back while no server runs."""

    def drop(self) -> None:
        """Remove it; no server may run on it."""


class SQLiteDatabase:
    """A file in a temporary directory, which pytest removes."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / "gym.db"

    @property
    def url(self) -> str:
        """What goes into DATABASE_URL."""
        return f"sqlite:///{self.path}"

    def newest_commit(self) -> int:
        """The seq of the newest commit of all processes."""
        with closing(sqlite3.connect(self.path)) as connection:
            (seq,) = connection.execute(NEWEST_COMMIT).fetchone()
        return int(seq)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """A context in which another program holds the lock that every writer takes."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.execute("ROLLBACK")

    def back_up(self) -> Callable[[], None]:
        """Copy it, also while it is in use; returns what puts the copy back while no server runs."""
        copy = self.path.with_suffix(".backup")
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)

        def restore() -> None:
            for suffix in ("-wal", "-shm"):
                Path(f"{self.path}{suffix}").unlink(missing_ok=True)
            shutil.copy(copy, self.path)

        return restore

    def drop(self) -> None:
        """Remove the file and its log."""
        for path in self.path.parent.glob(self.path.name + "*"):
            path.unlink()


def _asked(table: Table) -> Select[*tuple[Any, ...]]:
    return select(*(column for column in table.c if column.name != "last_seen"))


def contents(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, read past the server: what is stored, whatever the server says of it.

    But for when people were last seen, which a server notes once in a minute.
    """
    engine = create_engine(url)
    try:
        metadata = MetaData()
        metadata.reflect(engine)
        with engine.connect() as connection:
            return {
                table.name: sorted((tuple(row) for row in connection.execute(_asked(table))), key=repr)
                for table in metadata.sorted_tables
            }
    finally:
        engine.dispose()
