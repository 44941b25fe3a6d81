"""Fills a database: migrates it, and writes the gym in one transaction."""

import sys
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import event

from server.accounts.passwords import demo
from server.app import create_app
from server.config import Config
from server.database import engines, migrations, postgresql, sqlite_file
from server.lifecycle import parts
from server.seeds import gym, tables
from server.seeds.generated import of_size
from server.values import urls

# From so many classes on it takes long enough to print the progress.
_MANY = 20_000
# How long another program may hold the lock of an embedded database.
_WAIT_FOR_LOCK = "PRAGMA busy_timeout = 30000"


def seed(config: Config, sizes: Mapping[str, int], if_empty: bool, replace: bool) -> str:
    """Write the demo gym, or one of `sizes`; returns the line for the user, "" if nothing was written.

    A database that cannot be used ends the program with one line.
    """
    content = of_size(sizes) if sizes else gym.demo()
    app = create_app(config)
    if missing := tables.missing():
        # `make start` asks before each start; who removed the gym has no demo of it.
        if if_empty:
            return ""
        sys.exit(f"There is no demo without the gym's resources: {', '.join(missing)}. Write records of your own.")
    try:
        done = _fill(app, config, content, if_empty, replace)
    except migrations.MigrationError as error:
        sys.exit(str(error))
    except (OSError, *engines.UNREACHABLE) as error:
        sys.exit(engines.unusable(config, error))
    finally:
        sqlite_file.leave(parts(app).engine)
    if done and config.access != "open":
        return f"Seeded {content}. No demo accounts were made, since ACCESS is {config.access}.\n"
    names = ", ".join(demo.NAMES)
    return f"Seeded {content}. Sign in as {names} with the password {demo.PASSWORD}.\n" if done else ""


def _fill(app: Flask, config: Config, content: gym.Gym, if_empty: bool, replace: bool) -> bool:
    engine = parts(app).engine
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, record: connection.execute(_WAIT_FOR_LOCK))
    engines.check_writable(config)
    migrations.migrate(app, config)
    with engine.connect() as connection:
        was_empty = tables.is_empty(connection)
    if not was_empty and if_empty:
        return False
    if not was_empty and not replace:
        _ask(urls.shown(config.database_url))
    writing = engine.execution_options(**{engines.WRITES: True}).begin()
    with postgresql.within(postgresql.PROGRAM_SECONDS), writing as connection:
        # A large gym takes its time to be made up.
        postgresql.may_idle(connection)
        # Another program may have filled it while this one waited for the lock.
        if if_empty and not tables.is_empty(connection):
            return False
        report = _print_progress if len(content.week) > _MANY else lambda line: None
        today = datetime.now(ZoneInfo(config.timezone)).date()
        tables.replace(connection, content, today, report, demo=config.access == "open")
    return True


def _ask(name: str) -> None:
    """Go on only if a person says so. `name` is the database's, without its password."""
    if not sys.stdin.isatty():
        sys.exit(f"{name} has records or accounts: give --replace to delete them, or --if-empty to keep them.")
    if input(f"Delete all records, their history and the accounts of coaches in {name}? [y/N] ").lower() != "y":
        sys.exit("Nothing was changed.")


def _print_progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
