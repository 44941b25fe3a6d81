"""A list of records that the caller may not read shows their ids only."""

import uuid
from contextlib import closing
from typing import Any

import pytest

from tests.support.accounts_server import AccountsServer
from tests.support.http import ask
from tests.support.view_observers import ViewObservers

ALL = ("nobody", "viewer", "coach", "admin")
Record = dict[str, Any]
NOT_THERE = 10**9


def _hidden(accounts_server: AccountsServer) -> tuple[list[int], list[int]]:
    """Complaints, and goals of which the last is shown to all."""
    other = {"id": accounts_server.gym.new("coach")["id"]}
    complaints = [accounts_server.admin.ok("new_complaint", {"name": f"Unseen {number}"})["id"] for number in range(2)]
    goals = [accounts_server.admin.ok("new_goal", {"name": "Unseen goal", "coach": other})["id"] for _ in range(2)]
    goals.append(accounts_server.admin.ok("new_goal", {"name": "Open goal", "coach": other, "shared": True})["id"])
    return complaints, goals


def _digest(accounts_server: AccountsServer, complaints: list[int], goals: list[int]) -> Record:
    places = [{"id": number, "reached": 10 * place} for place, number in enumerate(goals)]
    fields = {"name": "Digest", "complaints": [{"id": number} for number in complaints], "goals": places}
    digest: Record = accounts_server.admin.ok("new_digest", fields)
    return digest


@pytest.mark.access("public-read")
def test_all_are_sent_ids(accounts_server: AccountsServer, view_observers: ViewObservers) -> None:
    complaints, goals = _hidden(accounts_server)
    with view_observers.sends("digests", to=ALL):
        digest = _digest(accounts_server, complaints, [goals[1], goals[0], goals[2], goals[1]])
    assert digest["complaints"] == [{"id": number} for number in complaints]
    assert [(place["id"], place["reached"]) for place in digest["goals"]] == [
        (goals[1], 0), (goals[0], 10), (goals[2], 20), (goals[1], 30),
    ]  # fmt: skip
    with view_observers.sends("complaints", to=("coach", "admin")):
        accounts_server.admin.ok("update_complaint", {"id": complaints[0], "name": "Unseen still"})
    with view_observers.sends("goals", to=("admin",)):
        accounts_server.admin.ok("update_goal", {"id": goals[0], "name": "Unseen still"})
    view_observers.verify()
    for caller in ("nobody", "viewer"):
        assert not view_observers.saw(caller, "Unseen")
        token = accounts_server.auth(caller).get("token")
        _, _, body = ask(
            accounts_server.server, "/export/digests.csv", {"Authorization": f"Bearer {token}"} if token else {}
        )
        assert b"; ".join(str(number).encode() for number in complaints) in body and b"Unseen" not in body


def test_who_does_not_see_them_keeps_them_moves_them_and_takes_them_out(accounts_server: AccountsServer) -> None:
    complaints, goals = _hidden(accounts_server)
    digest = _digest(accounts_server, complaints, goals)
    with closing(accounts_server.client("viewer", sync=True)) as client:
        assert client.ok("update_digest", {**digest, "name": "Renamed"}) == {**digest, "name": "Renamed"}
        turned = client.ok("update_digest", {"id": digest["id"], "goals": [{"id": number} for number in goals[::-1]]})
        assert turned["goals"] == digest["goals"][::-1], "what was reached goes with its goal"
        rev = accounts_server.seq()
        accounts_server.admin.ok("update_digest", {"id": digest["id"], "complaints": [{"id": complaints[0]}]})
        ack = client.call("update_digest", {"id": digest["id"], "complaints": []}, {"base": rev})
        assert ack["meta"]["code"] == "conflict"
        assert ack["meta"]["current"]["complaints"] == [{"id": complaints[0]}]
        emptied = client.call("update_digest", {"id": digest["id"], "goals": []}, {})
        assert emptied["data"]["goals"] == []
        assert client.ok("undo", {"seq": emptied["meta"]["seq"]})["goals"] == digest["goals"][::-1]
        entries = client.ok("history", {"channel": "digests", "id": digest["id"]})
        assert entries[0]["changes"] == {"goals": [[], digest["goals"][::-1]]}
        assert "Unseen" not in str(client.received)


@pytest.mark.parametrize("field", ["complaints", "goals"])
def test_who_does_not_see_them_puts_none_in(field: str, accounts_server: AccountsServer) -> None:
    """Neither does a refusal tell whether there is such a record."""
    complaints, goals = _hidden(accounts_server)
    hidden = {"complaints": complaints, "goals": goals}[field][1]
    digest = _digest(accounts_server, complaints[:1], goals[:1])
    with closing(accounts_server.client("viewer")) as client:
        for event, data in (
            ("new_digest", {"name": "Mine", field: []}),
            ("update_digest", {"id": digest["id"], field: digest[field]}),
        ):
            refusals = []
            for number in (hidden, NOT_THERE):
                opts = {"op": str(uuid.uuid4()), "check": event == "new_digest"}
                ack = client.call(event, {**data, field: [*data[field], {"id": number}]}, opts)
                assert not ack["ok"], ack
                refusals.append(str(ack).replace(f" {number}.", " N."))
            assert refusals[0] == refusals[1]
        out = client.ok("update_digest", {"id": digest["id"], field: []})
        assert out[field] == []
        client.fails("update_digest", {"id": digest["id"], field: digest[field][:1]})


def test_a_list_uses_what_is_in_it(accounts_server: AccountsServer) -> None:
    _, goals = _hidden(accounts_server)
    own = accounts_server.admin.ok("new_goal", {"name": "Mine", "coach": {"id": accounts_server.own["id"]}})["id"]
    digest = _digest(accounts_server, [], [own, own, goals[0]])
    with closing(accounts_server.client("coach")) as client:
        line = client.fails("delete_goal", {"id": own})["errors"]
        assert line == "This goal is used by 1 digest (Digest). Change or delete that first."
        left = client.ok("update_digest", {"id": digest["id"], "goals": digest["goals"][2:]})
        assert left["goals"] == digest["goals"][2:]
        client.ok("delete_goal", {"id": own})
