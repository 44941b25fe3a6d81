"""Copies follow between records that are in memory and records that are not, whichever embeds the other."""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from tests.support.gym import Gym
from tests.support.observer import Observer
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.trim import trim
from tests.wire.new_resource.large.stored import WHOLE, assert_stored
from tests.wire.new_resource.large.test_large import listed, new

Record = dict[str, Any]


@pytest.fixture
def watch(target: Server) -> Iterator[Callable[..., Observer]]:
    """Opens clients that are sent arrays or changes."""
    opened: list[Observer] = []

    def watching(*, synced: bool) -> Observer:
        opened.append(Observer(target, synced=synced, names=WHOLE))
        return opened[-1]

    yield watching
    for one in opened:
        one.close()


def rename(gym: Gym, name: str, record: Record, to: str) -> None:
    """Another name."""
    gym.client.ok(f"update_{name}", {"id": record["id"], "name": to})


def test_what_is_in_memory_is_embedded_as_it_is_now(gym: Gym, target: Server) -> None:
    coach, move = gym.new("coach"), gym.new("exercise_move")
    visit = new(gym, coach=coach, moves=[{"id": move["id"]}])
    receipt = new(gym, "receipt", amount=5, visit=visit)
    rename(gym, "coach", coach, "Coach renamed")
    rename(gym, "exercise_move", move, "Move renamed")
    now = gym.client.ok("get_visit", {"id": visit["id"]})
    assert (now["coach"]["name"], now["moves"][0]["name"]) == ("Coach renamed", "Move renamed")
    assert listed(gym.client, "visits", where={"coach.name": "Coach renamed"}) == [now]
    assert gym.client.ok("get_receipt", {"id": receipt["id"]})["visit"]["coach"]["name"] == "Coach renamed"
    assert gym.client.ok("update_visit", {"id": visit["id"], "code": "C1"})["coach"]["name"] == "Coach renamed"
    assert_stored(target)


def test_what_is_not_in_memory_is_embedded_as_it_is_now(gym: Gym, target: Server) -> None:
    visit, coach = new(gym), gym.new("coach")
    friend, receipt = new(gym, friend=visit), new(gym, "receipt", amount=5, visit=visit)
    gym.client.ok("update_visit", {"id": visit["id"], "name": "Renamed", "coach": {"id": coach["id"]}})
    assert gym.client.ok("get_visit", {"id": friend["id"]})["friend"]["name"] == "Renamed"
    shown = {"id": visit["id"], "name": "Renamed", "coach": {"id": coach["id"], "name": coach["name"]}}
    [found] = listed(gym.client, "receipts", where={"visit.name": "Renamed", "visit": visit["id"]})
    assert found == {**receipt, "visit": shown} == gym.client.ok("get_receipt", {"id": receipt["id"]})
    gym.client.ok("update_visit", {"id": friend["id"], "friend": {"id": friend["id"]}})
    rename(gym, "visit", friend, "Own friend")
    assert gym.client.ok("get_visit", {"id": friend["id"]})["friend"] == {"id": friend["id"], "name": "Own friend"}
    assert_stored(target)


def _member(gym: Gym) -> tuple[Record, Record, Record]:
    """A member, the last visit, and the best."""
    last, best = new(gym, name="Last"), new(gym, name="Best")
    return new(gym, "member", last_visit=last, best=[{"id": best["id"]}]), last, best


def _shown(observer: Observer, member: Record) -> Record:
    """The member as the observer has it, once it has been sent it."""
    observer.read_until(lambda replica: "members" in replica.channels, "the members")
    found: Record = observer.replica.channels["members"][member["id"]][1]
    return found


