"""Who sees whom: visitors of a public page neither see the staff nor are seen by it."""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import ExitStack
from contextlib import closing
from typing import Any

import pytest

from tests.support.house import House
from tests.support.people import lists
from tests.support.people import until
from tests.support.people import until_editing
from tests.support.people import until_gone
from tests.support.people import until_here
from tests.support.wire import PASSWORD
from tests.support.wire import Client

CLOSED = ["public-read", "required"]
Enter = Callable[..., Client]


@pytest.fixture
def enter(request: pytest.FixtureRequest, houses: Callable[[str], House]) -> Iterator[Enter]:
    """Connects synced clients to the house of `access`: enter("coach")."""
    house = houses(request.getfixturevalue("access"))
    with ExitStack() as stack:
        yield lambda role="nobody": stack.enter_context(closing(house.client(role, sync=True)))


@pytest.mark.parametrize("access", CLOSED)
def test_a_stranger_sees_nobody_and_is_not_seen(access: str, enter: Enter, houses: Callable[[str], House]) -> None:
    stranger = enter()
    coach, viewer = enter("coach"), enter("viewer")
    own = houses(access).own
    coach.ok("editing", {"channel": "coaches", "id": own["id"], "on": True})
    people = until_editing(viewer, coach, "coaches", own["id"])
    assert people[coach.sid]["name"] == own["name"] and people[viewer.sid]["name"] == "viewer"
    assert stranger.sid not in people
    claim = {"channel": "coaches", "id": own["id"], "on": True}
    assert stranger.call("editing", claim, {})["meta"]["code"] == "unauthorized"
    assert viewer.call("editing", claim, {})["meta"]["code"] == "forbidden"
    stranger.round_trip()
    assert not lists(stranger)


@pytest.mark.parametrize("access", CLOSED)
def test_who_signs_in_and_out_on_a_live_socket(access: str, enter: Enter, houses: Callable[[str], House]) -> None:
    house = houses(access)
    viewer, other = enter("viewer"), enter()
    until_here(viewer, viewer)
    house.log_in(other, "coach")
    assert until_here(viewer, other)[other.sid]["name"] == house.own["name"]
    until_here(other, viewer, other)
    other.ok("editing", {"channel": "coaches", "id": house.own["id"], "on": True})
    until_editing(viewer, other, "coaches", house.own["id"])
    assert other.call("logout")["ok"]
    until_gone(viewer, other.sid)
    known = len(lists(other))
    with closing(house.client("coach", sync=True)) as late:
        until_here(viewer, late)
        other.round_trip()
        assert len(lists(other)) == known, "who signed out is told no more"
    house.log_in(other, "viewer")
    if access == "required":
        # Signing out ended the data, and this client asks for it again.
        other.ok("sync", None)
    assert until_here(viewer, other)[other.sid] | {"since": 0} == {
        "sid": other.sid,
        "name": "viewer",
        "since": 0,
        "editing": None,
    }


@pytest.mark.parametrize("access", ["open"])
def test_where_anybody_writes_everybody_meets(access: str, enter: Enter, houses: Callable[[str], House]) -> None:
    stranger, coach = enter(), enter("coach")
    people = until_here(stranger, stranger, coach)
    order = list(people)
    assert order.index(coach.sid) < order.index(stranger.sid), "those with a name come first"
    assert people[stranger.sid]["name"] == "Someone"
    # It ends a sign-in, but not that of the other tests.
    houses(access).log_in(coach, "coach")
    assert coach.call("logout")["ok"]
    until(stranger, lambda people: people[coach.sid]["name"] == "Someone", "a coach without a name")


@pytest.mark.parametrize("access", ["required"])
def test_a_new_name_and_a_lost_right_show(access: str, enter: Enter, houses: Callable[[str], House]) -> None:
    house = houses(access)
    viewer = enter("viewer")
    coach = house.gym.new("coach", name="Rose Before", username="rose", password=PASSWORD)
    rose = enter()
    house.log_in(rose, "rose")
    claim: dict[str, Any] = {"channel": "coaches", "id": coach["id"], "on": True}
    rose.ok("editing", claim)
    until_editing(viewer, rose, "coaches", coach["id"])
    house.admin.ok("update_coach", {"id": coach["id"], "name": "Rose After"})
    people = until(viewer, lambda people: people[rose.sid]["name"] == "Rose After", "the new name")
    assert people[rose.sid]["editing"], "a new name ends nothing"
    house.admin.ok("set_account", {"username": "rose", "role": "viewer"})
    until_editing(viewer, rose, "coaches", None)
    house.admin.ok("delete_account", {"username": "rose"})
    until_gone(viewer, rose.sid)
    house.gym.delete("coach", coach)
