"""The operator: what people do who read the page, between its commands."""

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.support.environment import ROOT
from tests.walk.debian import Debian, quoted

SETTINGS = "/etc/spotter/spotter.env"
SQLITE = "sqlite:////var/lib/spotter/gym.db"
POSTGRESQL = "postgresql+psycopg:///spotter?host=/run/postgresql"
PASSWORD = "correct horse battery"
# One request of somebody who is signed in, by the library that the server uses itself.
_ASKED = """
import json, socketio, sys
url, username, password, event, data = sys.argv[1:]
with socketio.SimpleClient() as client:
    client.connect(url, transports=["websocket"])
    signed = client.call("login", {"username": username, "password": password}, timeout=20)
    print(json.dumps(client.call(event, json.loads(data), timeout=20) if signed["ok"] else signed))
"""
# Whose token it is, as the server says at the connect: null if it is nobody's.
_WHOSE = """
import json, socketio, sys
with socketio.SimpleClient() as client:
    client.connect("http://127.0.0.1:5555", auth={"token": sys.argv[1]}, transports=["websocket"])
    while (event := client.receive(timeout=20))[0] != "connected":
        pass
    print(json.dumps(event[1]["user"]))
"""


class Operator:
    """Somebody at the machine, as root."""

    def __init__(self, machine: Debian) -> None:
        self.machine = machine
        self.run = machine.run

    def put_project(self) -> None:
        """The project in /srv/spotter, as it is here."""
        listed = subprocess.run(
            ["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            capture_output=True,
            check=True,
        ).stdout
        for name in filter(None, listed.decode().split("\0")):
            if (ROOT / name).is_file():
                there = self.machine.root / "srv/spotter" / name
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, there)

    def put_node(self) -> None:
        """An archive like nodejs.org's in root's folder, of the Node of this machine."""
        node = shutil.which("node")
        assert node is not None, "a walk needs Node here, which it gives to the machine"
        program = Path(node).resolve()
        npm = Path(shutil.which("npm") or "").resolve().parents[1]
        with tempfile.TemporaryDirectory() as folder:
            inside = Path(folder) / "node-v0-linux-x64"
            (inside / "bin").mkdir(parents=True)
            shutil.copy(program, inside / "bin" / "node")
            shutil.copytree(npm, inside / "lib/node_modules/npm", symlinks=True)
            (inside / "bin" / "npm").symlink_to("../lib/node_modules/npm/bin/npm-cli.js")
            (inside / "bin" / "npx").symlink_to("../lib/node_modules/npm/bin/npx-cli.js")
            archive = self.machine.root / "root" / f"{inside.name}.tar.xz"
            subprocess.run(
                ["tar", "--create", "--xz", f"--file={archive}", f"--directory={folder}", inside.name],
                check=True,
                env={"XZ_OPT": "-0", "PATH": "/usr/bin:/bin"},
            )

    def edit(self, path: str, pattern: str, line: str) -> None:
        """Another line in place of the one that the pattern is found in."""
        text, changed = re.subn(rf"^.*{pattern}.*$", lambda _: line, self.machine.read(path), flags=re.MULTILINE)
        assert changed == 1, f"{path} has {changed} lines with {pattern}"
        there = self.machine.root / path.lstrip("/")
        # In place: owner and mode stay.
        there.write_text(text)

    def use(self, url: str) -> None:
        """Another DATABASE_URL, of those that are in the file."""
        text = self.machine.read(SETTINGS)
        path = self.machine.root / SETTINGS.lstrip("/")
        text = re.sub(r"^DATABASE_URL=", "#DATABASE_URL=", text, flags=re.MULTILINE)
        assert text.count(f'#DATABASE_URL="{url}"') == 1, f"{url} is not in the file"
        path.write_text(text.replace(f'#DATABASE_URL="{url}"', f'DATABASE_URL="{url}"'))

    def wait_until_ready(self, *ports: int) -> None:
        """As the page has it."""
        for port in ports:
            self.run(
                f"curl --silent --fail --retry 40 --retry-all-errors --retry-delay 1 http://127.0.0.1:{port}/readyz"
            )

    def log(self) -> str:
        """What all processes have logged."""
        return self.run("journalctl --no-pager --output=cat -u 'spotter@*'")

    def in_shell(self, line: str, stdin: str = "") -> str:
        """A command in the shell of Accounts."""
        opened = f"cd /srv/spotter; set -a; . {SETTINGS}; set +a\n"
        return self.run(opened + line, stdin, user="spotter")

    def asked(
        self, event: str, data: Any = None, who: tuple[str, str] = ("ada", PASSWORD), url: str = "http://127.0.0.1:5555"
    ) -> Any:
        """The ack of a request of somebody who signs in for it."""
        command = quoted("/srv/spotter/.venv/bin/python", "-", url, *who, event, json.dumps(data))
        return json.loads(self.run(command, stdin=_ASKED))

    def done(self, event: str, data: Any = None, **how: Any) -> Any:
        """The data of an ack that says yes."""
        ack = self.asked(event, data, **how)
        assert ack["ok"], ack
        return ack["data"]

    def whose(self, token: str) -> Any:
        """The user that a connection with this token has; None if it is valid no more."""
        return json.loads(self.run(quoted("/srv/spotter/.venv/bin/python", "-", token), stdin=_WHOSE))

    def coaches(self, **how: Any) -> list[str]:
        """Their names, by id."""
        return [one["name"] for one in self.done("list_coaches", {"order": ["id"]}, **how)["records"]]
