"""Runs all migrations that are due in one transaction, which a failure rolls back, also on SQLite.

A migration may rewrite any table (`op.batch_alter_table`), whatever refers to it: SQLite's foreign keys are off
meanwhile and checked before the commit, and a rewritten table keeps its counter of ids.
"""

from graphlib import CycleError, TopologicalSorter
from typing import Any

from alembic import command
from alembic.ddl.sqlite import SQLiteImpl
from alembic.operations.ops import CreateTableOp, DropTableOp, MigrationScript
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import Flask
from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from server.config import ROOT, Config
from server.database import postgresql
from server.database.engines import UNREACHABLE, WRITES, check_writable, is_embedded, one_line, unusable

FOLDER = ROOT / "migrations"
# On PostgreSQL processes that start at the same time migrate one after the other.
_LOCK = text("SELECT pg_advisory_xact_lock(20210721)")
_WAIT_FOR_LOCKS = text("SET LOCAL lock_timeout = 0")


class MigrationError(CommandError):
    """The schema cannot be brought up to date; nothing was changed. Its text is one line: what, why, the cure."""


class _Unusable(MigrationError):
    """The database cannot be used; `cause` is the error."""

    def __init__(self, line: str, cause: Exception) -> None:
        super().__init__(line)
        self.cause = cause


class _SQLite(SQLiteImpl):
    """Alembic's SQLite, which rewrites a table by copying its rows into a new one."""

    __dialect__ = "sqlite"

    def prep_table_for_batch(self, batch_impl: Any, table: Any) -> None:
        """Make the new table AUTOINCREMENT if the old one was: reflection does not show that."""
        assert self.connection is not None
        query = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
        if "AUTOINCREMENT" in (self.connection.scalar(query, {"name": table.name}) or "").upper():
            batch_impl.new_table.dialect_options["sqlite"]["autoincrement"] = True
        super().prep_table_for_batch(batch_impl, table)


def migrate(app: Flask, config: Config) -> None:
    """Bring the schema up to date; makes the folder of an embedded database.

    Raises MigrationError, or what the database raises if it cannot be reached.
    """
    _make_folder(config)
    with postgresql.within(postgresql.PROGRAM_SECONDS), app.app_context():
        extension = app.extensions["migrate"]
        script = ScriptDirectory(str(FOLDER))
        with extension.db.engine.connect() as connection:
            current = _current(connection)
        if set(script.get_heads()) == current:
            return
        _check_known(current, script)
        try:
            command.upgrade(extension.migrate.get_config(str(FOLDER)), "head")
        except _Unusable as error:
            raise error.cause from None
        except CommandError as error:
            # Raised by a migration that finds data that only a person can decide about.
            raise MigrationError(one_line(error)) from None


def run(config: Config, extension: Any, context: Any) -> None:
    """What migrations/env.py does: run what Alembic was asked to run on the application's own engine.

    Raises CommandError, one line, whatever goes wrong: it is what `flask db` shows without a traceback.
    """
    try:
        check_writable(config)
        _make_folder(config)
        _run(extension, context)
    except (OSError, *UNREACHABLE) as error:
        raise _Unusable(unusable(config, error), error) from None


def _run(extension: Any, context: Any) -> None:
    engine: Engine = extension.db.engine
    due: list[str] = []
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        _without_foreign_keys(connection)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(_WAIT_FOR_LOCKS)
                # What a migration computes of a large gym takes its time, and on a busy machine more.
                postgresql.may_idle(connection)
                connection.execute(_LOCK)
            counters = _counters(connection)
            context.configure(
                connection=connection,
                target_metadata=extension.db.metadata,
                transactional_ddl=True,
                on_version_apply=lambda step, **_: due.append(step.up_revision_id),
                process_revision_directives=_order,
                **extension.configure_args,
            )
            if not context.get_context().purge:
                _check_known(_current(connection), ScriptDirectory.from_config(context.config))
            try:
                with context.begin_transaction():
                    context.run_migrations()
                _restore(connection, counters)
                _check_references(connection)
            except CommandError:
                raise
            except Exception as error:
                if isinstance(error, DBAPIError) and error.connection_invalidated:
                    raise
                after = f"after {due[-1]}" if due else "that is due"
                raise MigrationError(
                    f"The migration {after} failed, and nothing was changed: {one_line(error)}. "
                    "Start the version that ran before, and tell who wrote the migration."
                ) from error


def _order(context: object, revision: object, directives: list[MigrationScript]) -> None:
    """Of a migration that is generated: drop a table after those that refer to it. Alembic knows no order of them."""
    for script in directives:
        steps, back = script.upgrade_ops, script.downgrade_ops
        if steps is None or back is None:
            continue
        dropped = {step.table_name: step for step in steps.ops if isinstance(step, DropTableOp)}
        targets = {
            name: {key.target_fullname.rpartition(".")[0] for key in step.to_table().foreign_keys} - {name}
            for name, step in dropped.items()
        }
        try:
            last = [name for name in TopologicalSorter(targets).static_order() if name in dropped]
        except CycleError:
            # Tables that refer to each other: only a person can say which reference goes first.
            continue
        made = [step for step in steps.ops if isinstance(step, CreateTableOp)]
        others = [step for step in steps.ops if not isinstance(step, CreateTableOp | DropTableOp)]
        steps.ops = [*made, *others, *(dropped[name] for name in reversed(last))]
        back.ops = steps.reverse().ops


def _make_folder(config: Config) -> None:
    path = make_url(config.database_url).database
    if is_embedded(config) and path:
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)


def _check_known(current: set[str], script: ScriptDirectory) -> None:
    if unknown := current - {revision.revision for revision in script.walk_revisions()}:
        raise MigrationError(
            f"The database is newer than this program: it has the migration {', '.join(sorted(unknown))}, which "
            "is not in migrations/versions/. Start the version that made it, or restore a backup from before."
        )


def _current(connection: Connection) -> set[str]:
    return set(MigrationContext.configure(connection).get_current_heads())


def _without_foreign_keys(connection: Connection) -> None:
    """On SQLite, until this connection is closed: dropping a table that is rewritten would delete what refers to it.

    The pragma does nothing inside a transaction, so the driver runs it before SQLAlchemy begins one.
    """
    if connection.dialect.name != "sqlite":
        return
    # A detached connection is closed, and does not return to the pool with these settings.
    connection.detach()
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    driver.execute(f"PRAGMA busy_timeout = {int(postgresql.PROGRAM_SECONDS * 1000)}")


def _counters(connection: Connection) -> dict[str, int]:
    """The highest id that each of SQLite's tables has given, also to rows that are gone."""
    if connection.dialect.name != "sqlite" or not connection.dialect.has_table(connection, "sqlite_sequence"):
        return {}
    return {row.name: row.seq for row in connection.execute(text("SELECT name, seq FROM sqlite_sequence"))}


def _restore(connection: Connection, counters: dict[str, int]) -> None:
    """Restore the counters of tables that were rewritten."""
    for name, seq in counters.items():
        values = {"name": name, "seq": seq}
        raised = connection.execute(text("UPDATE sqlite_sequence SET seq = max(seq, :seq) WHERE name = :name"), values)
        if raised.rowcount == 0 and connection.dialect.has_table(connection, name):
            connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"), values)


def _check_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    for table, row, target, _ in connection.execute(text("PRAGMA foreign_key_check")):
        raise ValueError(f"row {row} of {table} refers to a row of {target} that is not there")
