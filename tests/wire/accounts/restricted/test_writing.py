"""Who may write is what the resource says: roles, or a function that is asked about the record."""

from contextlib import closing
from typing import Any

import pytest

from server.realtime.protocol.caller import Caller
from server.realtime.resource.rules import Rule, by_action
from tests.support.accounts_server import CALLERS, AccountsServer

# What each caller gets (nobody, viewer, coach, admin): "+" is served, "-" unauthorized, "x" forbidden, "?" not_found.
TABLE = {
    "new_complaint": "-+++",
    "update_complaint": "-x++",
    "delete_complaint": "-x++",
    "undo_complaint": "-?++",
    "new_goal": "-xx+",
    "new_goal own": "-x++",
    "update_goal": "-xx+",
    "update_goal own": "-x++",
    "update_goal away": "-xx+",
    "delete_goal": "-xx+",
    "delete_goal own": "-x++",
    "undo_goal": "-xx+",
    "undo_goal own": "-x++",
    "new_guest": "-xx+",
    "update_guest": "-xx+",
    "delete_guest": "-xx+",
}
CODES = {"-": "unauthorized", "x": "forbidden", "?": "not_found"}


def request(accounts_server: AccountsServer, case: str) -> tuple[str, dict[str, Any]]:
    """The event of a case, and a payload that only rights stand against."""
    event, _, whose = case.partition(" ")
    action, _, name = event.partition("_")
    coach = accounts_server.own if whose in ("own", "away") else accounts_server.gym.new("coach")
    fields: dict[str, Any] = {"name": "Some name", "coach": {"id": coach["id"]}}
    if name == "goal":
        # Who may not even read is for another test.
        fields["shared"] = True
    if action == "new":
        return event, fields
    record = accounts_server.admin.ok(f"new_{name}", fields)
    changed: dict[str, Any] = {"id": record["id"], "name": "Another"}
    if action == "undo":
        accounts_server.admin.ok(f"update_{name}", changed)
        return "undo", {"seq": accounts_server.seq()}
    if whose == "away":
        return event, {"id": record["id"], "coach": {"id": accounts_server.gym.new("coach")["id"]}}
    return event, changed if action == "update" else {"id": record["id"]}


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("case", TABLE)
def test_case_by_caller(case: str, caller: str, accounts_server: AccountsServer) -> None:
    event, data = request(accounts_server, case)
    cell = TABLE[case][CALLERS.index(caller)]
    with closing(accounts_server.client(caller)) as client:
        before = accounts_server.seq()
        for options in ({"check": True}, {}):
            ack = client.call(event, data, options)
            assert ack["ok"] == (cell == "+"), ack
            if cell != "+":
                assert ack["meta"]["code"] == CODES[cell]
                assert ack["data"] is None
                assert accounts_server.seq() == before, "what was refused was written"


@pytest.mark.access("open")
@pytest.mark.parametrize("case", [case for case in TABLE if "complaint" not in case])
def test_rules_for_writing_do_not_count_with_open_access(case: str, accounts_server: AccountsServer) -> None:
    event, data = request(accounts_server, case)
    with closing(accounts_server.client()) as client:
        client.ok(event, data)


def test_a_write_that_is_refused_leaves_a_batch_of_others_alone(accounts_server: AccountsServer) -> None:
    """Requests that wait together are committed together: the one that is not allowed is refused alone."""
    [own, other] = [
        accounts_server.admin.ok("new_goal", {"name": "Goal", "coach": {"id": coach["id"]}})
        for coach in (accounts_server.own, accounts_server.gym.new("coach"))
    ]
    with closing(accounts_server.client("coach")) as client:
        numbers = [client.emit("update_goal", {"id": goal["id"], "name": "Mine"}) for goal in (own, other, own)]
        assert [client.ack(number)["ok"] for number in numbers] == [True, False, True]


@pytest.mark.parametrize("declared", ["coach", {"create": ("coach",)}])
def test_a_rule_that_is_not_understood_is_refused(declared: Any) -> None:
    with pytest.raises(TypeError):
        by_action(("new", "update", "delete"), declared)


def test_a_rule_that_raises_does_not_hold() -> None:
    def rule(caller: Any, record: Any) -> bool:
        raise KeyError("owner")

    assert not Rule.parse(rule).allows(Caller("::1", role="coach"), {})
