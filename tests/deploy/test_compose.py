"""The Dockerfile and compose.yaml agree with the project: nobody could run them where these tests were written."""

import json
import re
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_spec import PyCompose

from server.config import SETTINGS, Config, ConfigError
from tests.deploy.conftest import Site
from tests.deploy.nginx import AROUND, NAME, ORIGIN, program, substituted
from tests.deploy.test_files import environment_of
from tests.support.environment import ROOT
from tests.support.ports import Port
from tests.support.waiting import wait_until

DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
COMPOSE = (DEPLOY / "compose.yaml").read_text()
EXAMPLE = DEPLOY / "compose" / "env.example"
NGINX = DEPLOY / "compose" / "nginx.conf"
NAMES = {setting.name for setting in SETTINGS}
IN_THE_IMAGE = dict(re.findall(r"([A-Z_]+)=(\S+)", " ".join(re.findall(r"^ENV (.*)$", DOCKERFILE, re.MULTILINE))))
PROCESSES = ("spotter-1", "spotter-2")
# Of Python.
NOT_OURS = {"PYTHONDONTWRITEBYTECODE"}
SECRETS = {"SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD"}


def services() -> dict[str, Any]:
    """As compose reads them: what YAML merges is merged first."""
    read: dict[str, Any] = json.loads(PyCompose.from_json(json.dumps(yaml.safe_load(COMPOSE))).to_json())
    found: dict[str, Any] = read["services"]
    return found


def filled(text: str, values: dict[str, str]) -> str:
    """`${NAME:?}` and `${NAME:-default}` replaced, as compose does it. Raises ValueError for one that must be given."""

    def value(match: re.Match[str]) -> str:
        name, kind, default = match.groups()
        if not values.get(name) and kind == ":?":
            raise ValueError(name)
        return values.get(name) or str(default)

    return re.sub(r"\$\{(\w+)(:[?-])([^}]*)\}", value, text)


def test_a_linter_has_nothing_to_say_of_the_dockerfile() -> None:
    linter = Path(sys.executable).with_name("hadolint")
    ended = subprocess.run([linter, DEPLOY / "Dockerfile"], capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_every_variable_is_a_setting() -> None:
    assert IN_THE_IMAGE.keys() - NOT_OURS <= NAMES and "HOST" in IN_THE_IMAGE
    for name in PROCESSES:
        environment = services()[name]["environment"]
        assert "SECRET_KEY" in environment and environment.keys() <= NAMES


def test_what_compose_asks_for_is_in_the_example() -> None:
    assert set(re.findall(r"\$\{(\w+)", COMPOSE)) == environment_of(EXAMPLE.read_text()).keys()
    assert set(re.findall(r"\$\{(\w+):\?", COMPOSE)) == {*SECRETS, "ALLOWED_ORIGINS"}


def test_a_process_starts_with_these_settings_once_there_are_secrets() -> None:
    given = environment_of(EXAMPLE.read_text())
    secrets = {name: "a" * 32 for name, value in given.items() if not value}
    assert secrets.keys() == SECRETS
    with pytest.raises(ValueError, match=r"PASSWORD|SECRET"):
        filled(COMPOSE, given)
    environment = services()[PROCESSES[0]]["environment"]
    settings = IN_THE_IMAGE | {name: filled(str(value), given | secrets) for name, value in environment.items()}
    config = Config.from_environment(settings)
    assert config.is_everywhere and config.access == "required" and config.trusted_proxies == 2
    with pytest.raises(ConfigError, match="ACCESS"):
        Config.from_environment(settings | {"ACCESS": "open"})


def test_versions_are_those_of_the_project() -> None:
    assert re.findall(r"^FROM node:(\d+)", DOCKERFILE, re.MULTILINE) == ["22"]
    assert "or 22.12 or newer" in (ROOT / "README.md").read_text()
    # The oldest that the project supports, and Debian 12's.
    assert set(re.findall(r"^FROM python:([\d.]+)-slim-bookworm", DOCKERFILE, re.MULTILINE)) == {"3.11"}
    [port] = re.findall(r"^EXPOSE (\d+)", DOCKERFILE, re.MULTILINE)
    assert IN_THE_IMAGE["PORT"] == port and f"127.0.0.1:{port}/healthz" in DOCKERFILE
    assert NGINX.read_text().count(f":{port} max_fails=0;") == len(PROCESSES)
    assert {name for name in services() if f"server {name}:{port} " in NGINX.read_text()} == set(PROCESSES)


def test_the_page_is_built_as_the_makefile_does() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for command in ("npm ci --no-audit --no-fund", "npm run --silent build"):
        assert command in makefile and command in DOCKERFILE
    for workspace in json.loads((ROOT / "client" / "package.json").read_text())["workspaces"]:
        for folder in (ROOT / "client").glob(workspace):
            assert f"client/{folder.relative_to(ROOT / 'client')}/package.json" in DOCKERFILE
    [sources] = re.findall(r"^CLIENT_SOURCES := (.*?)\n\n", makefile, re.DOTALL | re.MULTILINE)
    outside = [path for path in sources.split() if path.startswith("server/")]
    assert outside and all(path in DOCKERFILE for path in outside)


def test_what_is_copied_is_there_and_nothing_else_is_sent() -> None:
    lines = re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE)
    copied = [source for line in lines for source in line.split()[:-1]]
    assert all((ROOT / source).exists() for source in copied)
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    assert "*" in ignored
    assert {line[1:] for line in ignored if line.startswith("!")} == {source.split("/")[0] for source in copied}


