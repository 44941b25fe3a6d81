"""Spotter: a gym's data over Socket.IO, live on every screen.

`create_app` is the factory that `flask --app server` and WSGI hosts call. Importing this package imports nothing else,
so that `python -m server` can patch for gevent before any other module is loaded.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def create_app() -> "Flask":
    """Build the application from the environment.

    For a setting that cannot work: raises `NoAppException`, one line; a command of `flask` ends with that line.
    """
    import atexit

    from server.app import create_app as build
    from server.cli.account import accounts
    from server.cli.command import refuse
    from server.cli.database import commands as database
    from server.cli.journal import commands as journal
    from server.cli.new_resource import new_resource
    from server.config import Config, ConfigError
    from server.database import sqlite_file
    from server.lifecycle import parts
    from server.realtime.resource.declaration import Undeclarable

    try:
        app = build(Config.from_environment())
    except (ConfigError, Undeclarable) as error:
        refuse(str(error))
    # Every command leaves all commits in an embedded database's file.
    atexit.register(sqlite_file.leave, parts(app).engine)
    app.cli.add_command(accounts)
    app.cli.add_command(database)
    app.cli.add_command(journal)
    app.cli.add_command(new_resource)
    return app
