"""What one may not read is not sent: neither in arrays, nor in `changes`, nor in the answers to `sync`."""

import random
from contextlib import closing
from typing import Any

import pytest

from tests.support.house import House
from tests.support.readers import Readers

ALL = ("nobody", "viewer", "coach", "admin")
Record = dict[str, Any]


def _goal(house: House, coach: Record | None = None, **fields: Any) -> Record:
    owner = coach or house.own
    goal: Record = house.admin.ok("new_goal", {"name": "Goal", "coach": {"id": owner["id"]}, **fields})
    return goal


@pytest.mark.access("public-read")
def test_a_channel_by_role(house: House, readers: Readers) -> None:
    with readers.sends("complaints", to=("coach", "admin")):
        complaint = house.admin.ok("new_complaint", {"name": "Dark corridor"})
    with readers.sends("complaints", to=("coach", "admin")):
        house.admin.ok("update_complaint", {"id": complaint["id"], "name": "Dark cellar"})
    with readers.sends("complaints", to=("coach", "admin")):
        house.admin.ok("delete_complaint", complaint)
    assert [readers.saw(caller, "Dark c") for caller in ALL] == [False, False, True, True]


@pytest.mark.access("public-read")
def test_a_record_by_function(house: House, readers: Readers) -> None:
    other = house.gym.new("coach")
    with readers.sends("goals", to=("admin",)):
        theirs = _goal(house, other, name="Their secret goal")
    with readers.sends("goals", to=("coach", "admin")):
        own = _goal(house, name="My secret goal")
    with readers.sends("goals", to=ALL):
        house.admin.ok("update_goal", {"id": own["id"], "shared": True, "name": "Shown"})
    with readers.sends("goals", to=ALL):
        house.admin.ok("update_goal", {"id": own["id"], "shared": False, "name": "My hidden goal"})
    with readers.sends("goals", to=("coach", "admin")):
        house.admin.ok("update_goal", {"id": own["id"], "coach": {"id": other["id"]}, "name": "Their hidden goal"})
    with readers.sends("goals", to=("admin",)):
        house.admin.ok("delete_goal", theirs)
    for text, expected in (("Their", "admin"), ("My secret", "coach admin"), ("My hidden", "coach admin")):
        assert [caller for caller in ALL if readers.saw(caller, text)] == expected.split(), text


@pytest.mark.access("public-read")
def test_what_leaves_a_view_is_a_deletion_there(house: House, readers: Readers) -> None:
    goal = _goal(house, shared=True, name="Shown")
    readers.fence()
    viewer = readers.of("viewer", True)
    viewer.take()
    house.admin.ok("update_goal", {"id": goal["id"], "shared": False, "name": "Hidden"})
    [change] = viewer.next_changes()
    assert (change["type"], change["id"], change["record"]) == ("del", goal["id"], None)
    house.admin.ok("update_goal", {"id": goal["id"], "shared": True})
    [change] = viewer.next_changes()
    assert (change["type"], change["record"]["name"]) == ("put", "Hidden")


@pytest.mark.access("open")
def test_a_role_is_needed_where_anybody_writes_too(house: House, readers: Readers) -> None:
    with closing(house.client()) as client:
        assert client.ok("new_complaint", {"name": "Anonymous"}) is None
        ack = client.call("new_goal", {"name": "Goal", "coach": {"id": house.own["id"]}}, {})
        assert ack["ok"], ack
        assert ack["data"] is None
        assert client.call("update_complaint", {"id": 1, "name": "Changed"}, {})["meta"]["code"] == "unauthorized"
    with readers.sends("complaints", to=("coach", "admin")):
        house.admin.ok("new_complaint", {"name": "Another"})


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.access("public-read")
def test_any_writes_close_together(seed: int, house: House, readers: Readers) -> None:
    chance = random.Random(seed)
    coaches = [house.own["id"], house.gym.new("coach")["id"]]
    goals = [_goal(house)["id"] for _ in range(4)]
    requests: list[tuple[Any, ...]] = []
    for number in range(60):
        goal = chance.choice(goals)
        match chance.randrange(5):
            case 0:
                requests.append(("update_goal", {"id": goal, "shared": chance.random() < 0.5}))
            case 1:
                requests.append(("update_goal", {"id": goal, "coach": {"id": chance.choice(coaches)}}))
            case 2:
                requests.append(("update_coach", {"id": chance.choice(coaches), "name": f"Renamed {number}"}))
            case 3:
                requests.append(("update_goal", {"id": goal, "step_to": {"id": chance.choice(goals)}}))
            case _:
                requests.append(("new_complaint", {"name": "Noise", "coach": {"id": chance.choice(coaches)}}))
    assert all(ack["ok"] for ack in house.admin.pipeline(requests))
    house.admin.ok("update_goal", {"id": goals[0], "step_to": None})
    readers.verify()


@pytest.mark.access("public-read")
def test_a_delta_has_what_was_missed_of_what_one_may_read(house: House, readers: Readers) -> None:
    shown, hidden = _goal(house, shared=True, name="Shown"), _goal(house, name="Hidden")
    readers.fence()
    _leave(readers)
    house.admin.ok("update_goal", {"id": shown["id"], "shared": False, "name": "Unshown"})
    house.admin.ok("update_goal", {"id": hidden["id"], "name": "Hidden still"})
    secret = _goal(house, shared=True)
    house.admin.ok("update_goal", {"id": secret["id"], "shared": False})
    house.admin.ok("new_complaint", {"name": "Dark corridor"})
    answers = _come_back(readers)
    assert {answer["mode"] for answer in answers.values()} == {"delta"}
    assert [(one["channel"], one["type"], one["id"]) for one in answers["viewer"]["changes"]] == [
        ("goals", "del", shown["id"])
    ]
    assert {one["type"] for one in answers["coach"]["changes"]} == {"put"}


@pytest.mark.access("public-read")
def test_after_a_restart_too(house: House, readers: Readers) -> None:
    """What was before is in the journal alone then: where it takes more than that has, the answer is a snapshot."""
    shown = _goal(house, shared=True, name="Shown")
    readers.fence()
    _leave(readers)
    house.gym.new("coach", name="Only this")
    house.server.restart()
    house.admin.close()
    house.admin = house.gym.client = house.client("admin")
    assert {answer["mode"] for answer in _come_back(readers).values()} == {"delta"}
    readers.fence()
    _leave(readers)
    house.admin.ok("update_goal", {"id": shown["id"], "shared": False})
    house.server.restart()
    house.admin.close()
    house.admin = house.gym.client = house.client("admin")
    answers = _come_back(readers)
    assert answers["viewer"]["mode"] == "snapshot"
    assert answers["admin"]["mode"] == "delta"


def _leave(readers: Readers) -> None:
    for observer in readers.observers.values():
        observer.close()


def _come_back(readers: Readers) -> dict[str, Any]:
    """The answers that synced observers got for their cursors."""
    for observer in readers.observers.values():
        observer.come_back()
    return {
        caller: next(one.args[0] for one in observer.client.received if getattr(one, "name", "") == "sync")
        for (caller, synced), observer in readers.observers.items()
        if synced
    }
