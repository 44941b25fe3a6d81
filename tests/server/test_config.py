"""Settings: every one has a default that works; a wrong value names the setting, the value and the cure."""

import dataclasses
import subprocess
import sys
from typing import Any

import pytest

from server import urls
from server.config import SETTINGS
from server.config import Config
from server.config import ConfigError
from tests.support.server import ROOT
from tests.support.server import environment

KEY = {"SECRET_KEY": "a key for tests, long enough"}

WRONG = {
    "HOST": ["", " ", "local host", "http://127.0.0.1", "127.0.0.1/"],
    "PORT": ["", "0", "65536", "-1", "80.0", "eighty", "0x50", "１２３４", " 5555", "9" * 5_000],
    "DATABASE_URL": [
        "", "gym.db", "mysql://gym", "postgresql://gym", "sqlite:/gym.db", "sqlite://",
        "postgresql+psycopg://h:port/gym", "postgresql+psycopg://h:0/gym", "postgresql+psycopg://h:65536/gym",
        "postgresql+psycopg://u:p@w@h/gym", "postgresql+psycopg://[::1/gym", "postgresql+psycopg://h/gym?sslmode=x",
        "postgresql+psycopg://h/gym?no_option=1", "postgresql+psycopg://h/gym?port=x", "postgresql+psycopg://u:%00@h/gym",
    ],
    "REDIS_URL": [
        "localhost:6379", "http://localhost", "redis", "redis://h/first", "redis://h:0", "redis://h:65536",
        "redis:// h", "unix://", "unix://run", "redis://a,b", "redis://h#0", "redis://h?decode_responses=true", "redis://h?db=x",
        "rediss://h?ssl_cert_reqs=x", "rediss://h?ssl_ca_certs=/nowhere", "redis://h?max_connections=1",
    ],
    "SQLITE_SYNCHRONOUS": ["", "OFF", "full"],
    "SECRET_KEY": ["short", "x" * 15],
    "ALLOWED_ORIGINS": [
        "*", "gym.example", "https://gym.example/", "https://gym.example/path", "ftp://gym.example", "https://",
        "https://gym.example,*", "https://gym.example:port", "http://[::1", "https://user@gym.example", "null",
    ],
    "ACCESS": ["", "closed", "OPEN", "open "],
    "TIMEZONE": [
        " ", "Berlin", "europe/berlin", "UTC+2", "CET-1CEST", "Factory", "localtime", "posixrules",
        "right/Europe/Berlin", "/usr/share/zoneinfo/Europe/Berlin", "../Europe/Berlin", "Europe/Berlin ",
    ],
    "RATE_LIMIT": ["", "0", "-1", "on", "OFF", "1.5"],
    "CONNECTIONS_PER_ADDRESS": ["", "0", "off"],
    "TRUSTED_PROXIES": ["", "-1", "10", "nginx"],
    "LOG_LEVEL": ["", "info", "LOUD"],
    "LOG_FORMAT": ["", "xml"],
    "MAX_MESSAGE_BYTES": ["", "0", "-5", "1e6", "99999999999"],
    "MAX_BACKLOG_BYTES": ["", "0", "1 MB"],
    "REFRESHES_PER_SECOND": ["", "0", "-1", "0.5", "many"],
    "HEARTBEAT_SECONDS": ["", "0", "-1", "6", "nan", "inf", "soon"],
    "EDITING_SECONDS": ["", "0", "301", "nan"],
    "JOURNAL_DAYS": ["", "0", "-1", "forever"],
    "JOURNAL_COMMITS": ["", "0", "1e9"],
    "TICK_SECONDS": ["", "0", "nan"],
}  # fmt: skip

