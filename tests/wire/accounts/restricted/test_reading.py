"""Records that a caller may not read are not sent: neither in arrays, nor in `changes`, nor in answers to `sync`."""

import random
from contextlib import closing
from typing import Any

import pytest

from tests.support.accounts_server import AccountsServer
from tests.support.view_observers import ViewObservers

ALL = ("nobody", "viewer", "coach", "admin")
Record = dict[str, Any]


def _goal(accounts_server: AccountsServer, coach: Record | None = None, **fields: Any) -> Record:
    owner = coach or accounts_server.own
    goal: Record = accounts_server.admin.ok("new_goal", {"name": "Goal", "coach": {"id": owner["id"]}, **fields})
    return goal


@pytest.mark.access("public-read")
def test_a_channel_by_role(accounts_server: AccountsServer, view_observers: ViewObservers) -> None:
    with view_observers.sends("complaints", to=("coach", "admin")):
        complaint = accounts_server.admin.ok("new_complaint", {"name": "Dark corridor"})
    with view_observers.sends("complaints", to=("coach", "admin")):
        accounts_server.admin.ok("update_complaint", {"id": complaint["id"], "name": "Dark cellar"})
    with view_observers.sends("complaints", to=("coach", "admin")):
        accounts_server.admin.ok("delete_complaint", complaint)
    assert [view_observers.saw(caller, "Dark c") for caller in ALL] == [False, False, True, True]


@pytest.mark.access("public-read")
def test_a_record_by_function(accounts_server: AccountsServer, view_observers: ViewObservers) -> None:
    other = accounts_server.gym.new("coach")
    with view_observers.sends("goals", to=("admin",)):
        others = _goal(accounts_server, other, name="Their secret goal")
    with view_observers.sends("goals", to=("coach", "admin")):
        own = _goal(accounts_server, name="My secret goal")
    with view_observers.sends("goals", to=ALL):
        accounts_server.admin.ok("update_goal", {"id": own["id"], "shared": True, "name": "Shown"})
    with view_observers.sends("goals", to=ALL):
        accounts_server.admin.ok("update_goal", {"id": own["id"], "shared": False, "name": "My hidden goal"})
    with view_observers.sends("goals", to=("coach", "admin")):
        accounts_server.admin.ok(
            "update_goal", {"id": own["id"], "coach": {"id": other["id"]}, "name": "Their hidden goal"}
        )
    with view_observers.sends("goals", to=("admin",)):
        accounts_server.admin.ok("delete_goal", others)
    for text, expected in (("Their", "admin"), ("My secret", "coach admin"), ("My hidden", "coach admin")):
        assert [caller for caller in ALL if view_observers.saw(caller, text)] == expected.split(), text


@pytest.mark.access("public-read")
def test_what_leaves_a_view_is_a_deletion_there(accounts_server: AccountsServer, view_observers: ViewObservers) -> None:
    goal = _goal(accounts_server, shared=True, name="Shown")
    view_observers.wait_until_published()
    viewer = view_observers.of("viewer", True)
    viewer.take()
    accounts_server.admin.ok("update_goal", {"id": goal["id"], "shared": False, "name": "Hidden"})
    [change] = viewer.next_changes()
    assert (change["type"], change["id"], change["record"]) == ("del", goal["id"], None)
    accounts_server.admin.ok("update_goal", {"id": goal["id"], "shared": True})
    [change] = viewer.next_changes()
    assert (change["type"], change["record"]["name"]) == ("put", "Hidden")


@pytest.mark.access("open")
def test_a_role_is_needed_where_anybody_writes_too(
    accounts_server: AccountsServer, view_observers: ViewObservers
) -> None:
    with closing(accounts_server.client()) as client:
        assert client.ok("new_complaint", {"name": "Anonymous"}) is None
        ack = client.call("new_goal", {"name": "Goal", "coach": {"id": accounts_server.own["id"]}}, {})
        assert ack["ok"], ack
        assert ack["data"] is None
        assert client.call("update_complaint", {"id": 1, "name": "Changed"}, {})["meta"]["code"] == "unauthorized"
    with view_observers.sends("complaints", to=("coach", "admin")):
        accounts_server.admin.ok("new_complaint", {"name": "Another"})


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.access("public-read")
def test_any_writes_close_together(seed: int, accounts_server: AccountsServer, view_observers: ViewObservers) -> None:
    chance = random.Random(seed)
    coaches = [accounts_server.own["id"], accounts_server.gym.new("coach")["id"]]
    goals = [_goal(accounts_server)["id"] for _ in range(4)]
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
    assert all(ack["ok"] for ack in accounts_server.admin.pipeline(requests))
    accounts_server.admin.ok("update_goal", {"id": goals[0], "step_to": None})
    view_observers.verify()


@pytest.mark.access("public-read")
def test_a_delta_has_what_was_missed_of_what_one_may_read(
    accounts_server: AccountsServer, view_observers: ViewObservers
) -> None:
    shown, hidden = _goal(accounts_server, shared=True, name="Shown"), _goal(accounts_server, name="Hidden")
    view_observers.wait_until_published()
    _leave(view_observers)
    accounts_server.admin.ok("update_goal", {"id": shown["id"], "shared": False, "name": "Unshown"})
    accounts_server.admin.ok("update_goal", {"id": hidden["id"], "name": "Hidden still"})
    secret = _goal(accounts_server, shared=True)
    accounts_server.admin.ok("update_goal", {"id": secret["id"], "shared": False})
    accounts_server.admin.ok("new_complaint", {"name": "Dark corridor"})
    answers = _come_back(view_observers)
    assert {answer["mode"] for answer in answers.values()} == {"delta"}
    assert [(one["channel"], one["type"], one["id"]) for one in answers["viewer"]["changes"]] == [
        ("goals", "del", shown["id"])
    ]
    assert {one["type"] for one in answers["coach"]["changes"]} == {"put"}


@pytest.mark.access("public-read")
def test_after_a_restart_too(accounts_server: AccountsServer, view_observers: ViewObservers) -> None:
    """What was before is in the journal alone then: where it takes more than that has, the answer is a snapshot."""
    shown = _goal(accounts_server, shared=True, name="Shown")
    view_observers.wait_until_published()
    _leave(view_observers)
    accounts_server.gym.new("coach", name="Only this")
    accounts_server.server.restart()
    accounts_server.reconnect()
    assert {answer["mode"] for answer in _come_back(view_observers).values()} == {"delta"}
    view_observers.wait_until_published()
    _leave(view_observers)
    accounts_server.admin.ok("update_goal", {"id": shown["id"], "shared": False})
    accounts_server.server.restart()
    accounts_server.reconnect()
    answers = _come_back(view_observers)
    assert answers["viewer"]["mode"] == "snapshot"
    assert answers["admin"]["mode"] == "delta"


def _leave(view_observers: ViewObservers) -> None:
    for observer in view_observers.observers.values():
        observer.close()


def _come_back(view_observers: ViewObservers) -> dict[str, Any]:
    """The answers that synced observers got for their cursors."""
    for observer in view_observers.observers.values():
        observer.come_back()
    return {
        caller: next(one.args[0] for one in observer.client.received if getattr(one, "name", "") == "sync")
        for (caller, synced), observer in view_observers.observers.items()
        if synced
    }
