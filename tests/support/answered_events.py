"""Which events the server answers, as the application itself says: a list in a test could fall behind."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support.environment import ROOT, environment

_LIST = """
import json
from server.app import create_app
from server.lifecycle import parts
from server.config import Config
from server.live.demos import SERVICES
from server.realtime.resource.resource import Resource
gateway = parts(create_app(Config.from_environment())).gateway
records = {event: resource.name for resource in Resource.registry.values() for event in resource.events}
print(json.dumps({"records": records, "gym": sorted(gateway.events), "test": list(SERVICES)}))
"""


def answered_events(directory: Path) -> dict[str, Any]:
    """The events of each namespace, `gym` and `test`; `records` are those of records, with the name of their resource.

    A database is made in the directory.
    """
    settings = environment(DATABASE_URL=f"sqlite:///{directory}/gym.db")
    command = [sys.executable, "-c", _LIST]
    ended = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found