URLS = {
    "DATABASE_URL": [
        "postgresql+psycopg://gym@db/gym", "postgresql+psycopg://gym:p:a/ss#word@db/gym",
        "postgresql+psycopg://gym:p%40ss@[::1]:5432/gym", "postgresql+psycopg:///gym?host=/run/postgresql",
        "postgresql+psycopg://gym@/gym?host=10.0.0.5:5432&host=10.0.0.6:5432&target_session_attrs=read-write",
        "postgresql+psycopg://gym@db/gym?hostaddr=10.0.0.5&sslmode=require",
    ],
    "REDIS_URL": [
        "", "redis://", "redis://cache", "redis://:p%40ss@[::1]:6379/15", "rediss://u:p@cache:6380?ssl_cert_reqs=none",
        "unix:///run/redis.sock", "unix://:pass@/run/redis.sock?db=1", "redis://cache?password=p%40ss&db=2",
    ],
}  # fmt: skip
SECRET = {*URLS, "SECRET_KEY", "ALLOWED_ORIGINS"}


def test_defaults_work() -> None:
    config = Config.from_environment(KEY)
    assert (config.host, config.port, config.access, config.log_level) == ("127.0.0.1", 5555, "open", "INFO")
    assert config.sqlite_synchronous == "FULL", "an acked write survives a power cut"
    assert config.database_url.endswith("instance/gym.db")
    assert config.is_loopback


@pytest.mark.parametrize(
    ("tz", "read"),
    [("Asia/Kolkata", "Asia/Kolkata"), (":Pacific/Chatham", "Pacific/Chatham"), ("UTC", "UTC"), ("GMT0", "GMT0")],
)
def test_the_time_zone_is_that_of_the_machine_unless_it_is_set(tz: str, read: str) -> None:
    command = [sys.executable, "-c", "from server.config import Config; print(Config.from_environment().timezone)"]
    said = subprocess.run(command, cwd=ROOT, env=environment(TZ=tz), capture_output=True, text=True, check=True)
    assert said.stdout.strip() == read


def test_every_setting_is_described_and_tested() -> None:
    assert {setting.name for setting in SETTINGS} == set(WRONG)
    assert {setting.name.lower() for setting in SETTINGS} == {field.name for field in dataclasses.fields(Config)}
    assert all(setting.help for setting in SETTINGS)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_value(name: str, value: str) -> None:
    with pytest.raises(ConfigError) as raised:
        Config.from_environment({**KEY, name: value})
    text = str(raised.value)
    assert len(text.splitlines()) == 1
    assert name in text
    # Of what may hold a password nothing is shown that cannot be told apart from it (test_secrets.py).
    hidden = urls.shown(value) if name in URLS else urls.HIDDEN
    assert value in text or repr(value) in text or (name in SECRET and text.startswith(f"{name}={hidden} "))
    assert "set it to" in text.lower()
    cure = text.lower().split("set it to", 1)[1]
    assert not {"invalid", "error", "exceeds"} & set(cure.split()), f"a cure says what to do: {cure}"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "gym.example"])
def test_open_access_needs_a_loopback_address(host: str) -> None:
    with pytest.raises(ConfigError, match=r"ACCESS.*HOST.*Set ACCESS to"):
        Config.from_environment({**KEY, "HOST": host})
    assert not Config.from_environment({**KEY, "HOST": host, "ACCESS": "required"}).is_loopback


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_loopback_addresses(host: str) -> None:
    assert Config.from_environment({**KEY, "HOST": host}).is_loopback


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in URLS.items() for value in values])
def test_a_url_that_libraries_read(name: str, value: str) -> None:
    assert getattr(Config.from_environment({**KEY, name: value}), name.lower()) == value


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("PORT", "1", 1),
        ("PORT", "65535", 65535),
        ("ALLOWED_ORIGINS", "", ()),
        ("ALLOWED_ORIGINS", " https://a.example ,http://b.example:81,", ("https://a.example", "http://b.example:81")),
        ("HEARTBEAT_SECONDS", "0.05", 0.05),
        ("ACCESS", "public-read", "public-read"),
    ],
)
def test_right_values(name: str, value: str, read: Any) -> None:
    assert getattr(Config.from_environment({**KEY, name: value}), name.lower()) == read
