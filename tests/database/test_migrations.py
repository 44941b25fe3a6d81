"""The schema: migrations go up and down, and are what the models say."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, MetaData, create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

from server import resources
from server.accounts import models as _accounts  # noqa: F401  (its tables belong to the schema)
from server.extensions import db
from tests.support.environment import ROOT
from tests.support.flask import flask

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
    return flask(url, "db", *arguments)


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


def _nullable(engine: Engine, table: str) -> dict[str, bool]:
    return {column["name"]: column["nullable"] for column in inspect(engine).get_columns(table)}


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


def test_the_migration_of_a_new_resource_as_it_is_generated_gives_no_id_twice(url: str, tmp_path: Path) -> None:
    """As the README has it: a file, and `flask db migrate`. Its author says nothing of ids."""
    folder = tmp_path / "migrations"
    shutil.copytree(ROOT / "migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
    known = set(folder.glob("versions/*.py"))
    for command in (("upgrade",), ("migrate", "-m", "guests"), ("upgrade",), ("check",)):
        flask(url, "db", *command, "-d", str(folder), app="tests.wire.new_resource.extended")
    (made,) = set(folder.glob("versions/*.py")) - known
    assert made.read_text().count("sqlite_autoincrement=True") == 1, "of the guests, and not of what they follow"
    engine = create_engine(url)
    ids = []
    for _ in range(2):
        with engine.begin() as connection:
            coach = connection.execute(text("INSERT INTO coaches (name, age) VALUES ('Ada', 36) RETURNING id")).scalar()
            guest = text("INSERT INTO guests (name, coach_id) VALUES ('Mel', :coach) RETURNING id")
            ids.append(connection.execute(guest, {"coach": coach}).scalar())
            connection.execute(text("DELETE FROM guests"))
    engine.dispose()
    assert ids == [1, 2]


def test_every_table_whose_ids_the_database_chooses_gives_none_twice(url: str) -> None:
    _db(url, "upgrade")
    engine = create_engine(url)
    with engine.connect() as connection:
        made: Any = dict(connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all())
    engine.dispose()
    resources.load()
    chosen = [table.name for table in db.metadata.sorted_tables if table.autoincrement_column is not None]
    assert {"coaches", "exercise_moves", "workout_plans", "schedules", "accounts"} <= set(chosen)
    assert [name for name in chosen if "AUTOINCREMENT" not in made[name]] == []


def test_a_coach_without_an_age_and_texts_that_were_null(url: str) -> None:
    _db(url, "upgrade", "0002")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO coaches (name, age, picture) VALUES ('Ada', NULL, NULL), ('Bo', 30, 'x')"))
    _db(url, "upgrade")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, age, picture FROM coaches ORDER BY id")).all()
    assert [tuple(row) for row in rows] == [("Ada", 100, ""), ("Bo", 30, "x")]
    columns = {**_nullable(engine, "coaches"), **_nullable(engine, "exercise_moves")}
    assert not columns["age"] and not columns["picture"] and not columns["video_link"]
    engine.dispose()