def test_the_image_is_not_root_and_has_no_tools() -> None:
    last = DOCKERFILE[DOCKERFILE.rindex("FROM ") :]
    [user] = re.findall(r"^USER (\d+)$", last, re.MULTILINE)
    assert int(user) >= 1000 and f"--uid {user}" in last
    assert "HEALTHCHECK" in last and "--without-pip" in DOCKERFILE
    assert "pip" not in last and "npm" not in last


def test_the_processes_are_shut_in() -> None:
    for name in PROCESSES:
        service = services()[name]
        assert service["read_only"] and service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"] and "ports" not in service
    published = {name: one["ports"] for name, one in services().items() if "ports" in one}
    assert published.keys() == {"nginx"} and "127.0.0.1" in str(published["nginx"])


def test_nginx_serves_two_processes_with_the_file(site: Site, tmp_path: Path) -> None:
    place = Port()
    first, second = site.processes
    text = substituted(
        NGINX.read_text(),
        {
            "spotter-1:5555": f"127.0.0.1:{first.port}",
            "spotter-2:5555": f"127.0.0.1:{second.port}",
            "listen 8080;": f"listen 127.0.0.1:{place.number};",
        },
    )
    (tmp_path / "spotter.conf").write_text(text)
    (tmp_path / "nginx.conf").write_text(AROUND.format(user="user root;"))
    command = [program(), "-p", f"{tmp_path}/", "-c", "nginx.conf", "-e", "error.log"]

    def status(path: str, **headers: str) -> int:
        with closing(HTTPConnection("127.0.0.1", place.number, timeout=10)) as connection:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", path, headers={"Host": NAME, **sent})
            return connection.getresponse().status

    def serves() -> bool:
        try:
            return status("/healthz") == 200
        except OSError:
            return False

    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until(serves, "nginx passes requests on")
        assert status("/") == 200
        assert status("/metrics") == 404
        websocket = {"Sec_WebSocket_Version": "13", "Sec_WebSocket_Key": "MDEyMzQ1Njc4OWFiY2RlZg=="}
        upgrade = {"Origin": ORIGIN, "Connection": "Upgrade", "Upgrade": "websocket", **websocket}
        assert status("/socket.io/?EIO=4&transport=websocket", **upgrade) == 101
    finally:
        process.terminate()
        process.wait(10)
        place.release()
