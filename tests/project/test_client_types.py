"""The client's types of the records are those that the server describes."""

import shutil
import subprocess
from pathlib import Path

from tests.support.environment import ROOT
from tests.support.http import ask
from tests.support.requirements import skip_or_fail
from tests.support.server import Server


def test_they_are_as_generated(server: Server, tmp_path: Path) -> None:
    described, written = tmp_path / "asyncapi.json", tmp_path / "protocol.ts"
    described.write_bytes(ask(server, "/asyncapi.json")[2])
    node = shutil.which("node") or skip_or_fail("Node is not installed")
    subprocess.run([node, "protocol.mjs", described, written], cwd=ROOT / "client", check=True, timeout=280)
    assert written.read_text() == (ROOT / "client/src/protocol.ts").read_text()
