"""`python seed.py`: put a gym that looks real into the database, or one of any size. What was there is deleted."""

import argparse
import sys
from collections.abc import Callable
from typing import NoReturn

from sqlalchemy import event
from sqlalchemy.exc import DatabaseError

from server import database
from server.app import create_app
from server.app import parts
from server.config import Config
from server.config import ConfigError
from server.seeds import accounts
from server.seeds import gym
from server.seeds import tables

_LARGEST = 1_000_000
# From so many records on it takes long enough to tell how far it is.
_MANY = 20_000
# How long another program may hold the lock of an embedded database.
_PATIENCE = "PRAGMA busy_timeout = 30000"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def main() -> None:
    """Migrate the database, and fill it in one transaction."""
    if_empty, sizes = _arguments()
    try:
        config = Config.from_environment()
    except ConfigError as error:
        sys.exit(str(error))
    try:
        summary = _seed(config, gym.of_size(sizes) if sizes else gym.real(), if_empty)
    except (OSError, DatabaseError) as error:
        sys.exit(database.unusable(config, error))
    if summary:
        print(summary)


def _seed(config: Config, content: gym.Gym, if_empty: bool) -> str:
    """Returns what to tell the user."""
    app = create_app(config)
    engine = parts(app).engine
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, record: connection.execute(_PATIENCE))
    database.migrate(app, config)
    with engine.connect() as connection:
        if if_empty and not tables.is_empty(connection):
            return ""
    with engine.execution_options(**{database.WRITES: True}).begin() as connection:
        # Another program may have filled it while this one waited for the lock.
        if if_empty and not tables.is_empty(connection):
            return ""
        tables.replace(connection, content, _tell if len(content.week) > _MANY else lambda line: None)
    names = ", ".join(accounts.DEMO)
    return f"Seeded {content}. Sign in as {names} with the password {accounts.DEMO_PASSWORD}."


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _arguments() -> tuple[bool, dict[str, int]]:
    """Whether to keep what is there, and the sizes that were given."""
    parser = _Parser(prog="seed.py", description=__doc__, allow_abbrev=False)
    parser.add_argument("--if-empty", action="store_true", help="do nothing if there is a record already")
    for name, least in (("coaches", 1), ("moves", 1), ("plans", 1), ("schedules", 0)):
        parser.add_argument(f"--{name}", type=_size(least), metavar="N", help=f"make up so many {name}")
    given = vars(parser.parse_args())
    return given.pop("if_empty"), {name: size for name, size in given.items() if size is not None}


def _size(least: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= _LARGEST:
            raise argparse.ArgumentTypeError(f"{text!r} must be a whole number from {least} to {_LARGEST:,}")
        return int(text)

    return parse


if __name__ == "__main__":
    main()
