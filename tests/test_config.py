"""Settings: every one has a default that works; a wrong value names the setting, the value and the cure."""

import dataclasses
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from server import config as settings
from server.config import SETTINGS, Config, ConfigError
from server.database.engines import flask_settings, note_path
from server.values import secret_key, urls
from tests.support.environment import ROOT, environment

KEY = {"SECRET_KEY": "a key for tests, long enough"}

WRONG = {
    "HOST": ["", " ", "local host", "http://127.0.0.1", "127.0.0.1/"],
    "PORT": ["", "0", "65536", "-1", "80.0", "eighty", "0x50", "１２３４", " 5555", "9" * 5_000],
    "DATABASE_URL": [
        "", "gym.db", "mysql://gym", "postgresql://gym", "sqlite:/gym.db", "sqlite://", "sqlite:///", "sqlite:////",
        "sqlite:///:memory:", "sqlite:///~/gym.db", "sqlite:///instance/", "sqlite:///server", "sqlite:///gym.db?mode=ro",
        "sqlite:///file:gym.db?uri=true", "sqlite:///gym\0.db", "sqlite:///gym\n.db", "sqlite:///FILE:gym.db",
        "sqlite:///gym.db/.", "sqlite:///gym.db/..", "sqlite:///new/.", "sqlite:///.", "sqlite:/// ",
        "sqlite:///gym.db ", "sqlite:/// gym.db", " sqlite:///gym.db", " ",
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
    "GYM_NAME": [
        "", " ", "\u200b", "\u200d\ufe0f", "a" * 61, "a" * 300, "two\nlines", "a\0b", "a\u202eb", "a\u2066b",
        "a\u2028b", "\udcff",
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
    # Text that may hold a password is not shown (test_secrets.py).
    hidden = urls.shown(value) if name in URLS else urls.HIDDEN
    assert value in text or repr(value) in text or (name in SECRET and text.startswith(f"{name}={hidden} "))
    assert "set it to" in text.lower()
    cure = text.lower().split("set it to", 1)[1]
    assert not {"invalid", "error", "exceeds"} & set(cure.split()), f"a cure says what to do: {cure}"


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Iron Temple", "Iron Temple"),
        ("  Cafe\u0301\n", "Caf\u00e9"),
        ("</title><b>", "</title><b>"),
        ("מועדון 💪🏽", "מועדון 💪🏽"),
    ],
)
def test_the_name_of_the_gym_is_read_as_names_on_the_wire(name: str, read: str) -> None:
    assert Config.from_environment({**KEY, "GYM_NAME": name}).gym_name == read


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


@pytest.mark.parametrize("path", ["instance/gym.db", "other.db", "/tmp/gym.db", "with a space/gym#1.db"])
def test_a_relative_path_begins_at_the_projects_folder(path: str, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    config = Config.from_environment({**KEY, "DATABASE_URL": f"sqlite:///{path}"})
    assert config.database_url == f"sqlite:///{ROOT / path}"
    assert note_path(config) == Path(f"{ROOT / path}.seen")
    assert make_url(flask_settings(config)["SQLALCHEMY_DATABASE_URI"]).database == str(ROOT / path)


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: Any) -> Path:
    """The folder in which a key is kept; it is not made yet."""
    folder = tmp_path / "instance"
    monkeypatch.setattr(settings, "INSTANCE", folder)
    return folder


def test_processes_that_start_together_make_one_key(instance: Path) -> None:
    together = Barrier(8)

    def start(_: int) -> str:
        together.wait()
        return Config.from_environment({}).secret_key

    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(start, range(8)))
    assert len(keys) == 1 and len(keys.pop()) == 64
    (path,) = instance.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_crash_while_the_key_is_made_leaves_none(instance: Path, monkeypatch: Any) -> None:
    class Crash(BaseException):
        pass

    real = secret_key.secrets.token_hex

    def crash(size: int) -> str:
        raise Crash

    monkeypatch.setattr(secret_key.secrets, "token_hex", crash)
    with pytest.raises(Crash):
        Config.from_environment({})
    monkeypatch.setattr(secret_key.secrets, "token_hex", real)
    assert not (instance / "secret_key").exists()
    assert len(Config.from_environment({}).secret_key) == 64


@pytest.mark.parametrize("mode", [0o644, 0o666, 0o640])
def test_a_key_that_others_could_read_is_its_owners_alone_from_the_next_start_on(mode: int, instance: Path) -> None:
    instance.mkdir()
    path = instance / "secret_key"
    path.write_text("a key for tests, long enough")
    path.chmod(mode)
    assert Config.from_environment({}).secret_key == path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kept", ["", "\n", "short", " " * 40])
def test_a_key_that_is_kept_is_no_empty_one(kept: str, instance: Path) -> None:
    instance.mkdir()
    (instance / "secret_key").write_text(kept)
    with pytest.raises(
        ConfigError, match=r"\ASECRET_KEY=.* set it to at least 16 .*, or remove /.*/secret_key, [^\n]*\Z"
    ):
        Config.from_environment({})


def test_a_folder_that_takes_no_key_is_named(instance: Path) -> None:
    instance.write_text("a file")
    with pytest.raises(ConfigError, match=r"\ASECRET_KEY=.* set it to at least 16 [^\n]*File exists[^\n]*\Z"):
        Config.from_environment({})


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
