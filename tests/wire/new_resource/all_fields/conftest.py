"""The server of this folder has a resource with every kind of field."""

import pytest

from tests.support.program import Program

PROGRAM = ("tests.wire.new_resource.all_fields.serve",)


@pytest.fixture(scope="module")
def program() -> Program:
    """What to run."""
    return PROGRAM
