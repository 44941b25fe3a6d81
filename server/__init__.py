"""Spotter: a gym's data over Socket.IO, live on every screen.

`create_app` is the factory that `flask --app server` and WSGI hosts look for. Importing this package imports nothing
else, so that `python -m server` can prepare gevent before any other module is loaded.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def create_app() -> "Flask":
    """Build the application from the environment. Raises `config.ConfigError` for a setting that cannot work."""
    from server.app import create_app as build
    from server.cli import accounts
    from server.config import Config
    from server.journal_commands import commands as journal

    app = build(Config.from_environment())
    app.cli.add_command(accounts)
    app.cli.add_command(journal)
    return app
