"""The schema: migrations go up and down, and are what the models say."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData
from sqlalchemy import create_engine
from sqlalchemy import inspect
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.support.server import ROOT
from tests.support.server import environment

# A row of each kind that the models would not let through: the database itself must refuse it.
COACH = {"name": "Ada Lovelace", "age": 36}
REFUSED: dict[str, list[dict[str, Any]]] = {
    "coaches": [{"name": None}, {"name": "A"}, {"age": 17}, {"age": 101}],
}


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Of a database that does not exist yet."""
    return f"sqlite:///{tmp_path}/gym.db"


def _db(url: str, *arguments: str) -> str:
    """Run `flask --app server db ...`; returns what it said."""
    ended = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "server", "db", *arguments],
        cwd=ROOT,
        env=environment(DATABASE_URL=url),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


def test_up_check_down_and_up_again(url: str) -> None:
    _db(url, "upgrade")
    assert "No new upgrade operations detected" in _db(url, "check")
    before = _schema(url)
    assert {"coaches", "exercise_moves", "workout_plans", "schedules"} <= set(before)
    _db(url, "downgrade", "base")
    assert set(_schema(url)) <= {"alembic_version"}
    _db(url, "upgrade")
    assert _schema(url) == before


def test_one_line_of_history(url: str) -> None:
    assert len(_db(url, "heads").strip().splitlines()) == 1


def test_references_unique_names_and_checks_are_in_the_database(url: str) -> None:
    _db(url, "upgrade")
    engine = create_engine(url)
    inspector = inspect(engine)
    targets = {key["referred_table"] for key in inspector.get_foreign_keys("schedules")}
    assert targets == {"coaches", "workout_plans"}
    tables = ("coaches", "exercise_moves", "workout_plans", "schedules")
    assert all(inspector.get_check_constraints(table) for table in tables)
    for table in inspector.get_table_names():
        for key in inspector.get_foreign_keys(table):
            assert key["name"], f"a foreign key of {table} without a name cannot be migrated"
    engine.dispose()


@pytest.mark.parametrize("wrong", REFUSED["coaches"])
def test_the_database_refuses_what_the_models_would(wrong: dict[str, Any], url: str) -> None:
    _db(url, "upgrade")
    engine = create_engine(url)
    metadata = MetaData()
    metadata.reflect(engine)
    coaches = metadata.tables["coaches"]
    with engine.begin() as connection:
        connection.execute(coaches.insert().values(**COACH))
    with engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(coaches.insert().values(**{**COACH, **wrong}))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM coaches")).scalar() == 1
    engine.dispose()


def _schema(url: str) -> dict[str, Any]:
    """Tables with their columns, keys and constraints, without an order that means nothing."""
    engine = create_engine(url)
    inspector = inspect(engine)
    schema = {
        table: (
            sorted(
                (column["name"], str(column["type"]), column["nullable"]) for column in inspector.get_columns(table)
            ),
            sorted(str(key["name"]) for key in inspector.get_foreign_keys(table)),
            sorted(str(index["name"]) for index in inspector.get_indexes(table)),
            sorted(str(check["name"]) for check in inspector.get_check_constraints(table)),
            sorted(str(unique["name"]) for unique in inspector.get_unique_constraints(table)),
        )
        for table in inspector.get_table_names()
    }
    engine.dispose()
    return schema
