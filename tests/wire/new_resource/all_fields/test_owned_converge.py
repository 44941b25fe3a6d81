"""Records that go with others, and come back with them, whatever else happens meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tests.support.published import synced_client
from tests.support.server import Server
from tests.support.socketio_client import CHANNELS
from tests.wire.new_resource.all_fields.conftest import PROGRAM
from tests.wire.new_resource.tables import assert_reconciled
from tests.wire.queries.test_convergence import PEERS, PICKS, Convergence, converge


class Owning(Convergence):
    """The same, with bookings of classes, and of each other."""

    channels = (*CHANNELS, "bookings")

    @initialize()
    def enter(self) -> None:
        """Begin with no bookings either."""
        self.known["booking"] = []
        with closing(synced_client(self.server)) as client:
            bookings = [row["record"]["id"] for row in client.next_event("sync").args[0]["snapshot"]["bookings"]]
            for number in bookings:
                client.ok("update_booking", {"id": number, "friend": None, "about": None})
            for number in bookings:
                client.ok("delete_booking", {"id": number})
        super().enter()

    @rule(who=PEERS, pick=PICKS, wait=st.booleans(), inner=st.booleans())
    def book(self, who: int, pick: int, wait: bool, inner: bool) -> None:
        """Make a booking of a class, or one about another, perhaps with a friend."""
        fields: dict[str, Any] = {"name": f"Name {next(self.names)}"}
        if inner and self.known["booking"]:
            fields["about_id"] = self._pick("booking", pick)
        elif self.known["schedule"]:
            fields["schedule_id"] = self._pick("schedule", pick)
        if pick % 3 == 0 and self.known["booking"]:
            fields["friend_id"] = self._pick("booking", pick // 3)
        self._send(who, ("new_booking", fields, self._op()), wait)

    @rule(who=PEERS, pick=PICKS, other=PICKS, wait=st.booleans(), stale=st.booleans())
    def move_booking(self, who: int, pick: int, other: int, wait: bool, stale: bool) -> None:
        """Change a booking, perhaps while what it belongs to is deleted."""
        if not self.known["booking"]:
            return
        change: dict[str, Any] = {"name": f"Name {next(self.names)}"}
        if other % 3 == 1 and self.known["schedule"]:
            change = {"schedule_id": self._pick("schedule", other)}
        elif other % 3 == 2:
            change = {("about_id", "friend_id")[other % 2]: self._pick("booking", other)}
        opts = self._op() | ({"base": max(1, self.seq - pick % 5)} if stale else {})
        self._send(who, ("update_booking", {"id": self._pick("booking", pick), **change}, opts), wait)

    @rule(who=PEERS, name=st.sampled_from(["booking", "schedule"]), pick=PICKS, back=st.booleans())
    def delete_what_owns(self, who: int, name: str, pick: int, back: bool) -> None:
        """Delete a record with all that belongs to it, and perhaps bring all of it back at once."""
        if not self.known[name]:
            return
        before = self.seq
        self._send(who, (f"delete_{name}", {"id": self._pick(name, pick)}, self._op()), wait=True)
        if back and self.seq > before:
            self._send(who, ("undo", {"seq": self.seq}, self._op()), wait=True)

    def compare_with_tables(self, arrays: dict[str, list[dict[str, Any]]]) -> None:
        """What there is of a booking's class, and of what it is about, is there; the tables are asked in the end."""
        for booking in arrays["bookings"]:
            for field, channel in (("schedule", "schedules"), ("about", "bookings"), ("friend", "bookings")):
                if (copy := booking[field]) is not None:
                    [found] = [row for row in arrays[channel] if row["id"] == copy["id"]]
                    assert copy == {name: found[name] for name in copy}

    def teardown(self) -> None:
        super().teardown()
        if self.peers:
            assert_reconciled(self.server)


@pytest.fixture
def bookable(new_server: Callable[..., Server]) -> Iterator[Server]:
    """A server that has bookings, to kill and restart."""
    with closing(new_server(PROGRAM)) as server:
        yield server.start()


@pytest.mark.timeout(300)
def test_everybody_converges(bookable: Server) -> None:
    converge(Owning, bookable, runs=5)
