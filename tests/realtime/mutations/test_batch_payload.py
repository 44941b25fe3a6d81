"""A batch is read in turn with other sockets."""

from collections.abc import Iterator
from pathlib import Path

import gevent
import pytest

from server.realtime.mutations.batch_payload import MOST_WRITES, batch_request, cost
from server.realtime.protocol.caller import Caller
from tests.support.prepared_engine import prepared_engine


@pytest.fixture(autouse=True)
def bound(tmp_path: Path) -> Iterator[None]:
    """The gym's resources."""
    with prepared_engine(f"sqlite:///{tmp_path}/gym.db"):
        yield


def test_others_are_served_while_it_is_read() -> None:
    turns = 0

    def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            gevent.sleep(0)

    data = {"name": "Ada Lovelace", "age": 30, "picture": "https://gym.example/coaches/ada.jpg"}
    writes = [{"event": "new_coach", "data": data}] * MOST_WRITES
    counting = gevent.spawn(count)
    request = batch_request("batch", {"writes": writes}, None, Caller("here"), lambda *_: None)
    counting.kill()
    assert request.cost == 100
    # It takes ten times as long as a turn, on the fastest of machines.
    assert turns >= 3


@pytest.mark.parametrize(
    ("data", "expected"),
    [(None, 1), ({}, 1), ({"writes": 5}, 1), ({"writes": []}, 1), ({"writes": [1]}, 1), ({"writes": [1] * 6}, 2),
     ({"writes": [1] * 500}, 100), ({"writes": [1] * 50_000}, 100)],
)  # fmt: skip
def test_what_it_counts_as(data: object, expected: int) -> None:
    assert cost(data) == expected
