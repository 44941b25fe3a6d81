"""What the tests of declarations share."""

import pytest

from server.realtime.resource.resource import Resource


@pytest.fixture
def no_resources(monkeypatch: pytest.MonkeyPatch) -> None:
    """The registry of resources is empty, and what the test declares is gone afterwards."""
    monkeypatch.setattr(Resource, "registry", {})
