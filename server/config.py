"""Every setting, its default and its help; nothing else in the server reads the environment."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from server import port_binding
from server.values import hosts, settings, urls
from server.values.secret_key import secret_key
from server.values.settings import choice, integer, origins, per_second, seconds

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = ROOT / "instance"
# Also in the built page, which is sent as it is to a gym without a name of its own.
DEFAULT_GYM_NAME = "Spotter"


class ConfigError(Exception):
    """A setting that cannot work. Its text is one line: the name, the value, the cure."""


def _visible(text: str) -> str:
    """Text with an @ may be a URL with a password, in whatever setting."""
    return urls.HIDDEN if "@" in text else repr(text)


def _hidden(text: str) -> str:
    return urls.HIDDEN


@dataclass(frozen=True)
class Setting:
    """One environment variable, with its default as text. `show` returns what may be printed of a wrong value."""

    name: str
    default: str
    parse: Callable[[str], Any]
    help: str
    show: Callable[[str], str] = _visible


def _secret_key(text: str) -> str:
    return secret_key(text, INSTANCE / "secret_key")


SETTINGS = (
    Setting("HOST", port_binding.DEFAULT_HOST, settings.listening, "address to listen on"),
    Setting("PORT", port_binding.DEFAULT_PORT, integer(1, 65535), "port to listen on"),
    Setting(
        "DATABASE_URL",
        f"sqlite:///{INSTANCE / 'gym.db'}",
        settings.database_url(ROOT),
        "where the gym's data is kept; a relative path begins at the project's folder",
        urls.shown,
    ),
    Setting(
        "REDIS_URL",
        "",
        settings.redis_url,
        "where processes that share a database wake each other; empty: they don't",
        urls.shown,
    ),
    Setting("SQLITE_SYNCHRONOUS", "FULL", choice("FULL", "NORMAL"), "FULL: an acked write survives a power cut"),
    Setting("SECRET_KEY", "", _secret_key, "signs the tokens; empty: made once, kept in instance/", _hidden),
    Setting("ALLOWED_ORIGINS", "", origins, "origins of other sites whose pages may connect, separated by commas"),
    Setting("ACCESS", "open", choice("open", "public-read", "required"), "who may read and write"),
    Setting("TIMEZONE", "", settings.timezone, "the gym's time zone, such as Europe/Berlin; empty: the machine's"),
    Setting("GYM_NAME", DEFAULT_GYM_NAME, settings.name, "what the gym is called, up to 60 characters"),
    Setting("RATE_LIMIT", "100", per_second, "requests a second of one socket, five times that at once; or `off`"),
    Setting("CONNECTIONS_PER_ADDRESS", "500", integer(1, 1_000_000), "connections from one address at a time"),
    Setting("TRUSTED_PROXIES", "0", integer(0, 9), "reverse proxies before the server that add to X-Forwarded-For"),
    Setting("LOG_LEVEL", "INFO", choice("DEBUG", "INFO", "WARNING", "ERROR"), "how much is logged"),
    Setting("LOG_FORMAT", "text", choice("text", "json"), "how a log line is written"),
    Setting("MAX_MESSAGE_BYTES", "100000", integer(1_000, 10_000_000), "largest message a client may send"),
    Setting("MAX_BACKLOG_BYTES", "1000000", integer(100_000, 100_000_000), "unsent bytes kept for one slow client"),
    Setting("REFRESHES_PER_SECOND", "2", integer(1, 1_000), "how often one socket gets `refresh` at once"),
    Setting("HEARTBEAT_SECONDS", "4", seconds(0.05, 5), "longest silence on a synced socket"),
    Setting("EDITING_SECONDS", "30", seconds(0.1, 300), "for how long a client that said `editing` counts as editing"),
    Setting("JOURNAL_DAYS", "30", integer(1, 3_650), "how long the change log reaches back"),
    Setting("JOURNAL_COMMITS", "100000", integer(100, 100_000_000), "how many commits the change log reaches back"),
    Setting("TICK_SECONDS", "1", seconds(0.05, 60), "interval of the /test namespace"),
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
    gym_name: str
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
        """From one address at a time; 0 with `RATE_LIMIT=off`: no limit."""
        return self.connections_per_address if self.rate_limit else 0

    @property
    def is_private(self) -> bool:
        """Whether all clients are on this machine: the server listens on it only, and behind no proxy."""
        return self.is_loopback and not self.trusted_proxies

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine reaches the server's socket."""
        return hosts.is_loopback(self.host)

    @property
    def url(self) -> str:
        """Where a browser of this machine finds the page."""
        is_localhost = self.host == port_binding.DEFAULT_HOST or self.is_everywhere
        return f"http://{hosts.LOCALHOST if is_localhost else hosts.in_url(self.host)}:{self.port}"

    @property
    def is_everywhere(self) -> bool:
        """Whether the server listens on every address that this machine has."""
        return self.host in hosts.EVERY_ADDRESS


def environment_of(**settings: str) -> dict[str, str]:
    """The environment of another process of this program, with these settings instead of this one's."""
    return {**os.environ, **settings}
