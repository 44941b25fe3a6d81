"""What all commands of `flask --app server` share: opening the data, and errors in one line."""

import subprocess
import sys
from typing import Any, NoReturn

import click
from flask import current_app
from flask.cli import AppGroup, NoAppException, ScriptInfo

from server.cli import logs
from server.config import ROOT, environment_of
from server.database import engines
from server.database.migrations import MigrationError
from server.lifecycle import Parts, parts


class Commands(AppGroup):
    """Commands that end with one line if the database cannot be used."""

    def invoke(self, ctx: click.Context) -> Any:
        """As click's. Raises ClickException with that line."""
        try:
            return super().invoke(ctx)
        except MigrationError as error:
            raise click.ClickException(str(error)) from None
        except engines.UNREACHABLE as error:
            config = parts(ctx.ensure_object(ScriptInfo).load_app()).config
            raise click.ClickException(engines.unusable(config, error)) from None


def opened() -> Parts:
    """The application's parts, with the data as it is now. For `Commands`: raises what the database raises."""
    running = parts(current_app)
    logs.configure(running.config.log_level, running.config.log_format)
    try:
        engines.check_writable(running.config)
        running.open()
    except OSError as error:
        raise click.ClickException(engines.unusable(running.config, error)) from None
    return running


def run_beside(url: str, *arguments: str) -> None:
    """Run another command of `flask --app server`, on the database at `url`: an application knows only one.

    Raises ClickException with the line that says why it failed.
    """
    command = [sys.executable, "-m", "flask", "--app", "server", *arguments]
    settings = environment_of(DATABASE_URL=url)
    ended = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)
    if ended.returncode != 0:
        said = (ended.stderr.strip() or f"flask {' '.join(arguments)} failed").splitlines()[-1]
        raise click.ClickException(said.removeprefix("Error: "))


def refuse(line: str) -> NoReturn:
    """End with the error `line`: of an application by NoAppException, of a command by its exit."""
    if click.get_current_context(silent=True) is None:
        raise NoAppException(line)
    # `flask` would go on, and put its usage around the line, or a second one after it.
    click.echo(f"Error: {line}", err=True)
    sys.exit(1)
