"""Who asks for what one may not read learns nothing of it: by no event, no refusal, and no page of the server."""

import uuid
from contextlib import closing
from typing import Any

import pytest

from tests.support.accounts_server import AccountsServer
from tests.support.http import ask
from tests.support.socketio_client import Client

Record = dict[str, Any]
NOT_THERE = 10**9


def _goal(accounts_server: AccountsServer, coach: Record | None = None, **fields: Any) -> Record:
    owner = coach or accounts_server.own
    goal: Record = accounts_server.admin.ok("new_goal", {"name": "Goal", "coach": {"id": owner["id"]}, **fields})
    return goal


def _refused(client: Client, event: str, data: Any, opts: Any = None) -> str:
    ack = client.call(event, data, opts or {})
    assert not ack["ok"], ack
    assert ack["data"] is None
    code: str = ack["meta"]["code"]
    return code


@pytest.mark.parametrize("event", ["get_goal", "update_goal", "delete_goal", "editing", "undo", "history"])
def test_a_hidden_record_is_as_one_that_is_not_there(event: str, accounts_server: AccountsServer) -> None:
    goal = _goal(accounts_server, accounts_server.gym.new("coach"), name="Secret")
    seq = accounts_server.seq()
    answers = []
    with closing(accounts_server.client("coach")) as client:
        for number, commit in ((goal["id"], seq), (NOT_THERE, NOT_THERE)):
            data = {"id": number, "channel": "goals", "on": True} if event in ("editing", "history") else {"id": number}
            ack = client.call(event, {"seq": commit} if event == "undo" else data, {})
            answers.append(str(ack).replace(str(number), "N").replace(str(commit), "N"))
    assert answers[0] == answers[1]
    assert accounts_server.seq() == seq


@pytest.mark.parametrize(("caller", "code"), [("nobody", "unauthorized"), ("viewer", "forbidden")])
@pytest.mark.access("public-read")
def test_of_a_hidden_channel_nothing_is_answered(caller: str, code: str, accounts_server: AccountsServer) -> None:
    complaint = accounts_server.admin.ok("new_complaint", {"name": "Dark corridor"})
    with closing(accounts_server.client(caller)) as client:
        for number in (complaint["id"], NOT_THERE):
            whose = {"channel": "complaints", "id": number}
            assert _refused(client, "history", whose) == code
            assert _refused(client, "history", {"channel": "complaints"}) == code
            assert _refused(client, "get_complaint", {"id": number}) == code
            assert _refused(client, "list_complaints", {"count": True, "where": {"id": number}}) == code
            assert _refused(client, "update_complaint", {"id": number, "name": "Changed"}) == code
            assert _refused(client, "delete_complaint", {"id": number}) == code
            assert _refused(client, "editing", {**whose, "on": True}) in (code, "unauthorized")
        client.call("refresh")
        assert "Dark" not in str(client.received)


def test_who_may_write_and_not_read_gets_no_record_back(accounts_server: AccountsServer) -> None:
    op = {"op": str(uuid.uuid4())}
    with closing(accounts_server.client("viewer", sync=True)) as client:
        for options in ({"check": True}, op, op):
            ack = client.call("new_complaint", {"name": "Dark corridor"}, options)
            assert ack["ok"]
            assert ack["data"] is None
        assert ack["meta"]["replayed"]
        assert "Dark" not in str(client.received)
    assert accounts_server.admin.ok("new_complaint", {"name": "Dark corridor"})["name"] == "Dark corridor"


def test_another_accounts_op_gives_no_record(accounts_server: AccountsServer) -> None:
    op, data = {"op": str(uuid.uuid4())}, {"name": "Secret"}
    assert accounts_server.admin.call("new_complaint", data, op)["data"]["name"] == "Secret"
    with closing(accounts_server.client("viewer")) as client:
        ack = client.call("new_complaint", data, op)
        assert ack["meta"]["replayed"]
        assert ack["data"] is None


