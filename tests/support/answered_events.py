"""Which events the server answers, as the application itself says: a list in a test could fall behind."""

import json
from pathlib import Path
from typing import Any

from tests.support.fork_server import fork_server

_LIST = """
import json
from server.app import create_app
from server.lifecycle import parts
from server.config import Config
from server.live.demos import SERVICES
from server.realtime.resource.resource import Resource
gateway = parts(create_app(Config.from_environment())).gateway
records = {
    event: resource.name
    for resource in Resource.registry.values()
    for event in (*resource.events, *resource.reads)
}
print(json.dumps({"records": records, "gym": sorted(gateway.events), "test": list(SERVICES)}))
"""


def answered_events(directory: Path) -> dict[str, Any]:
    """The events of each namespace, `gym` and `test`; `records` are those of records, with the name of their resource.

    A database is made in the directory.
    """
    found: dict[str, Any] = json.loads(fork_server().run(("-c", _LIST), DATABASE_URL=f"sqlite:///{directory}/gym.db"))
    return found
