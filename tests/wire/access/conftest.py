"""Servers under each ACCESS setting. What is sent to strangers is what is tested, so no stranger watches."""

from collections.abc import Callable
from collections.abc import Iterator

import pytest

from tests.support.house import House
from tests.support.server import Server

OpenHouse = Callable[..., House]


@pytest.fixture(autouse=True)
def watch() -> None:
    """Takes the place of the observers of `tests/wire`."""


@pytest.fixture(scope="package")
def houses(new_server: Callable[..., Server]) -> Iterator[Callable[[str], House]]:
    """A house for each ACCESS setting, opened when first asked for: tests leave its accounts as they were.

    Closed when another folder's tests come: they are most of what holds connections of PostgreSQL.
    """
    opened: dict[str, House] = {}

    def house(access: str) -> House:
        if access not in opened:
            opened[access] = House(new_server(ACCESS=access).start())
        return opened[access].enter()

    yield house
    for one in opened.values():
        one.close()
        one.server.close()


@pytest.fixture
def house(houses: Callable[[str], House], request: pytest.FixtureRequest) -> Iterator[House]:
    """The one under ACCESS=required, or as @pytest.mark.access("public-read") says. Its log has no traceback."""
    marker = request.node.get_closest_marker("access")
    one = houses(marker.args[0] if marker else "required")
    logged = one.server.log_size()
    yield one
    assert "Traceback" not in one.server.log(logged), one.server.log(logged)[-4000:]


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker of `house`."""
    config.addinivalue_line("markers", "access(setting): under which ACCESS the house of this test is")