def test_what_is_in_memory_follows_what_is_not(gym: Gym, watch: Callable[..., Observer], target: Server) -> None:
    member, last, best = _member(gym)
    assert member["last_visit"] == {"id": last["id"], "name": "Last"}
    assert member["best"] == [{"id": best["id"], "name": "Best", "code": ""}]
    both = [watch(synced=False), watch(synced=True)]
    rename(gym, "visit", last, "Last renamed")
    gym.client.ok("update_visit", {"id": best["id"], "name": "Best renamed", "code": f"F{best['id']}"})
    for one in both:
        while _shown(one, member)["best"] != [{"id": best["id"], "name": "Best renamed", "code": f"F{best['id']}"}]:
            one.client.read(1)
        assert _shown(one, member)["last_visit"] == {"id": last["id"], "name": "Last renamed"}
        assert "visits" not in one.replica.channels
    assert gym.client.ok("get_member", {"id": member["id"]}) == _shown(both[0], member)
    assert_stored(target)


def test_only_what_others_embed_is_told_of(gym: Gym, watch: Callable[..., Observer]) -> None:
    member, last, best = _member(gym)
    other = new(gym)
    begun = gym.new("exercise_move")
    synced = watch(synced=True)
    # Another process may still be behind when it sends its snapshot.
    synced.read_until(lambda replica: begun["id"] in replica.channels["exercise_moves"], "what was made before")
    synced.seen.clear()
    rename(gym, "visit", other, "Of nobody")
    rename(gym, "visit", best, "Told")
    # A process that takes this and what comes next in one step knows that nobody embeds it any more.
    synced.read_until_sees(["visits"])
    gym.client.ok("update_member", {"id": member["id"], "last_visit": None, "best": []})
    rename(gym, "visit", last, "Not told")
    rename(gym, "visit", best, "Not told")
    marker = gym.new("exercise_move")
    synced.read_until(lambda replica: marker["id"] in replica.channels["exercise_moves"], "the marker")
    assert [(seen.channel, *seen.ids) for seen in synced.seen] == [
        ("visits", best["id"]),
        ("members", member["id"]),
        ("exercise_moves", marker["id"]),
    ]


@pytest.mark.parametrize("trimmed", [False, True])
def test_a_delta_and_a_start_have_it_too(
    trimmed: bool, gym: Gym, watch: Callable[..., Observer], target: Server
) -> None:
    member, last, best = _member(gym)
    plain, synced = watch(synced=False), watch(synced=True)
    synced.client.close()
    rename(gym, "visit", last, "Last renamed")
    rename(gym, "visit", best, "Best renamed")
    rename(gym, "visit", new(gym), "Of nobody")
    if trimmed:
        trim(target.database.url, keep=1)
    target.restart()
    for one in (plain, synced):
        one.come_back()
        shown = _shown(one, member)
        assert (shown["last_visit"]["name"], shown["best"][0]["name"]) == ("Last renamed", "Best renamed")
    with closing(Client(target.port)) as client:
        client.ok("update_visit", {"id": last["id"], "name": "Again"})
    for one in (plain, synced):
        while _shown(one, member)["last_visit"]["name"] != "Again":
            one.client.read(1)
    assert_stored(target)


def test_a_record_that_is_embedded_is_not_deleted_and_comes_back_with_it(gym: Gym, target: Server) -> None:
    member, visit, _ = _member(gym)
    receipt = new(gym, "receipt", amount=1, visit=visit)
    line = gym.client.fails("delete_visit", visit)["errors"]
    users = f"1 member (Mel) and 1 receipt ({receipt['id']})"
    assert line == f"This visit is used by {users}. Change or delete that first."
    gone = [
        gym.client.call(f"delete_{name}", one, {})
        for name, one in (("receipt", receipt), ("member", member), ("visit", visit))
    ]
    for one in reversed(gone):
        assert gym.client.call("undo", {"seq": one["meta"]["seq"]}, {})["data"] == one["data"]
    rename(gym, "visit", visit, "Renamed")
    assert gym.client.ok("get_member", {"id": member["id"]})["last_visit"]["name"] == "Renamed"
    assert_stored(target)
