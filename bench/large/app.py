"""The server's application with this folder's resource; its table is made in place of a migration."""

from pathlib import Path

from flask import Flask

from server import create_app as create_app
from server import resources
from server.config import Config
from server.database import migrations
from server.extensions import db

resources.__path__.append(str(Path(__file__).parent / "resources"))
_migrate = migrations.migrate


def migrate(app: Flask, config: Config) -> None:
    """The server's migrations, then the table."""
    _migrate(app, config)
    with app.app_context():
        db.metadata.tables["visits"].create(db.engine, checkfirst=True)


migrations.migrate = migrate
