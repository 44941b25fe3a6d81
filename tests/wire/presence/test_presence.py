"""Who is here and who edits what: who is told, when, and what not."""

import time
from itertools import pairwise
from typing import Any

import pytest

from tests.support.gym import Gym
from tests.support.packets import Event
from tests.support.presence_lists import (
    presence_lists,
    wait_for_coaches,
    wait_for_presence,
    wait_until_editing,
    wait_until_left,
    wait_until_present,
)
from tests.support.socketio_client import CHANNELS, Client
from tests.wire.conftest import Connect

SYNCED = {"sync": True}


@pytest.fixture
def rose(connect: Connect) -> Client:
    """A synced client."""
    return connect(auth=SYNCED)


@pytest.fixture
def ben(connect: Connect) -> Client:
    """Another one."""
    return connect(auth=SYNCED)


@pytest.fixture
def coaches(gym: Gym, rose: Client, ben: Client) -> list[int]:
    """Three coaches that both have heard of, and so the processes that they are connected to."""
    made = [gym.new("coach")["id"] for _ in range(3)]
    for client in (rose, ben):
        wait_for_coaches(client, made)
    return made


def edit(client: Client, number: int, on: bool = True, channel: str = "coaches") -> None:
    """Say so; it must be taken."""
    assert client.ok("editing", {"channel": channel, "id": number, "on": on}) is None


def test_synced_clients_see_each_other_and_themselves(rose: Client, ben: Client) -> None:
    now = time.time() * 1000
    for client in (rose, ben):
        people = wait_until_present(client, rose, ben)
        for one in (rose, ben):
            assert people[one.sid] | {"since": 0} == {"sid": one.sid, "name": "Someone", "since": 0, "editing": None}
            assert now - 20_000 < people[one.sid]["since"] < now + 20_000
        assert list(people) == sorted(people, key=lambda sid: (people[sid]["since"], sid)), "by arrival"
        names = [packet.name for packet in client.received if isinstance(packet, Event)]
        assert names[:2] == ["connected", "sync"], "who is here comes after the data"


def test_who_comes_is_told_at_once_and_the_others_hear_of_it(rose: Client, connect: Connect) -> None:
    wait_until_present(rose, rose)
    late = connect(auth=SYNCED)
    wait_until_present(late, rose, late)
    wait_until_present(rose, late)


def test_a_plain_client_is_told_nothing_and_not_seen(
    gym: Gym, rose: Client, ben: Client, coaches: list[int], connect: Connect
) -> None:
    edit(rose, coaches[0])
    people = wait_until_editing(ben, rose, "coaches", coaches[0])
    late = connect()
    for plain in (gym.client, late):
        plain.round_trip()
        names = {packet.name for packet in plain.received if isinstance(packet, Event)}
        assert names == {"connected", *CHANNELS}, "a client of the base contract gets nothing new"
        assert plain.sid not in people


def test_asking_for_sync_is_enough(gym: Gym, rose: Client) -> None:
    plain = gym.client
    plain.ok("sync", None)
    wait_until_present(plain, rose, plain)
    wait_until_present(rose, plain)


def test_saying_that_one_edits_is_enough(gym: Gym, rose: Client, coaches: list[int]) -> None:
    plain = gym.client
    edit(plain, coaches[0], on=False)
    wait_until_present(plain, rose, plain)
    edit(plain, coaches[0])
    wait_until_editing(rose, plain, "coaches", coaches[0])


def test_one_record_at_a_time(rose: Client, ben: Client, coaches: list[int]) -> None:
    first, second, third = coaches
    edit(rose, first)
    people = wait_until_editing(ben, rose, "coaches", first)
    assert next(iter(people)) == rose.sid, "those who edit come first"
    edit(rose, str(second))  # type: ignore[arg-type]
    wait_until_editing(ben, rose, "coaches", second)
    edit(rose, third, on=False)
    edit(rose, first, on=False)
    edit(rose, second, on=False, channel="schedules")
    edit(ben, first)
    people = wait_until_editing(ben, ben, "coaches", first)
    assert people[rose.sid]["editing"] == {"channel": "coaches", "id": second}, "another record ends nothing"
    edit(rose, second, on=False)
    wait_until_editing(ben, rose, "coaches", None)


def test_nobody_is_told_the_same_twice(rose: Client, ben: Client, coaches: list[int]) -> None:
    for _ in range(3):
        edit(rose, coaches[0])
        wait_until_editing(ben, rose, "coaches", coaches[0])
        edit(rose, coaches[1], on=False)
    edit(rose, coaches[1])
    wait_until_editing(ben, rose, "coaches", coaches[1])
    told = presence_lists(ben)
    assert all(before != after for before, after in pairwise(told))


@pytest.mark.parametrize("leave", ["41", "1", "close"])
def test_who_leaves_is_gone_with_what_was_edited(leave: str, rose: Client, ben: Client, coaches: list[int]) -> None:
    edit(rose, coaches[0])
    wait_until_editing(ben, rose, "coaches", coaches[0])
    if leave != "close":
        rose.send(leave)
    rose.close()
    wait_until_left(ben, rose.sid)


@pytest.mark.settings(EDITING_SECONDS="1")
def test_the_lease(own_server: Any, rose: Client, ben: Client, coaches: list[int]) -> None:
    """It ends by itself, and not while it is renewed."""
    edit(rose, coaches[0])
    wait_until_editing(ben, rose, "coaches", coaches[0])
    wait_until_editing(ben, rose, "coaches", None)
    began = time.monotonic()
    while time.monotonic() - began < 2.2:
        edit(rose, coaches[1])
        ben.read(0.1)
    edit(rose, coaches[2])
    wait_until_editing(ben, rose, "coaches", coaches[2])
    shown = [people[rose.sid]["editing"] for people in presence_lists(ben) if rose.sid in people]
    ids = [editing["id"] if editing else None for editing in shown]
    steps = [after for before, after in zip([None, *ids], ids, strict=False) if before != after]
    assert steps == [coaches[0], None, coaches[1], coaches[2]], "renewed, it does not end in between"


@pytest.mark.settings(EDITING_SECONDS="1")
def test_a_deleted_record_is_edited_until_the_lease_ends(
    own_server: Any, gym: Gym, rose: Client, ben: Client, coaches: list[int]
) -> None:
    edit(rose, coaches[0])
    wait_until_editing(ben, rose, "coaches", coaches[0])
    gym.delete("coach", coaches[0])
    claim = {"channel": "coaches", "id": coaches[0], "on": True}
    rose.wait_for(lambda: not rose.call("editing", claim)["ok"], "refusal to edit what is not there")
    wait_until_editing(ben, rose, "coaches", None)


def test_many_at_once_cost_few_events_of_a_hundred_each(rose: Client, connect: Connect, coaches: list[int]) -> None:
    wait_until_present(rose, rose)
    before, began = len(presence_lists(rose)), time.monotonic()
    crowd = [connect(auth=SYNCED) for _ in range(150)]
    wait_for_presence(rose, lambda people: len(people) == 100, "a full list")
    # Ten a second at most, in whichever process.
    assert len(presence_lists(rose)) - before <= 3 + 10 * (time.monotonic() - began)
    last = crowd[-1]
    edit(last, coaches[0])
    for client in (rose, *crowd):
        people = wait_until_editing(client, last, "coaches", coaches[0])
        assert len(people) == 100
        assert next(iter(people)) == last.sid and rose.sid in people, "those who edit, then who came first"
        assert crowd[-2].sid not in people
    most = 3 + 10 * (time.monotonic() - began)
    assert all(len(presence_lists(client)) <= most for client in (rose, *crowd))
