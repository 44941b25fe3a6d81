"""Databases for one server each, thrown away afterwards."""

from pathlib import Path
from typing import Any
from typing import Protocol

from sqlalchemy import MetaData
from sqlalchemy import create_engine


class Database(Protocol):
    """Where a server under test keeps its data."""

    @property
    def url(self) -> str:
        """What goes into DATABASE_URL."""

    def drop(self) -> None:
        """Remove it; nobody may be connected."""


class SQLiteDatabase:
    """A file in a temporary directory, which pytest removes."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / "gym.db"

    @property
    def url(self) -> str:
        """What goes into DATABASE_URL."""
        return f"sqlite:///{self.path}"

    def drop(self) -> None:
        """Remove the file and its log."""
        for path in self.path.parent.glob(self.path.name + "*"):
            path.unlink()


def contents(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, read past the server: what is stored, whatever the server says of it."""
    engine = create_engine(url)
    try:
        metadata = MetaData()
        metadata.reflect(engine)
        with engine.connect() as connection:
            return {
                table.name: sorted((tuple(row) for row in connection.execute(table.select())), key=repr)
                for table in metadata.sorted_tables
            }
    finally:
        engine.dispose()
