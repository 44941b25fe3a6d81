"""Parsers of environment variables. Each raises ValueError with the cure: what to set the variable to instead."""

from collections.abc import Callable
from pathlib import Path

from server.values import hosts, urls, zones
from server.values.text import LONGEST_SPELLING, flaw, normalized, shows_something, trimmed

_SQLITE = "sqlite:///"
# As long as a name on the wire may be at most.
_LONGEST_NAME = 60
_ENCODED = "%40 for an @, %2F for a /, %3A for a colon"


def integer(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isascii() or not text.isdigit() or len(text) > 12 or not low <= int(text) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(text)

    return parse


def seconds(low: float, high: float) -> Callable[[str], float]:
    def parse(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if not low <= number <= high:
            raise ValueError(f"a number of seconds from {low:g} to {high:g}")
        return number

    return parse


def choice(*options: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in options:
            raise ValueError("one of " + ", ".join(options))
        return text

    return parse


def per_second(text: str) -> int:
    """0 stands for no limit."""
    if text == "off":
        return 0
    try:
        return integer(1, 100_000)(text)
    except ValueError as error:
        raise ValueError(f"off, or {error}") from None


def database_url(root: Path) -> Callable[[str], str]:
    """The text of a relative SQLite path is relative to `root`."""

    def parse(text: str) -> str:
        if text.startswith("postgresql+psycopg://"):
            try:
                urls.check_postgresql(text)
            except ValueError:
                example = "postgresql+psycopg://user:password@host:5432/name"
                cure = f"{example}, with libpq's options behind a `?`, and in a password {_ENCODED}"
                raise ValueError(cure) from None
            return text
        path = text.removeprefix(_SQLITE)
        is_path = text.startswith(_SQLITE) and path == path.strip() and path.isprintable() and "?" not in path
        is_file = path.rpartition("/")[2] not in ("", ".", "..") and not (root / path).is_dir()
        if not is_path or not is_file or path.lower().startswith(("~", ":", "file:")):
            raise ValueError(f"{_SQLITE}path/to/file.db or postgresql+psycopg://user@host/name")
        return f"{_SQLITE}{root / path}"

    return parse


def redis_url(text: str) -> str:
    try:
        if text:
            urls.check_redis(text)
    except ValueError:
        example = "redis://:password@host:6379"
        raise ValueError(f"{example}, in a password {_ENCODED}, or to nothing for a single process") from None
    return text


def listening(text: str) -> str:
    try:
        return hosts.listening(text)
    except ValueError:
        raise ValueError("an address to listen on, such as 127.0.0.1, 0.0.0.0 or ::, or a name") from None


def origins(text: str) -> tuple[str, ...]:
    try:
        return tuple(hosts.origin(part.strip()) for part in text.split(",") if part.strip())
    except ValueError:
        raise ValueError(
            "origins such as https://gym.example, separated by commas, each without a path: "
            "the server needs a name of its own, and works under no path"
        ) from None


def timezone(text: str) -> str:
    """An empty value means the machine's zone."""
    name = text or zones.of_this_machine()
    if name not in zones.names():
        raise ValueError("a name such as Europe/Berlin or America/New_York, or to nothing for the machine's time zone")
    return name


def name(text: str) -> str:
    """In one line that can be shown beside other text."""
    made = normalized(trimmed(text)) if len(text) <= LONGEST_SPELLING * _LONGEST_NAME else text
    if len(made) > _LONGEST_NAME or flaw(made) or not shows_something(made):
        raise ValueError(f"a name of up to {_LONGEST_NAME} characters, in one line")
    return made
