"""The README's client in ten lines, run as it says: an ES module beside socket.io-client."""

import re
import shutil
import subprocess
from pathlib import Path

from tests.support.environment import ROOT
from tests.support.requirements import skip_or_fail
from tests.support.server import Server

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_it_prints_what_it_says(own_server: Server, tmp_path: Path) -> None:
    node = shutil.which("node") or skip_or_fail("Node is not installed")
    [(package, name, code)] = re.findall(r"`npm i ([\w.-]+)`.*?`(\w+\.mjs)`.*?```js\n(.*?)```", README, re.DOTALL)
    assert len([line for line in code.splitlines() if line]) <= 10
    # Where `npm i` puts it, with what it needs.
    (tmp_path / "node_modules").symlink_to(ROOT / "client/node_modules")
    assert (tmp_path / "node_modules" / package).is_dir()
    (tmp_path / name).write_text(code.replace("localhost:5555", f"localhost:{own_server.port}"), encoding="utf-8")
    with subprocess.Popen([node, name], cwd=tmp_path, stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout is not None
        try:
            said = [line.strip() for _, line in zip(range(3), client.stdout, strict=False)]
        finally:
            client.kill()
    # The array at the start, the new one, and the ack between or after them.
    assert sum(bool(re.fullmatch(r"made coach \d+", line)) for line in said) == 1
    assert any("Rose Okafor" in line for line in said)
