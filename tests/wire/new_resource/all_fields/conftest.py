"""The server of this folder has a resource with every kind of field."""

import pytest


@pytest.fixture(scope="module")
def program() -> str:
    """The module to run."""
    return "tests.wire.new_resource.all_fields.serve"
