"""`flask --app server database copy`: from one database to another, of either kind."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import make_url

from server.cli.command import Commands, opened, run_beside
from server.config import Config, ConfigError, environment_of
from server.database import copying, engines, postgresql
from server.database.engines import writing
from server.extensions import db
from server.realtime.journal import ids, journal
from server.realtime.journal.restore_check import RestoreCheck

commands = Commands("database", help="The database itself.")

_SECONDS = 24 * 3600.0


@commands.command()
@click.argument("url")
def copy(url: str) -> None:
    """Copy everything into the empty database at URL. Stop the servers first; they go on with the copy.

    Clients go on, too: the copy has the same epoch and commits. It is done completely or not at all.
    """
    running = opened()
    try:
        config = Config.from_environment(environment_of(DATABASE_URL=url))
    except ConfigError as error:
        raise click.ClickException(str(error)) from None
    if make_url(config.database_url) == make_url(running.config.database_url):
        raise click.ClickException("This is the database that is used now. Name another one.")
    run_beside(config.database_url, "db", "upgrade")
    target = create_engine(config.database_url, hide_parameters=True)
    engines.prepare(target, config)
    try:
        with postgresql.within(_SECONDS), writing(running.engine) as source, _of(config), writing(target) as connection:
            _copy(source, connection, config)
    finally:
        target.dispose()
    click.echo(f"The copy is complete. Set DATABASE_URL={make_url(url).render_as_string()} and start the servers.")


@contextmanager
def _of(config: Config) -> Iterator[None]:
    """Say of which of the two an error is."""
    try:
        yield
    except engines.UNREACHABLE as error:
        raise click.ClickException(engines.unusable(config, error)) from None


def _copy(source: Connection, target: Connection, config: Config) -> None:
    """Copy and compare, in these transactions. Nobody writes to the source meanwhile."""
    postgresql.may_idle(source)
    head = journal.head(source, lock=True)
    assert head is not None, "the journal is there once it was opened"
    # What a migration puts into a new database goes.
    if there := [name for name in copying.filled(target, db.metadata) if name not in ("journal_head", "gym")]:
        raise click.ClickException(f"The database is not empty: {', '.join(there)}. Name one without a gym in it.")
    copying.empty(target, db.metadata)
    for table in db.metadata.sorted_tables:
        copying.copy(source, target, table)
        here, there_now = copying.content(source, table), copying.content(target, table)
        if here != there_now:
            raise click.ClickException(f"{table.name} differs in the copy: {here} here, {there_now} there.")
        click.echo(f"{table.name:32}{here.rows:>10} rows  {here.digest}")
    ids.copy_counts(source, target)
    check = RestoreCheck(engines.note_path(config))
    # A copy that is meant is no restored backup.
    journal.set_database_identity(target, check.database_identity(target))
    check.note(head.epoch, head.seq)
