"""Migrations that rewrite tables lose nothing: on a full gym, on both databases, also if they are killed."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy import inspect
from sqlalchemy import select
from sqlalchemy import text

from server import resources
from server.accounts import models as _accounts  # noqa: F401  (its tables belong to the schema)
from server.extensions import db
from tests.support.ports import Port
from tests.support.postgres import Postgres
from tests.support.server import ROOT
from tests.support.server import environment

MIGRATION = """
import os, signal
import sqlalchemy as sa
from alembic import op
revision, down_revision = "test", {newest!r}

def upgrade():
    for name in {tables!r}:
        with op.batch_alter_table(name) as batch:
            batch.create_check_constraint("rewritten", "1 = 1")
    {ending}
"""


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of a database with the demo gym, of which the newest class was deleted again."""
    tmp_path = tmp_path_factory.mktemp("gym")
    with closing(Postgres()) as postgres:
        url = f"sqlite:///{tmp_path}/gym.db" if request.param == "sqlite" else postgres.new_database(tmp_path).url
        command = [sys.executable, "seed.py", "--if-empty"]
        subprocess.run(command, cwd=ROOT, env=environment(DATABASE_URL=url), check=True, timeout=60)
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM schedules WHERE id = (SELECT max(id) FROM schedules)"))
        engine.dispose()
        yield url


def _tables() -> list[str]:
    resources.load()
    return [table.name for table in db.metadata.sorted_tables]


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
                sorted(map(str, inspector.get_indexes(name))),
                sorted(
                    check["name"] for check in inspector.get_check_constraints(name) if "rewritten" not in check["name"]
                ),
                [(column["name"], column["nullable"], column["default"]) for column in inspector.get_columns(name)],
            )
        if engine.dialect.name == "sqlite":
            counted = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
            found["ids"] = {row.name: row.seq for row in counted}
            query = text("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")
            found["autoincrement"] = sorted(connection.scalars(query))
    engine.dispose()
    return found


def _upgrade(url: str, tmp_path: Path, ending: str = "pass") -> subprocess.CompletedProcess[str]:
    """Run a migration that rewrites each table, after those that there are."""
    folder = tmp_path / "migrations"
    if not folder.exists():
        shutil.copytree(ROOT / "migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
    newest = max(path.name for path in (ROOT / "migrations" / "versions").glob("0*.py"))[:4]
    made = MIGRATION.format(newest=newest, tables=_tables(), ending=ending)
    (folder / "versions" / "test_rewrites_all.py").write_text(made)
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "server", "db", "upgrade", "-d", str(folder)],
        cwd=ROOT,
        env=environment(DATABASE_URL=url),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "ending",
    ["op.execute('SELECT * FROM nowhere')", "op.execute('UPDATE schedules SET coach_id = 12345')", "1 / 0"],
    ids=["sql", "reference", "python"],
)
def test_a_migration_that_fails_changes_nothing_and_says_so_in_a_line(url: str, tmp_path: Path, ending: str) -> None:
    before = _content(url)
    ended = _upgrade(url, tmp_path, ending)
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr and "failed, and nothing was changed" in ended.stderr
    assert _content(url) == before


def test_rewriting_every_table_changes_no_row_no_id_and_no_constraint(url: str, tmp_path: Path) -> None:
    """Killed before its commit it was never there, and can be tried again."""
    before = _content(url)
    assert len(before["planned_moves"]) > 50 and len(before["schedules"]) > 20
    assert _upgrade(url, tmp_path, "os.kill(os.getpid(), signal.SIGKILL)").returncode == -signal.SIGKILL
    assert _content(url) == before
    ended = _upgrade(url, tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert _content(url) == before
    engine = create_engine(url)
    checks = {name for name in _tables() if "rewritten" in str(inspect(engine).get_check_constraints(name))}
    engine.dispose()
    assert checks == set(_tables()), "the migration did what it says"


def test_a_database_newer_than_the_program_ends_the_start_with_a_line(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'of tomorrow'"))
    engine.dispose()
    port = Port()
    for command in (["-m", "server"], ["seed.py", "--replace"], ["-m", "flask", "--app", "server", "account", "list"]):
        ended = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment(DATABASE_URL=url, PORT=str(port.number)),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        said = (ended.stdout + ended.stderr).strip()
        assert ended.returncode == 1, said
        assert len(said.splitlines()) == 1 and "newer than this program" in said and "of tomorrow" in said, said
        assert "DATABASE_URL" not in said
    port.release()
