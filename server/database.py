"""The database's connections: SQLite as a server wants it, one engine for everyone."""

from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Connection
from sqlalchemy import Engine
from sqlalchemy import event
from sqlalchemy.engine import make_url

from server.config import ROOT
from server.config import Config

# How long SQLite waits for another process's lock inside C, where no other client is served meanwhile.
_BUSY_SECONDS = 0.1
# The execution option of connections that write: they lock at their beginning, since SQLite refuses at once, whatever
# the timeout, to turn a reading transaction into a writing one.
WRITES = "writes"


def flask_settings(config: Config) -> dict[str, Any]:
    """What Flask-SQLAlchemy needs to know."""
    options: dict[str, Any] = {"pool_pre_ping": True} if config.database_url.startswith("postgresql") else {}
    if config.database_url.startswith("sqlite"):
        options["connect_args"] = {"timeout": _BUSY_SECONDS}
    return {"SQLALCHEMY_DATABASE_URI": config.database_url, "SQLALCHEMY_ENGINE_OPTIONS": options}


def prepare(engine: Engine, config: Config) -> None:
    """Set up each new connection of the engine; does nothing but for SQLite."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def connect(connection: Any, record: object) -> None:
        # The driver's own transaction handling would begin later than we say.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {config.sqlite_synchronous}")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def unusable(config: Config, error: Exception) -> str:
    """The line that ends the start when the database cannot be used: the setting, its value, the reason, the cure."""
    shown = make_url(config.database_url).render_as_string(hide_password=True)
    why = str(getattr(error, "orig", error)).splitlines()[0]
    return f"DATABASE_URL={shown} cannot be used: {why}. Set it to a database that can be reached and written."


def note_path(config: Config) -> Path | None:
    """Where to note how far an embedded database has come; None for one that is elsewhere."""
    path = make_url(config.database_url).database
    return Path(f"{ROOT / path}.seen") if config.database_url.startswith("sqlite") and path else None


def migrate(app: Flask, config: Config) -> None:
    """Bring the schema up to date; makes the folder of an embedded database."""
    path = make_url(config.database_url).database
    if config.database_url.startswith("sqlite") and path:
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
    with app.app_context():
        upgrade(str(ROOT / "migrations"))
