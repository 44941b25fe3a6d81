"""Presence by role: visitors of a public page neither see the staff nor are seen by it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest

from tests.support.accounts_server import AccountsServer
from tests.support.presence_lists import (
    presence_lists,
    wait_for_presence,
    wait_until_editing,
    wait_until_left,
    wait_until_present,
)
from tests.support.socketio_client import PASSWORD, Client

CLOSED = ["public-read", "required"]
Enter = Callable[..., Client]


@pytest.fixture
def enter(request: pytest.FixtureRequest, accounts_servers: Callable[[str], AccountsServer]) -> Iterator[Enter]:
    """Connects synced clients to the server of `access`: enter("coach")."""
    accounts_server = accounts_servers(request.getfixturevalue("access"))
    with ExitStack() as stack:
        yield lambda role="nobody": stack.enter_context(closing(accounts_server.client(role, sync=True)))


@pytest.mark.parametrize("access", CLOSED)
def test_a_stranger_sees_nobody_and_is_not_seen(
    access: str, enter: Enter, accounts_servers: Callable[[str], AccountsServer]
) -> None:
    stranger = enter()
    coach, viewer = enter("coach"), enter("viewer")
    own = accounts_servers(access).own
    coach.ok("editing", {"channel": "coaches", "id": own["id"], "on": True})
    people = wait_until_editing(viewer, coach, "coaches", own["id"])
    assert people[coach.sid]["name"] == own["name"] and people[viewer.sid]["name"] == "viewer"
    assert stranger.sid not in people
    claim = {"channel": "coaches", "id": own["id"], "on": True}
    assert stranger.call("editing", claim, {})["meta"]["code"] == "unauthorized"
    assert viewer.call("editing", claim, {})["meta"]["code"] == "forbidden"
    stranger.round_trip()
    assert not presence_lists(stranger)


@pytest.mark.parametrize("access", CLOSED)
def test_who_signs_in_and_out_on_a_live_socket(
    access: str, enter: Enter, accounts_servers: Callable[[str], AccountsServer]
) -> None:
    accounts_server = accounts_servers(access)
    viewer, other = enter("viewer"), enter()
    wait_until_present(viewer, viewer)
    accounts_server.log_in(other, "coach")
    assert wait_until_present(viewer, other)[other.sid]["name"] == accounts_server.own["name"]
    wait_until_present(other, viewer, other)
    other.ok("editing", {"channel": "coaches", "id": accounts_server.own["id"], "on": True})
    wait_until_editing(viewer, other, "coaches", accounts_server.own["id"])
    assert other.call("logout")["ok"]
    wait_until_left(viewer, other.sid)
    known = len(presence_lists(other))
    with closing(accounts_server.client("coach", sync=True)) as late:
        wait_until_present(viewer, late)
        other.round_trip()
        assert len(presence_lists(other)) == known, "nothing is sent after signing out"
    accounts_server.log_in(other, "viewer")
    if access == "required":
        # Signing out ended the data, and this client asks for it again.
        other.ok("sync", None)
    assert wait_until_present(viewer, other)[other.sid] | {"since": 0} == {
        "sid": other.sid,
        "name": "viewer",
        "since": 0,
        "editing": None,
    }


@pytest.mark.parametrize("access", ["open"])
def test_with_open_access_all_see_each_other(
    access: str, enter: Enter, accounts_servers: Callable[[str], AccountsServer]
) -> None:
    stranger, coach = enter(), enter("coach")
    people = wait_until_present(stranger, stranger, coach)
    order = list(people)
    assert order.index(coach.sid) < order.index(stranger.sid), "those with a name come first"
    assert people[stranger.sid]["name"] == "Someone"
    # It ends a sign-in, but not that of the other tests.
    accounts_servers(access).log_in(coach, "coach")
    assert coach.call("logout")["ok"]
    wait_for_presence(stranger, lambda people: people[coach.sid]["name"] == "Someone", "a coach without a name")


@pytest.mark.parametrize("access", ["required"])
def test_a_new_name_and_a_lost_right_show(
    access: str, enter: Enter, accounts_servers: Callable[[str], AccountsServer]
) -> None:
    accounts_server = accounts_servers(access)
    viewer = enter("viewer")
    coach = accounts_server.gym.new("coach", name="Rose Before", username="rose", password=PASSWORD)
    rose = enter()
    accounts_server.log_in(rose, "rose")
    claim: dict[str, Any] = {"channel": "coaches", "id": coach["id"], "on": True}
    rose.ok("editing", claim)
    wait_until_editing(viewer, rose, "coaches", coach["id"])
    accounts_server.admin.ok("update_coach", {"id": coach["id"], "name": "Rose After"})
    people = wait_for_presence(viewer, lambda people: people[rose.sid]["name"] == "Rose After", "the new name")
    assert people[rose.sid]["editing"], "a new name ends nothing"
    accounts_server.admin.ok("set_account", {"username": "rose", "role": "viewer"})
    wait_until_editing(viewer, rose, "coaches", None)
    accounts_server.admin.ok("delete_account", {"username": "rose"})
    wait_until_left(viewer, rose.sid)
    accounts_server.gym.delete("coach", coach)
