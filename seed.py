"""`python seed.py`: put a gym that looks real into the database, or one of any size. It asks before it deletes."""

import argparse
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from typing import NoReturn
from urllib.parse import quote

from server.config import Config, ConfigError

_LARGEST = 1_000_000


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def main() -> None:
    """Migrate the database, and fill it in one transaction."""
    if_empty, replace, sizes = _arguments()
    try:
        config = Config.from_environment()
    except ConfigError as error:
        sys.exit(str(error))
    if if_empty and is_filled(config):
        return
    # Loading the application takes a second, which the check above does not need.
    from server.seeds.seed import seed

    print(seed(config, sizes, if_empty, replace), end="")


def is_filled(config: Config) -> bool:
    """Whether an embedded database has a record; False if that is unknown."""
    if not config.database_url.startswith("sqlite:///"):
        return False
    try:
        path = config.database_url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM coaches)").fetchone()[0])
    except sqlite3.Error:
        return False


def _arguments() -> tuple[bool, bool, dict[str, int]]:
    """Whether to keep what is there, whether to delete it without asking, and the sizes that were given."""
    parser = _Parser(prog="seed.py", description=__doc__, allow_abbrev=False)
    parser.add_argument("--if-empty", action="store_true", help="do nothing if there is a record already")
    parser.add_argument("--replace", action="store_true", help="delete what is there without asking")
    for name, least in (("coaches", 1), ("moves", 1), ("plans", 1), ("schedules", 0)):
        parser.add_argument(f"--{name}", type=_size(least), metavar="N", help=f"make up so many {name}")
    options = vars(parser.parse_args())
    if_empty, replace = options.pop("if_empty"), options.pop("replace")
    return if_empty, replace, {name: size for name, size in options.items() if size is not None}


def _size(least: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= _LARGEST:
            raise argparse.ArgumentTypeError(f"{text!r} must be a whole number from {least} to {_LARGEST:,}")
        return int(text)

    return parse


if __name__ == "__main__":
    main()
