"""The files of deploy/ work as they are."""

import configparser
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import psycopg
import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError
from redis.exceptions import ConnectionError as NotThere
from redis.retry import Retry
from sqlalchemy.engine import make_url

from server.config import Config, ConfigError
from tests.deploy.nginx import substituted
from tests.support.environment import ROOT
from tests.support.http import ask
from tests.support.ports import Port
from tests.support.postgres import PostgresDatabase
from tests.support.requirements import skip_or_fail
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.waiting import wait_until

DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "systemd" / "spotter@.service"
ENVIRONMENT = DEPLOY / "spotter.env"


def environment_of(text: str) -> dict[str, str]:
    """What a shell makes of the file, which systemd reads as well; comments that are settings count if uncommented."""
    words = (shlex.split(line, comments=True) for line in text.splitlines())
    return dict(word.split("=", 1) for line in words for word in line)


def unit() -> configparser.ConfigParser:
    """systemd's file."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(UNIT.read_text())
    return parser


def test_the_environment_works_once_it_has_a_secret() -> None:
    given = environment_of(ENVIRONMENT.read_text())
    with pytest.raises(ConfigError, match="SECRET_KEY"):
        Config.from_environment(given)
    config = Config.from_environment(given | {"SECRET_KEY": "long enough to be a key"})
    assert config.access == "required" and config.trusted_proxies == 1 and not config.is_private
    with pytest.raises(ConfigError, match="TRUSTED_PROXIES"):
        Config.from_environment(given | {"SECRET_KEY": "long enough to be a key", "ACCESS": "open"})


def test_the_alternatives_in_the_environment_work_too() -> None:
    lines = re.findall(r"^#([A-Z_]+)=(.*)$", ENVIRONMENT.read_text(), re.MULTILINE)
    assert [name for name, _ in lines] == ["DATABASE_URL", "DATABASE_URL", "REDIS_URL"]
    for name, value in lines:
        [word] = shlex.split(value)
        config = Config.from_environment({"SECRET_KEY": "long enough to be a key", name: word})
        assert getattr(config, name.lower()) == word
        make_url(word)


def test_the_shell_reads_the_environment_as_systemd_does() -> None:
    script = f"set -a; . {ENVIRONMENT}; set +a; env -0"
    said = subprocess.run(["bash", "-c", script], env={"PATH": "/usr/bin:/bin"}, capture_output=True, check=True).stdout
    read = dict(entry.split("=", 1) for entry in said.decode().split("\0") if entry)
    assert environment_of(ENVIRONMENT.read_text()).items() <= read.items()


def test_the_unit_starts_the_server_on_its_port() -> None:
    service = unit()["Service"]
    assert service["Environment"] == "PORT=%i"
    assert "PORT" not in environment_of(ENVIRONMENT.read_text()), "it would be the same for all"
    assert service["EnvironmentFile"] == ENVIRONMENT.read_text().split(":")[0].removeprefix("# ")
    directory = service["WorkingDirectory"]
    assert service["ExecStart"] == f"{directory}/.venv/bin/python -m server"
    assert "sqlite:////var/lib/" + service["StateDirectory"] in ENVIRONMENT.read_text(), "it can be written there"


@pytest.fixture
def role(new_database: Callable[[], PostgresDatabase]) -> Iterator[str]:
    """The URL of a database that the shipped script has made, with its role."""
    with ExitStack() as stack:
        other = new_database()
        stack.callback(other.drop)
        url = make_url(other.url)
        name = f"{url.database}_role"
        text = (DEPLOY / "postgresql.sql").read_text()
        script = substituted(text, {"ROLE spotter": f"ROLE {name}", "OWNER spotter": f"OWNER {name}"})
        script = substituted(script, {"DATABASE spotter": f"DATABASE {name}"})
        admin = psycopg.connect(other.url.replace("+psycopg", ""), autocommit=True)
        stack.callback(admin.close)
        stack.callback(admin.execute, f"DROP ROLE IF EXISTS {name}")
        stack.callback(admin.execute, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        command = ["psql", "--quiet", "--no-psqlrc", f"--dbname={other.url.replace('+psycopg', '')}"]
        ended = subprocess.run(command, input=script, capture_output=True, text=True, timeout=30, check=False)
        assert (ended.returncode, ended.stderr) == (0, "")
        yield url.set(username=name, database=name).render_as_string(hide_password=False)


class Kept:
    """A database that the server may not drop."""

    def __init__(self, url: str) -> None:
        self.url = url

    def drop(self) -> None:
        """Leave it to its maker."""


def test_the_role_of_the_script_may_do_all_that_the_server_does(role: str, tmp_path: Path) -> None:
    server = Server(tmp_path, Kept(role))
    try:
        server.start()
        wait_until(lambda: ask(server, "/readyz")[0] == 200, "it is ready")
        with closing(Client(server.port)) as client:
            client.ok("new_coach", {"name": "Noor Haddad", "age": 30})
        server.restart()
        with closing(Client(server.port)) as client:
            assert len(client.welcome()[1]["coaches"]) == 1
        with psycopg.connect(role.replace("+psycopg", "")) as connection:
            # It may ask where it is, by which a restored database is known.
            assert connection.execute("SELECT database_identity FROM journal_head").fetchone() != ("",)
        assert "Traceback" not in server.log()
    finally:
        server.close()


def test_redis_asks_for_the_password_and_keeps_nothing(tmp_path: Path) -> None:
    port = Port()
    (tmp_path / "spotter.conf").write_text((DEPLOY / "redis" / "spotter.conf").read_text())
    # As in Debian's file: what it says before may not stay.
    (tmp_path / "redis.conf").write_text(f"port {port.number}\nsave 3600 1\ndir {tmp_path}\ninclude spotter.conf\n")
    try:
        process = subprocess.Popen(["redis-server", "redis.conf"], cwd=tmp_path, stdout=subprocess.DEVNULL)
    except FileNotFoundError:
        skip_or_fail("redis-server")
    try:
        [password] = re.findall(r"^requirepass (\S+)$", (tmp_path / "spotter.conf").read_text(), re.MULTILINE)
        once = Retry(NoBackoff(), 0)
        with (
            Redis(port=port.number, retry=once) as stranger,
            Redis(port=port.number, retry=once, password=password) as friend,
        ):

            def answers() -> bool:
                try:
                    return bool(friend.ping())
                except NotThere:
                    return False

            wait_until(answers, "Redis answers")
            with pytest.raises(AuthenticationError):
                stranger.ping()
            assert (friend.config_get("save"), friend.config_get("appendonly")) == ({"save": ""}, {"appendonly": "no"})
    finally:
        process.terminate()
        process.wait(10)
        port.release()
