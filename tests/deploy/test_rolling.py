"""An upgrade as docs/operations.md has it: one process after the other, and clients reconnect soon."""

import time
from collections.abc import Iterator
from threading import Event, Thread

import pytest
from spotter import Replica
from websocket import WebSocketBadStatusException

from tests.deploy.conftest import Site, clients
from tests.deploy.nginx import Nginx
from tests.deploy.visitors import AGAIN_SECONDS, GONE, Visitor, Writer
from tests.support.http import ask
from tests.support.packets import Event as Told
from tests.support.server import Server
from tests.support.waiting import wait_until

pytestmark = pytest.mark.usefixtures("quiet")

PEOPLE = 60
# Measured: 0.8 s on a machine with five times more to do than it can. With processes that nginx takes for dead it is
# half a minute, however fast it is.
LONGEST_SECONDS = 10.0


class Person(Thread):
    """Has the page open: comes back at once when the connection ends, and asks again when turned away.

    `refused` are the answers of nginx instead of a websocket, `longest` the longest time without one.
    """

    def __init__(self, nginx: Nginx, token: str) -> None:
        super().__init__(daemon=True)
        self.replica = Replica()
        self.refused: list[int] = []
        self.longest = 0.0
        self.is_here = Event()
        self.failure: BaseException | None = None
        self._nginx = nginx
        self._token = token
        self._enough = Event()

    def run(self) -> None:
        """Stay."""
        left = time.monotonic()
        try:
            while not self._enough.is_set():
                try:
                    visitor = self._enter()
                except WebSocketBadStatusException as answer:
                    self.refused.append(answer.status_code)
                    self._enough.wait(AGAIN_SECONDS)
                    continue
                except GONE:
                    continue
                self.longest = max(self.longest, time.monotonic() - left)
                self.is_here.set()
                self._follow(visitor)
                left = time.monotonic()
                visitor.close()
        except BaseException as failure:
            self.failure = failure

    def leave(self) -> None:
        """Go. Raises what went wrong."""
        self._enough.set()
        self.join(30)
        assert not self.is_alive()
        if self.failure is not None:
            raise self.failure

    def _enter(self) -> Visitor:
        visitor = Visitor(self._nginx, {"token": self._token, "sync": self.replica.cursor or True})
        self.replica.take("connected", visitor.next_event("connected").args)
        answer = visitor.next_event("sync").args[0]
        # A cursor that led to a snapshot would have been lost.
        assert self.replica.cursor is None or answer["mode"] in ("current", "delta"), answer["mode"]
        assert self.replica.take_sync(answer) == "apply", answer
        return visitor

    def _follow(self, visitor: Visitor) -> None:
        try:
            while not self._enough.is_set():
                visitor.read(0.2)
                for event in visitor.take():
                    if isinstance(event, Told) and event.name == "changes":
                        assert self.replica.take_changes(event.args[0]) == "apply", event.args[0]
        except GONE:
            pass


@pytest.fixture
def people(site: Site) -> Iterator[list[Person]]:
    """Half of them on each process."""
    everyone = [Person(site.nginx, site.token) for _ in range(PEOPLE)]
    for person in everyone:
        person.start()
        person.is_here.wait(30)
    assert sorted(map(clients, site.processes)) == [PEOPLE // 2, PEOPLE // 2]
    yield everyone
    for person in everyone:
        person.leave()


def upgrade(process: Server) -> None:
    """As the loop in docs/operations.md has it."""
    process.stop()
    process.start()
    wait_until(lambda: ask(process, "/readyz")[0] == 200, "it is ready", 30)


def test_a_rolling_restart_is_no_outage(site: Site, people: list[Person]) -> None:
    writer = Writer(site.nginx, site.token, "Meanwhile", pause=0.1)
    writer.start()
    try:
        for process in site.processes:
            done = len(writer.acked)
            upgrade(process)
            wait_until(lambda: len(writer.acked) > done, "writes go on", 30)  # noqa: B023
    finally:
        writer.finish()
    site.settle()
    newest = site.database.newest_commit()

    def all_know() -> bool:
        return all((person.replica.cursor or {"seq": 0})["seq"] >= newest for person in people)

    wait_until(all_know, "all are connected again, and up to date", 30)
    for person in people:
        person.leave()
    assert [answer for person in people for answer in person.refused] == []
    assert max(person.longest for person in people) < LONGEST_SECONDS
    for person in people:
        names = {number: record["name"] for number, (_, record) in person.replica.channels["coaches"].items()}
        assert writer.acked.items() <= names.items()
        assert person.replica.channels == people[0].replica.channels
