"""Secrets in settings are not shown: in no error, log line or HTTP answer, whatever is wrong with the setting."""

from pathlib import Path

import pytest

from server.config import Config, ConfigError
from server.values import urls
from tests.support.database import SQLiteDatabase
from tests.support.fork_server import fork_server
from tests.support.http import ask
from tests.support.process import START_SECONDS
from tests.support.program import SERVER, Program
from tests.support.server import Server
from tests.support.waiting import wait_until

SECRET = "hunter2Marker"
# In a URL as in an error of a library that has decoded it.
ENCODED = SECRET.replace("M", "%4D")
POSTGRESQL = "postgresql+psycopg"

REFUSED = {
    "DATABASE_URL": [
        SECRET, f"gym:{SECRET}@db/gym", f"postgresql://gym:{SECRET}@db/gym", f"postgres://gym:{SECRET}@db/gym",
        f"mysql://gym:{SECRET}@db/gym", f"sqlite://gym:{SECRET}@db/gym", f"sqlite:/{SECRET}",
        f"{POSTGRESQL}:/gym:{SECRET}@db/gym", f"{POSTGRESQL}://gym:{SECRET}", f"{POSTGRESQL}://gym@db:{SECRET}/gym",
        f"{POSTGRESQL}://gym:{SECRET}@db:port/gym", f"{POSTGRESQL}://gym:{SECRET}@db:99999/gym",
        f"{POSTGRESQL}://gym:a@{SECRET}@db/gym", f"{POSTGRESQL}://gym:{SECRET}@[::1/gym",
        f"{POSTGRESQL}://db/gym?pasword={SECRET}", f"{POSTGRESQL}://db/gym?password={SECRET}&sslmode=sometimes",
        f"{POSTGRESQL}://gym:{ENCODED}@db/gym?target_session_attrs=best", f"{POSTGRESQL}://db/gym?port={SECRET}",
    ],
    "REDIS_URL": [
        SECRET, f"redis:{SECRET}@db", f"http://:{SECRET}@db", f"localhost:{SECRET}", f"redis://:{SECRET}",
        f"redis://:{SECRET}@db:port", f"redis://:{SECRET}@[::1", f"redis://:a#{SECRET}@db", f"redis://:a/{SECRET}@db",
        f"redis://:a?{SECRET}@db", f"redis://db/{SECRET}", f"redis://db?pasword={SECRET}",
        f"redis://db?password={SECRET}&db=first", f"rediss://:{ENCODED}@db?ssl_cert_reqs=perhaps",
        f"rediss://db?ssl_ca_certs={SECRET}",
    ],
    "SECRET_KEY": [SECRET],
    "ALLOWED_ORIGINS": [f"https://gym:{SECRET}@gym.example"],
    "HOST": [f"gym:{SECRET}@gym.example/"],
}  # fmt: skip

# Valid URLs; nothing listens on port 1.
ACCEPTED = {
    "DATABASE_URL": [
        f"{POSTGRESQL}://gym:{ENCODED}@127.0.0.1:1/gym", f"{POSTGRESQL}://127.0.0.1:1/gym?user=gym&password={SECRET}"
    ],
    "REDIS_URL": [f"redis://gym:{ENCODED}@127.0.0.1:1/0", f"redis://127.0.0.1:1?password={SECRET}"],
}  # fmt: skip

# Refused by PostgreSQL and Redis themselves.
WRONG_PASSWORD = {
    "DATABASE_URL": f"{POSTGRESQL}://nobody:{SECRET}@127.0.0.1/nothing",
    "REDIS_URL": f"redis://nobody:{SECRET}@127.0.0.1",
}

SAID = {"DATABASE_URL": "the database cannot be reached", "REDIS_URL": "Redis does not answer"}


def assert_unseen(text: str, what: str) -> None:
    """No part of it that would help to guess it either."""
    for part in (SECRET, ENCODED, "hunter2", "Marker"):
        assert part not in text, f"{what}: {text}"


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in REFUSED.items() for value in values])
def test_a_refusal_shows_no_secret(name: str, value: str) -> None:
    with pytest.raises(ConfigError) as raised:
        Config.from_environment({"SECRET_KEY": "a key for tests, long enough", name: value})
    said = str(raised.value)
    assert_unseen(said, f"{name}={value}")
    assert len(said.splitlines()) == 1 and said.startswith(f"{name}=") and "set it to" in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", f"{POSTGRESQL}://gym@db:{SECRET}/gym"),
        ("DATABASE_URL", f"{POSTGRESQL}://gym:a@{SECRET}@db/gym"),
        ("REDIS_URL", f"redis://:{SECRET}"),
        ("REDIS_URL", f"redis://127.0.0.1:6379?pasword={SECRET}"),
        ("SECRET_KEY", SECRET),
    ],
)
def test_a_start_that_is_refused_shows_no_secret(name: str, value: str) -> None:
    code, said = fork_server().end(SERVER, **{name: value})
    assert_unseen(said, f"{name}={value}")
    assert code == 1 and len(said.splitlines()) == 1, said


@pytest.mark.parametrize(
    ("name", "value"),
    [*((name, value) for name, values in ACCEPTED.items() for value in values), *WRONG_PASSWORD.items()],
)
def test_a_server_that_cannot_reach_it_shows_no_secret(name: str, value: str, tmp_path: Path) -> None:
    server = Server(tmp_path, SQLiteDatabase(tmp_path), {name: value, "LOG_LEVEL": "DEBUG"})
    try:
        server.start()
        wait_until(lambda: SAID[name] in server.log(), SAID[name], START_SECONDS)
        for path in ("/readyz", "/metrics"):
            assert_unseen(str(ask(server, path)), path)
    finally:
        server.close()
    assert "Traceback" not in server.log()
    assert_unseen(server.log(), "the log")


@pytest.mark.parametrize("program", [("seed.py", "--if-empty"), ("flask", "--app", "server", "account", "list")])
def test_a_program_beside_the_server_shows_no_secret_either(program: Program) -> None:
    code, said = fork_server().end(program, DATABASE_URL=ACCEPTED["DATABASE_URL"][1])
    assert code
    assert_unseen(said, str(program))
    assert "Traceback" not in said, said


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:////srv/gym.db?key=secret", "sqlite:////srv/gym.db?..."),
        ("postgresql+psycopg:///gym?host=/run/postgresql", "postgresql+psycopg:///gym?..."),
        ("postgresql+psycopg://gym:secret@[::1]:5432/gym", "postgresql+psycopg://***@[::1]:5432/gym"),
        ("postgresql+psycopg://gym:sec/ret@db/gym", "postgresql+psycopg://***@db/gym"),
        ("postgresql+psycopg://secret@one:1,two:2/gym", "postgresql+psycopg://***@one:1,two:2/gym"),
        ("postgresql+psycopg://db/gym?password=s@cret", "(hidden)"),
        ("postgresql+psycopg://gym:s?cret@db/gym", "(hidden)"),
        ("sqlite:////srv/a\u2028b.db", "(hidden)"),
        ("rediss://:secret@db:6379/0", "rediss://***@db:6379/0"),
    ],
)
def test_what_is_shown_of_a_url(url: str, shown: str) -> None:
    assert urls.shown(url) == shown
