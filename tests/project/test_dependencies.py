"""The installed libraries have no version with a known hazard, and none takes the place of the websocket."""

import json
import re
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from tests.support.environment import ROOT


def test_libraries_are_at_least_the_safe_ones() -> None:
    for name, floor in (("python-socketio", (5, 16, 3)), ("python-engineio", (4, 13, 3))):
        assert tuple(map(int, version(name).split("."))) >= floor
    lock = json.loads((ROOT / "client" / "package-lock.json").read_text())
    parsers = [
        package["version"]
        for path, package in lock["packages"].items()
        if path.endswith("node_modules/socket.io-parser")
    ]
    assert parsers
    assert all(tuple(map(int, found.split("."))) >= (4, 2, 6) for found in parsers)


def test_nothing_is_installed_that_would_silently_take_over_the_websockets() -> None:
    for module in ("geventwebsocket", "eventlet"):
        assert find_spec(module) is None, f"{module} would be preferred to our websocket"
    assert "gevent-websocket" not in (ROOT / "Pipfile.lock").read_text()


def test_the_wire_is_tested_over_real_sockets() -> None:
    """Flask-SocketIO's test client hides order and framing."""
    users = [path for path in (ROOT / "tests").rglob("*.py") if re.search(r"\.test_client\(", path.read_text())]
    assert [path for path in users if path != Path(__file__)] == []
