"""Houses of a gym in which much is hidden."""

import sys
from collections.abc import Callable
from collections.abc import Iterator

import pytest

from tests.support.house import House
from tests.support.server import Server


@pytest.fixture(scope="package")
def houses(new_server: Callable[..., Server]) -> Iterator[Callable[[str], House]]:
    """A house for each ACCESS setting, opened when first asked for."""
    opened: dict[str, House] = {}

    def house(access: str) -> House:
        if access not in opened:
            command = (sys.executable, "-m", "tests.wire.accounts.hiding.serve")
            opened[access] = House(new_server(command, ACCESS=access).start())
        return opened[access].enter()

    yield house
    for one in opened.values():
        one.close()
        one.server.close()
