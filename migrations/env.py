"""Runs the migrations on the application's own engine: `flask --app server db upgrade`, or the server's start."""

from alembic import context
from flask import current_app
from sqlalchemy import text

migrate = current_app.extensions["migrate"]
engine = migrate.db.engine
# Several processes may start at once on PostgreSQL: the second waits, and finds nothing to do.
LOCK = "SELECT pg_advisory_xact_lock(20210721)"

with engine.connect() as connection:
    if engine.dialect.name == "sqlite":
        # A table that is rewritten is dropped, which would delete what refers to it.
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.rollback()
    context.configure(connection=connection, target_metadata=migrate.db.metadata, **migrate.configure_args)
    with context.begin_transaction():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text(LOCK))
        context.run_migrations()
    connection.commit()
    if engine.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
