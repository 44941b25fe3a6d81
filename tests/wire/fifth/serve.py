"""`python -m server` with one more file in server/resources/, and its table in place of a migration."""

# ruff: noqa: E402  (gevent's patches come before every other import, as in server/__main__.py)

from gevent import monkey

monkey.patch_all()

from pathlib import Path

from flask import Flask
from sqlalchemy import inspect
from sqlalchemy.exc import DatabaseError

from server import database
from server import resources
from server.__main__ import main
from server.config import Config
from server.extensions import db

resources.__path__.append(str(Path(__file__).parent / "resources"))
_migrate = database.migrate


def migrate(app: Flask, config: Config) -> None:
    """The server's migrations, then the table that the fifth resource's own would make."""
    _migrate(app, config)
    with app.app_context():
        try:
            db.metadata.tables["members"].create(db.engine, checkfirst=True)
        except DatabaseError:
            # Another process made it between the look and the making.
            if not inspect(db.engine).has_table("members"):
                raise


database.migrate = migrate
main()
