"""The ticks that a client of the namespace `/test` was sent."""

from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from tests.support.packets import Event
from tests.support.socketio_client import Client

SECONDS = 0.05
GREETING = Event("message", ({"data": "Connected", "count": 0},))
PUSHED = ("time", "message", "newnumber")


class Tick(NamedTuple):
    """What is pushed at once."""

    time: str
    number: float


def ticks(client: Client, count: int) -> list[Tick]:
    """All ticks that came since the client connected, at least `count`. Each is one event of each kind, in order."""

    def pushed() -> list[Event]:
        return [
            packet
            for packet in client.received
            if isinstance(packet, Event) and packet.name in PUSHED and packet != GREETING
        ]

    client.wait_for(lambda: len(pushed()) >= 3 * count, f"{count} ticks")
    client.wait_for(lambda: len(pushed()) % 3 == 0, "the rest of a tick")
    events = pushed()
    found = []
    for clock, message, newnumber in zip(*[iter(events)] * 3, strict=True):
        assert (clock.name, message.name, newnumber.name) == PUSHED
        assert clock.args == message.args
        (told,), (drawn,) = clock.args, newnumber.args
        assert set(told) == {"data", "time"} and told["data"] == "This is data"
        assert set(drawn) == {"number"}
        found.append(Tick(told["time"], drawn["number"]))
    times = [tick.time for tick in found]
    assert times == sorted(set(times)), f"a tick came twice, or before an older one: {times}"
    return found


def steps(heard: list[Tick]) -> list[float]:
    """Seconds from each tick to the next, as they say."""
    moments = [datetime.fromisoformat(tick.time) for tick in heard]
    return [(after - before).total_seconds() for before, after in pairwise(moments)]


def assert_same(everyone: list[list[Tick]]) -> None:
    """While two clients were both there, both heard the same."""
    union = {tick for heard in everyone for tick in heard}
    assert len({tick.time for tick in union}) == len(union), "two numbers at the same time"
    for heard in everyone:
        meanwhile = sorted(tick for tick in union if heard[0] <= tick <= heard[-1])
        assert heard == meanwhile, "a client missed what others heard"
