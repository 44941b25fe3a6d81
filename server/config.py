"""Every setting, its default and its help; nothing else in the server reads the environment."""

import os
import secrets
import tempfile
from collections.abc import Callable
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import Any

from server import port
from server.values import hosts
from server.values import urls
from server.values import zones

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = ROOT / "instance"

_LEAST_KEY = 16
_OTHERS, _OWNER_ONLY = 0o077, 0o600
_EMBEDDED = "sqlite:///"
_ENCODED = "%40 for an @, %2F for a /, %3A for a colon"


class ConfigError(Exception):
    """A setting that cannot work. Its text is one line: the name, the value, the cure."""


def _visible(text: str) -> str:
    """What has an @ may be an address with a password, wherever it was put."""
    return urls.HIDDEN if "@" in text else repr(text)


def _hidden(text: str) -> str:
    return urls.HIDDEN


@dataclass(frozen=True)
class Setting:
    """One environment variable: how it is called, what it is when absent, how its text is read, and what it is for.

    `show` makes of a wrong text what may be printed of it.
    """

    name: str
    default: str
    parse: Callable[[str], Any]
    help: str
    show: Callable[[str], str] = _visible


def _integer(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isascii() or not text.isdigit() or len(text) > 12 or not low <= int(text) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(text)

    return parse


def _seconds(low: float, high: float) -> Callable[[str], float]:
    def parse(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if not low <= number <= high:
            raise ValueError(f"a number of seconds from {low:g} to {high:g}")
        return number

    return parse


def _choice(*options: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in options:
            raise ValueError("one of " + ", ".join(options))
        return text

    return parse


def _per_second(text: str) -> int:
    """0 stands for no limit."""
    if text == "off":
        return 0
    try:
        return _integer(1, 100_000)(text)
    except ValueError as error:
        raise ValueError(f"off, or {error}") from None


def _database_url(text: str) -> str:
    """A relative path begins at the project's folder, whoever reads it later."""
    if text.startswith("postgresql+psycopg://"):
        return text
    path = text.removeprefix(_EMBEDDED)
    is_file = text.startswith(_EMBEDDED) and path == path.strip() and path.isprintable() and "?" not in path
    names_one = path.rpartition("/")[2] not in ("", ".", "..") and not (ROOT / path).is_dir()
    if not is_file or not names_one or path.lower().startswith(("~", ":", "file:")):
        raise ValueError(f"{_EMBEDDED}path/to/file.db or postgresql+psycopg://user@host/name")
    return f"{_EMBEDDED}{ROOT / path}"


def _usable_database_url(text: str) -> str:
    url = _database_url(text)
    if url.startswith("postgresql"):
        try:
            urls.check_postgresql(url)
        except ValueError:
            example = "postgresql+psycopg://user:password@host:5432/name"
            raise ValueError(f"{example}, with libpq's options behind a `?`, and in a password {_ENCODED}") from None
    return url


def _redis_url(text: str) -> str:
    try:
        if text:
            urls.check_redis(text)
    except ValueError:
        example = "redis://:password@host:6379"
        raise ValueError(f"{example}, in a password {_ENCODED}, or to nothing for a single process") from None
    return text


def _host(text: str) -> str:
    try:
        return hosts.listening(text)
    except ValueError:
        raise ValueError("an address to listen on, such as 127.0.0.1, 0.0.0.0 or ::, or a name") from None


def _origins(text: str) -> tuple[str, ...]:
    try:
        return tuple(hosts.origin(part.strip()) for part in text.split(",") if part.strip())
    except ValueError:
        raise ValueError("origins such as https://gym.example, separated by commas, each without a path") from None


def _timezone(text: str) -> str:
    """An empty value means the machine's zone."""
    name = text or zones.of_this_machine()
    if name not in zones.names():
        raise ValueError("a name such as Europe/Berlin or America/New_York, or to nothing for the machine's time zone")
    return name


def _secret_key(text: str) -> str:
    """An empty value means: one made on the first start and kept beside the database, so that tokens outlive it."""
    if text:
        if len(text) < _LEAST_KEY:
            raise ValueError(f"at least {_LEAST_KEY} characters that nobody can guess")
        return text
    path = INSTANCE / "secret_key"
    try:
        if not path.exists():
            _make_key(path)
        key = path.read_text(encoding="utf-8", errors="replace")
        if path.stat().st_mode & _OTHERS:
            with suppress(OSError):
                path.chmod(_OWNER_ONLY)
    except OSError as error:
        why = f"since one cannot be kept in {path} ({error.strerror})"
        raise ValueError(f"at least {_LEAST_KEY} characters that nobody can guess, {why}") from None
    if len(key.strip()) < _LEAST_KEY:
        why = f"or remove {path}, which holds fewer, and another is made"
        raise ValueError(f"at least {_LEAST_KEY} characters that nobody can guess, {why}")
    return key


def _make_key(path: Path) -> None:
    """Keep a new key there, whole or not at all; the first one stays, whoever else makes one at the same time."""
    path.parent.mkdir(exist_ok=True)
    number, draft = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    try:
        with os.fdopen(number, "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        os.unlink(draft)


SETTINGS = (
    Setting("HOST", port.DEFAULT_HOST, _host, "address to listen on"),
    Setting("PORT", port.DEFAULT_PORT, _integer(1, 65535), "port to listen on"),
    Setting(
        "DATABASE_URL",
        f"sqlite:///{INSTANCE / 'gym.db'}",
        _usable_database_url,
        "where the gym's data is kept; a relative path begins at the project's folder",
        urls.shown,
    ),
    Setting(
        "REDIS_URL",
        "",
        _redis_url,
        "where processes that share a database wake each other; empty: they don't",
        urls.shown,
    ),
    Setting("SQLITE_SYNCHRONOUS", "FULL", _choice("FULL", "NORMAL"), "FULL: an acked write survives a power cut"),
    Setting("SECRET_KEY", "", _secret_key, "signs the tokens; empty: made once, kept in instance/", _hidden),
    Setting("ALLOWED_ORIGINS", "", _origins, "origins of other sites whose pages may connect, separated by commas"),
    Setting("ACCESS", "open", _choice("open", "public-read", "required"), "who may read and write"),
    Setting("TIMEZONE", "", _timezone, "the gym's time zone, such as Europe/Berlin; empty: the machine's"),
    Setting("RATE_LIMIT", "100", _per_second, "requests a second of one socket, five times that at once; or `off`"),
    Setting("CONNECTIONS_PER_ADDRESS", "500", _integer(1, 1_000_000), "connections from one address at a time"),
    Setting("TRUSTED_PROXIES", "0", _integer(0, 9), "reverse proxies before the server that add to X-Forwarded-For"),
    Setting("LOG_LEVEL", "INFO", _choice("DEBUG", "INFO", "WARNING", "ERROR"), "how much is logged"),
    Setting("LOG_FORMAT", "text", _choice("text", "json"), "how a log line is written"),
    Setting("MAX_MESSAGE_BYTES", "100000", _integer(1_000, 10_000_000), "largest message a client may send"),
    Setting("MAX_BACKLOG_BYTES", "1000000", _integer(100_000, 100_000_000), "unsent bytes kept for one slow client"),
    Setting("REFRESHES_PER_SECOND", "2", _integer(1, 1_000), "how often one socket gets `refresh` at once"),
    Setting("HEARTBEAT_SECONDS", "4", _seconds(0.05, 5), "longest silence on a synced socket"),
    Setting("EDITING_SECONDS", "30", _seconds(0.1, 300), "for how long a client that said `editing` counts as editing"),
    Setting("JOURNAL_DAYS", "30", _integer(1, 3_650), "how long the change log reaches back"),
    Setting("JOURNAL_COMMITS", "100000", _integer(100, 100_000_000), "how many commits the change log reaches back"),
    Setting("TICK_SECONDS", "1", _seconds(0.05, 60), "interval of the /test namespace"),
)


@dataclass(frozen=True)
class Config:
    """The settings of one running server, read and checked."""

    host: str
    port: int
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    sqlite_synchronous: str
    secret_key: str = field(repr=False)
    allowed_origins: tuple[str, ...]
    access: str
    timezone: str
    rate_limit: int
    connections_per_address: int
    trusted_proxies: int
    log_level: str
    log_format: str
    max_message_bytes: int
    max_backlog_bytes: int
    refreshes_per_second: int
    heartbeat_seconds: float
    editing_seconds: float
    journal_days: int
    journal_commits: int
    tick_seconds: float

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """Read every setting; raises ConfigError, a line with the name, the value and the cure."""
        values = {}
        for setting in SETTINGS:
            text = environ.get(setting.name, setting.default)
            try:
                values[setting.name.lower()] = setting.parse(text)
            except ValueError as error:
                raise ConfigError(f"{setting.name}={setting.show(text)} cannot be used: set it to {error}.") from None
        config = cls(**values)
        if config.access == "open" and not config.is_loopback:
            raise ConfigError(
                f"ACCESS='open' cannot be used with HOST={config.host!r}: anyone in reach could write. "
                "Set ACCESS to public-read or required, or HOST to 127.0.0.1."
            )
        if config.access == "open" and config.trusted_proxies:
            raise ConfigError(
                f"ACCESS='open' cannot be used with TRUSTED_PROXIES={config.trusted_proxies}: whoever the proxy passes "
                "on could write. Set ACCESS to public-read or required, or TRUSTED_PROXIES to 0."
            )
        return config

    @property
    def most_connections(self) -> int:
        """From one address at a time; 0 stands for any number, since `RATE_LIMIT=off` lifts this limit too."""
        return self.connections_per_address if self.rate_limit else 0

    @property
    def is_private(self) -> bool:
        """Whether whoever reaches the server sits at this machine: not if a proxy passes others on."""
        return self.is_loopback and not self.trusted_proxies

    @property
    def is_loopback(self) -> bool:
        """Whether the server listens on this machine alone."""
        return hosts.is_loopback(self.host)

    @property
    def url(self) -> str:
        """Where a browser of this machine finds the page."""
        is_localhost = self.host == port.DEFAULT_HOST or self.is_everywhere
        return f"http://{hosts.LOCALHOST if is_localhost else hosts.in_url(self.host)}:{self.port}"

    @property
    def is_everywhere(self) -> bool:
        """Whether the server listens on every address that this machine has."""
        return self.host in hosts.EVERY_ADDRESS
