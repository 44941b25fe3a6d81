"""The server of this folder has resources that are too large to be whole."""

import pytest

from tests.support.program import Program


@pytest.fixture(scope="module")
def program() -> Program:
    """What to run."""
    return ("tests.wire.new_resource.large.serve",)
