"""What every command of `flask --app server` begins with."""

import click
from flask import current_app

from server import database
from server import logs
from server.app import Parts
from server.app import parts
from server.migrations import MigrationError


def opened() -> Parts:
    """The application's parts, with the data as it is now. A database that cannot be used ends the command."""
    running = parts(current_app)
    logs.configure(running.config.log_level, running.config.log_format)
    try:
        running.open()
    except MigrationError as error:
        raise click.ClickException(str(error)) from None
    except database.UNREACHABLE as error:
        raise click.ClickException(database.unusable(running.config, error)) from None
    return running