def test_history_begins_and_ends_where_one_may_read(accounts_server: AccountsServer) -> None:
    other = accounts_server.gym.new("coach")
    goal = _goal(accounts_server, other, name="First")
    for fields in (
        {"name": "Second"},
        {"shared": True},
        {"name": "Third"},
        {"shared": False, "name": "Fourth"},
        {"name": "Fifth"},
        {"shared": True},
    ):
        accounts_server.admin.ok("update_goal", {"id": goal["id"], **fields})
    with closing(accounts_server.client("coach")) as client:
        entries = client.ok("history", {"channel": "goals", "id": goal["id"]})
        assert [(entry["type"], entry["changes"].get("name")) for entry in entries] == [
            ("put", [None, "Fifth"]),
            ("del", ["Third", None]),
            ("put", ["Second", "Third"]),
            ("put", [None, "Second"]),
        ]
        for hidden in ("First", "Fourth"):
            assert hidden not in str(entries)
        paged = [client.ok("history", {"channel": "goals", "id": goal["id"], "limit": 1})[0]]
        while found := client.ok(
            "history", {"channel": "goals", "id": goal["id"], "limit": 1, "before": paged[-1]["seq"]}
        ):
            paged += found
        assert paged == entries


def test_what_uses_a_record_is_counted_and_not_named(accounts_server: AccountsServer) -> None:
    coach = accounts_server.gym.new("coach")
    accounts_server.admin.ok("new_complaint", {"name": "Dark corridor", "coach": {"id": coach["id"]}})
    _goal(accounts_server, coach, name="Secret goal")
    _goal(accounts_server, coach, name="Shown goal", shared=True)
    own = _goal(accounts_server, name="Mine")
    accounts_server.admin.ok(
        "update_goal", {"id": _goal(accounts_server, coach, name="Secret step")["id"], "step_to": {"id": own["id"]}}
    )
    with closing(accounts_server.client("coach")) as client:
        errors = client.fails("delete_goal", own)
        assert errors["errors"] == "This goal is used by 1 goal. Change or delete that first."
    errors = accounts_server.admin.fails("delete_coach", coach)
    assert "1 complaint (Dark corridor) and 3 goals (Secret goal, Shown goal, Secret step)" in errors["errors"]


@pytest.mark.access("open")
def test_what_uses_a_record_is_not_named_to_nobody_either(accounts_server: AccountsServer) -> None:
    coach = accounts_server.gym.new("coach")
    accounts_server.admin.ok("new_complaint", {"name": "Dark corridor", "coach": {"id": coach["id"]}})
    _goal(accounts_server, coach, name="Secret goal")
    _goal(accounts_server, coach, name="Shown goal", shared=True)
    with closing(accounts_server.client()) as client:
        line = client.fails("delete_coach", coach)["errors"]
        assert (
            line == "This coach is used by 1 complaint and 2 goals (Shown goal, 1 more). Change or delete that first."
        )


def test_one_refers_to_what_one_sees_or_leaves_what_is_there(accounts_server: AccountsServer) -> None:
    complaint = accounts_server.admin.ok("new_complaint", {"name": "Dark corridor"})
    answer = accounts_server.admin.ok("new_answer", {"name": "We are sorry", "complaint": {"id": complaint["id"]}})
    assert answer["complaint"] == {"id": complaint["id"]}
    with closing(accounts_server.client("viewer")) as client:
        echoed = client.ok("update_answer", {**answer, "name": "We are very sorry"})
        assert echoed == {**answer, "name": "We are very sorry"}
        refusals = []
        for number in (complaint["id"], NOT_THERE):
            errors = client.fails("new_answer", {"name": "Well", "complaint": {"id": number}})
            refusals.append(str(errors).replace(str(number), "N"))
        assert refusals[0] == refusals[1]
        client.ok("update_answer", {"id": answer["id"], "complaint": None})
        client.fails("update_answer", {"id": answer["id"], "complaint": {"id": complaint["id"]}})


