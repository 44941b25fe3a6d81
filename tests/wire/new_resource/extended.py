"""The server with more files in server/resources/, and their tables in place of a migration.

For `flask --app tests.wire.new_resource.extended ...`, which finds `create_app` here.
"""

from pathlib import Path

from flask import Flask
from sqlalchemy import inspect
from sqlalchemy.exc import DatabaseError

from server import create_app as create_app
from server import resources
from server.config import Config
from server.database import migrations
from server.extensions import db

resources.__path__.append(str(Path(__file__).parent / "resources"))
_migrate = migrations.migrate


def migrate(app: Flask, config: Config) -> None:
    """The server's migrations, then the tables that those of the further resources would make."""
    _migrate(app, config)
    with app.app_context():
        for table in db.metadata.sorted_tables:
            try:
                table.create(db.engine, checkfirst=True)
            except DatabaseError:
                # Another process made it between the look and the making.
                if not inspect(db.engine).has_table(table.name):
                    raise


migrations.migrate = migrate
