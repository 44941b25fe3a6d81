"""Rows written past the server, as an import or a script does it."""

from typing import Any

from sqlalchemy import create_engine, text


def sql(url: str, statement: str, **values: Any) -> None:
    """Run one statement, and commit it."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement), values)
    engine.dispose()


def many(url: str, table: str, rows: list[dict[str, Any]]) -> None:
    """Insert rows that all have the same columns."""
    columns = list(rows[0])
    statement = text(f"INSERT INTO {table} ({', '.join(columns)}) VALUES (:{', :'.join(columns)})")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(statement, rows)
    engine.dispose()
