"""Servers under each ACCESS setting. Observers would be clients without an account, which is what is tested."""

from collections.abc import Callable
from collections.abc import Iterator

import pytest

from tests.support.house import House
from tests.support.server import Server
from tests.support.watch import Watch
from tests.wire.conftest import watched

OpenHouse = Callable[..., House]


@pytest.fixture(autouse=True)
def watch(request: pytest.FixtureRequest) -> Iterator[Watch | None]:
    """The observers of `tests/wire` for tests of its shared server; none for those of servers with accounts."""
    if "target" not in request.fixturenames:
        yield None
        return
    with watched(request, request.getfixturevalue("target")) as watching:
        yield watching


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
