"""Each write of a batch is authorized as if it came alone, and its record is sent to who may see it."""

import uuid
from contextlib import closing
from typing import Any

import pytest

from tests.support.accounts_server import CALLERS, AccountsServer
from tests.support.waiting import wait_until
from tests.wire.accounts.restricted.test_writing import CODES, TABLE, request

SINGLES = [case for case in TABLE if not case.startswith("undo")]


def _batch(*writes: tuple[str, Any]) -> dict[str, Any]:
    return {"writes": [{"event": event, "data": data} for event, data in writes]}


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("case", SINGLES)
def test_case_by_caller(case: str, caller: str, accounts_server: AccountsServer) -> None:
    event, data = request(accounts_server, case)
    cell = TABLE[case][CALLERS.index(caller)]
    with closing(accounts_server.client(caller)) as client:
        before = accounts_server.seq()
        for options in ({"check": True}, {}):
            alone = client.call(event, data, {"check": True})
            ack = client.call("batch", _batch(("new_digest", {"name": "Digest"}), (event, data)), options)
            assert ack["ok"] == alone["ok"] == (cell == "+"), ack
            if cell != "+":
                assert ack["meta"] == alone["meta"] == {"code": CODES[cell]}
                # Who may write nothing at all is told nothing else.
                expected = {"1": alone["errors"]} if caller != "nobody" else None
                assert ack["errors"].get("writes") == expected
                assert accounts_server.seq() == before, "what was refused was written"


@pytest.mark.access("open")
def test_a_channel_that_is_not_for_the_caller_where_anybody_writes(accounts_server: AccountsServer) -> None:
    complaint = accounts_server.admin.ok("new_complaint", {"name": "Dark corridor"})
    for caller in ("nobody", "viewer"):
        with closing(accounts_server.client(caller)) as client:
            alone = client.call("delete_complaint", complaint, {})
            ack = client.call("batch", _batch(("new_digest", {"name": "Digest"}), ("delete_complaint", complaint)), {})
            assert ack["errors"]["writes"] == {"1": alone["errors"]} and ack["meta"] == alone["meta"]


def test_a_record_that_is_not_for_the_caller(accounts_server: AccountsServer) -> None:
    """It is not there to be changed, and null where it was made."""
    goal = accounts_server.admin.ok("new_goal", {"name": "Goal", "coach": accounts_server.gym.new("coach")})
    writes = _batch(("new_complaint", {"name": "Dark"}), ("new_digest", {"name": "Digest"}))
    op = {"op": str(uuid.uuid4())}
    with closing(accounts_server.client("coach")) as client:
        for _ in "12":
            assert [record["name"] for record in client.ok("batch", writes, op)] == ["Dark", "Digest"]
    with closing(accounts_server.client("viewer")) as client:
        for options in (op, {"check": True}, {}):
            [complaint, digest] = client.ok("batch", writes, options)
            assert complaint is None and digest["name"] == "Digest"
    with closing(accounts_server.client("coach")) as client:
        changes = _batch(("update_complaint", {"id": 999_999_999, "name": "No"}), ("delete_goal", goal))
        alone = client.fails("delete_goal", goal, {})
        assert "There is no goal" in alone["errors"]
        ack = client.call("batch", changes, {"check": True})
        assert ack["errors"]["writes"]["1"] == alone and ack["meta"] == {"code": "not_found"}
        # What an earlier write of the batch gives away is not for the caller either.
        own = client.ok("new_goal", {"name": "Own", "coach": accounts_server.own})
        hidden = {"name": "Step", "coach": accounts_server.own, "step_to": {"id": goal["id"]}}
        ack = client.call("batch", _batch(("update_goal", {"id": own["id"], "name": "Mine"}), ("new_goal", hidden)), {})
        assert ack["errors"]["writes"].keys() == {"1"} and "step_to" in ack["errors"]["writes"]["1"]


def test_a_denial_is_one_line_of_the_audit(accounts_server: AccountsServer) -> None:
    writes = _batch(*[("delete_guest", 1)] * 3)
    with closing(accounts_server.client("coach")) as client:
        client.round_trip()
        since = accounts_server.server.log_size()
        assert client.call("batch", writes, {})["errors"]["writes"].keys() == {"0", "1", "2"}
    # The audit is written after the answer.
    wait_until(lambda: "denied" in accounts_server.server.log(since), "a line in the audit")
    lines = [line for line in accounts_server.server.log(since).splitlines() if "denied" in line]
    assert len(lines) == 1 and 'event="batch"' in lines[0] and 'code="forbidden"' in lines[0]