def test_presence_does_not_say_who_edits_what_one_may_not_read(accounts_server: AccountsServer) -> None:
    complaint = accounts_server.admin.ok("new_complaint", {"name": "Dark corridor"})
    goal = _goal(accounts_server)
    seen = {caller: accounts_server.client(caller, sync=True) for caller in ("viewer", "coach", "admin")}
    try:
        for channel, number, readers in (("complaints", complaint["id"], 2), ("goals", goal["id"], 2)):
            with closing(accounts_server.client("admin", sync=True)) as editor:
                editor.ok("editing", {"channel": channel, "id": number, "on": True})
                edits = {"channel": channel, "id": number}
                for caller in ("coach", "admin"):
                    while edits not in _edited(seen[caller]):
                        pass
                # A last commit that all are sent.
                editor.ok("editing", {"channel": "coaches", "id": accounts_server.own["id"], "on": True})
                while {"channel": "coaches", "id": accounts_server.own["id"]} not in _edited(seen["viewer"]):
                    pass
                assert readers == sum(f"'{channel}', 'id': {number}}}" in str(_told(one)) for one in seen.values())
    finally:
        for one in seen.values():
            one.close()


def _told(client: Client) -> list[Any]:
    return [packet.args for packet in client.received if getattr(packet, "name", "") == "presence"]


def _edited(client: Client) -> list[Any]:
    return [user["editing"] for user in client.next_event("presence").args[0]["users"]]


@pytest.mark.access("public-read")
def test_exports(accounts_server: AccountsServer) -> None:
    accounts_server.admin.ok("new_complaint", {"name": "Dark corridor"})
    _goal(accounts_server, name="My secret goal")
    _goal(accounts_server, accounts_server.gym.new("coach"), name="Their secret goal")
    _goal(accounts_server, name="Shown goal", shared=True)
    got = {}
    for caller in ("nobody", "viewer", "coach", "admin"):
        token = accounts_server.auth(caller).get("token")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        status, _, body = ask(accounts_server.server, "/export/complaints.csv", headers)
        assert (b"Dark" in body) == (status == 200)
        _, _, goals = ask(accounts_server.server, "/export/goals.csv", headers)
        got[caller] = status, b"My secret" in goals, b"Their secret" in goals, b"Shown" in goals
        assert ask(accounts_server.server, "/export/coaches.csv", headers)[0] == 200
    assert got == {
        "nobody": (401, False, False, True),
        "viewer": (403, False, False, True),
        "coach": (200, True, False, True),
        "admin": (200, True, True, True),
    }


def test_a_conflict_shows_no_more_than_one_may_read(accounts_server: AccountsServer) -> None:
    goal = _goal(accounts_server, name="Mine")
    rev = accounts_server.seq()
    accounts_server.admin.ok(
        "update_goal", {"id": goal["id"], "name": "Theirs", "coach": {"id": accounts_server.gym.new("coach")["id"]}}
    )
    with closing(accounts_server.client("coach")) as client:
        assert _refused(client, "update_goal", {"id": goal["id"], "name": "Mine still"}, {"base": rev}) == "not_found"
        assert "Theirs" not in str(client.received[1:])


def test_an_edit_cannot_start_from_what_one_may_not_read(accounts_server: AccountsServer) -> None:
    """Whether it would be an edit tells what was there."""
    goal = _goal(accounts_server, accounts_server.gym.new("coach"), name="Secret")
    hidden = accounts_server.seq()
    accounts_server.admin.ok(
        "update_goal", {"id": goal["id"], "name": "Mine", "coach": {"id": accounts_server.own["id"]}}
    )
    answers = []
    with closing(accounts_server.client("coach")) as client:
        for guess in ("Secret", "Wrong"):
            ack = client.call("update_goal", {"id": goal["id"], "name": guess}, {"base": hidden, "check": True})
            answers.append(str(ack).replace(guess, "guess"))
        never = client.call("update_goal", {"id": goal["id"], "name": "Wrong"}, {"base": hidden - 1})
    assert answers[0] == answers[1]
    assert answers[0].replace(str(hidden), "N") == str(never).replace(str(hidden - 1), "N")
