"""Houses with resources that not everybody may read, or write."""

import sys
from collections.abc import Callable
from collections.abc import Iterator

import pytest

from tests.support.house import CALLERS
from tests.support.house import NOBODY
from tests.support.house import House
from tests.support.readers import May
from tests.support.readers import Readers
from tests.support.readers import Record
from tests.support.server import Server
from tests.support.wire import CHANNELS

NAMES = (*CHANNELS, "guests", "answers", "complaints", "digests", "goals", "remarks")
COMMAND = (sys.executable, "-m", "tests.wire.accounts.restricted.serve")


@pytest.fixture(scope="package")
def houses(new_server: Callable[..., Server]) -> Iterator[Callable[[str], House]]:
    """A house for each ACCESS setting, opened when first asked for."""
    opened: dict[str, House] = {}

    def house(access: str) -> House:
        if access not in opened:
            opened[access] = House(new_server(COMMAND, ACCESS=access).start())
        return opened[access].enter()

    yield house
    for one in opened.values():
        one.close()
        one.server.close()


def may(own: int) -> May:
    """Who may read what of this folder's channels; `own` is the coach that the caller of that name is."""

    def may_read(caller: str, channel: str, record: Record) -> bool:
        if caller == "admin" or channel not in ("complaints", "goals", "remarks"):
            return True
        if channel == "remarks":
            return not record["secret"]
        if channel == "complaints":
            return caller == "coach"
        return bool(record["shared"]) or (caller == "coach" and record["coach"]["id"] == own)

    return may_read


@pytest.fixture
def readers(house: House) -> Iterator[Readers]:
    """Observers of every kind in the house of this test. Afterwards what they were sent must be what they may read."""
    callers = [caller for caller in CALLERS if caller != NOBODY or _is_public(house)]
    watching = Readers(house, callers, NAMES, may(house.own["id"]))
    try:
        yield watching
        watching.verify()
    finally:
        watching.close()


def _is_public(house: House) -> bool:
    return house.server.settings.get("ACCESS") != "required"
