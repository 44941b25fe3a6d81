"""Migrations that rewrite tables lose nothing: on a full gym, on both databases, also if they are killed."""

import shutil
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, select, text
from sqlalchemy.engine.interfaces import ReflectedIndex

from server import resources
from server.accounts import models as _accounts  # noqa: F401  (its tables belong to the schema)
from server.extensions import db
from server.realtime.journal import tables as _journal  # noqa: F401  (its tables belong to the schema, too)
from tests.support.environment import ROOT
from tests.support.fork_server import fork_server
from tests.support.postgres import Postgres
from tests.support.program import Ended
from tests.support.rows import sql

UPGRADE = ("flask", "--app", "server", "db", "upgrade")
MIGRATION = """
import os, signal, time
import sqlalchemy as sa
from alembic import op
revision, down_revision = "test", {newest!r}

def upgrade():
    for name in {tables!r}:
        with op.batch_alter_table(name) as batch:
            batch.create_check_constraint("rewritten", "1 = 1")
    {ending}
"""


FAILING = ("op.execute('SELECT * FROM nowhere')", "op.execute('UPDATE schedules SET coach_id = 12345')", "1 / 0")
KILLED = "os.kill(os.getpid(), signal.SIGKILL)"


@pytest.fixture(scope="module")
def urls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Of databases with the demo gym, of which the newest class was deleted again."""
    tmp_path = tmp_path_factory.mktemp("gym")
    with closing(Postgres()) as postgres:
        made = {"sqlite": f"sqlite:///{tmp_path}/gym.db", "postgres": postgres.new_database(tmp_path).url}
        for url in made.values():
            fork_server().run(("seed.py", "--if-empty"), DATABASE_URL=url)
            sql(url, "DELETE FROM schedules WHERE id = (SELECT max(id) FROM schedules)")
        yield made


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, urls: dict[str, str]) -> str:
    """Each of them in turn."""
    return urls[request.param]


def _tables() -> list[str]:
    resources.load()
    return [table.name for table in db.metadata.sorted_tables]


def _index(found: ReflectedIndex) -> str:
    """With the text of its condition, if it is partial."""
    return str({**found, "dialect_options": {key: str(one) for key, one in found.get("dialect_options", {}).items()}})


def _content(url: str) -> dict[str, Any]:
    """Every row, every constraint and index, and what SQLite counts of ids."""
    engine = create_engine(url)
    inspector = inspect(engine)
    found: dict[str, Any] = {}
    with engine.connect() as connection:
        for name in _tables():
            table = db.metadata.tables[name]
            rows = connection.execute(select(table).order_by(*table.primary_key)).all()
            found[name] = [tuple(row) for row in rows]
            found[f"{name}: constraints"] = (
                inspector.get_pk_constraint(name),
                sorted(map(str, inspector.get_foreign_keys(name))),
                sorted(map(str, inspector.get_unique_constraints(name))),
                sorted(map(_index, inspector.get_indexes(name))),
                sorted(
                    (check["name"], check["sqltext"])
                    for check in inspector.get_check_constraints(name)
                    if "rewritten" not in check["name"]
                ),
                [
                    (column["name"], str(column["type"]), column["nullable"], column["default"])
                    for column in inspector.get_columns(name)
                ],
            )
        if engine.dialect.name == "sqlite":
            counted = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
            # Of a table that never had a row, a rewriting counts none.
            found["ids"] = {row.name: row.seq for row in counted if row.seq}
            query = text("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")
            found["autoincrement"] = sorted(connection.scalars(query))
            listed = connection.execute(text("PRAGMA table_list"))
            found["without row ids"] = sorted(row.name for row in listed if row.wr)
            assert found["without row ids"] == ["journal_changes"]
    engine.dispose()
    return found


def _folder(tmp_path: Path, ending: str) -> str:
    """Migrations of which the newest rewrites each table, and then does this."""
    folder = tmp_path / f"migrations {len(list(tmp_path.iterdir()))}"
    shutil.copytree(ROOT / "migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
    newest = ScriptDirectory(str(folder)).get_current_head()
    made = MIGRATION.format(newest=newest, tables=_tables(), ending=ending)
    (folder / "versions" / "test_rewrites_all.py").write_text(made)
    return str(folder)


def _upgrade(url: str, tmp_path: Path, ending: str) -> Ended:
    """Try such a migration."""
    return fork_server().end((*UPGRADE, "-d", _folder(tmp_path, ending)), DATABASE_URL=url)


def _migrate(url: str, *arguments: str) -> None:
    fork_server().run(("flask", "--app", "server", "db", *arguments), DATABASE_URL=url)


def test_a_migration_that_fails_changes_nothing_and_says_so_in_a_line(url: str, tmp_path: Path) -> None:
    before = _content(url)
    for ending in FAILING:
        ended = _upgrade(url, tmp_path, ending)
        assert ended.code == 1 and len(ended.said.splitlines()) == 1, ended.said
        assert "failed, and nothing was changed" in ended.said
        assert "DATABASE_URL" not in ended.said
    assert _content(url) == before


def test_what_was_derived_stays_in_the_journal_of_a_full_gym(url: str) -> None:
    """It is the newest state of records that nobody has edited since, and clients know it by its rev."""
    # What a version of then has no columns or tables for is not kept by a downgrade.
    _migrate(url, "downgrade", "0011")
    _migrate(url, "upgrade")
    for table, values in (
        ("schedules", "minutes = 60, room = '', capacity = NULL"),
        ("planned_moves", "sets = NULL, reps = NULL, rest = NULL, notes = NULL"),
    ):
        sql(url, f"UPDATE {table} SET {values}")
    before = _content(url)
    _migrate(url, "downgrade", "0006")
    sql(url, "UPDATE journal_changes SET derived = true WHERE channel = 'schedules'")
    _migrate(url, "upgrade")
    assert _content(url) == before
    assert len(before["journal_changes"]) > 50
    engine = create_engine(url)
    assert "derived" not in {column["name"] for column in inspect(engine).get_columns("journal_changes")}
    engine.dispose()


def test_the_columns_of_the_journals_head_keep_what_they_hold_under_other_names(url: str) -> None:
    before = _content(url)
    _migrate(url, "downgrade", "0008")
    engine = create_engine(url)
    with engine.connect() as connection:
        old = connection.execute(text("SELECT id, epoch, seq, floor, shape, home FROM journal_head")).all()
    engine.dispose()
    assert [tuple(row) for row in old] == before["journal_head"] and len(old[0].shape) == 64
    _migrate(url, "upgrade")
    assert _content(url) == before


def test_rewriting_every_table_changes_no_row_no_id_and_no_constraint(url: str, tmp_path: Path) -> None:
    """Killed before its commit it was never there, and can be tried again."""
    before = _content(url)
    assert len(before["planned_moves"]) > 50 and len(before["schedules"]) > 20
    assert _upgrade(url, tmp_path, KILLED).code == -signal.SIGKILL
    assert _content(url) == before
    # Longer than a server's transaction may wait for its process.
    ended = _upgrade(url, tmp_path, "time.sleep(5.5)")
    assert ended.code == 0, ended.said
    assert _content(url) == before
    engine = create_engine(url)
    checks = {name for name in _tables() if "rewritten" in str(inspect(engine).get_check_constraints(name))}
    engine.dispose()
    assert checks == set(_tables()), "the migration did what it says"
