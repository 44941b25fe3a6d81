"""A seeded server."""

from typing import Any

import pytest

from tests.seeds.seeding import seed


@pytest.fixture(scope="module")
def seeded(new_server: Any) -> Any:
    """A server that was seeded before its first start; it does not run."""
    server = new_server()
    seed(server)
    yield server
    server.close()
