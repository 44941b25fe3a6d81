"""`flask --app server journal ...`: after a restore, and after writes past the server."""

import logging

import click

from server.cli.command import Commands, opened
from server.database import postgresql
from server.database.engines import writing
from server.realtime.journal import journal
from server.realtime.journal.commit import RECONCILE
from server.realtime.journal.reconcile import reconcile

logger = logging.getLogger("spotter.cli")

commands = Commands("journal", help="The change log.")


@commands.command()
def restored() -> None:
    """Say that the database was put back from a backup: clients take its state anew, and know nothing of a lost future.

    Servers notice it by themselves, but for rows alone that are put back into the same tables while no server runs.
    """
    running = opened()
    with writing(running.engine) as connection:
        journal.head(connection, lock=True)
        journal.renew_epoch(connection)
    logger.warning("a new epoch begins: the command line said that the database was restored")
    click.echo("The journal has a new epoch.")


@commands.command(name="reconcile")
def reconcile_command() -> None:
    """Take note of rows that were written past the server, by hand in SQL or by an import. It may run meanwhile."""
    running = opened()
    with postgresql.within(postgresql.PROGRAM_SECONDS), writing(running.engine) as connection:
        reconciled = reconcile(connection, RECONCILE)
    click.echo(f"{reconciled.changes} records differed.")
    for table in reconciled.ids:
        click.echo(f"Ids of {table} would have been given twice: they begin after the highest.")
