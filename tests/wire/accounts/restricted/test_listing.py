"""`list_*` and the wider `history` have what the caller may read, and tell nothing of the rest."""

import base64
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from tests.support.accounts_server import AccountsServer
from tests.support.socketio_client import Client
from tests.wire.accounts.restricted.conftest import may

CALLERS = ("nobody", "viewer", "coach", "admin")
Record = dict[str, Any]
May = Callable[[str, str, Record], bool]


@pytest.fixture
def may_read(accounts_server: AccountsServer) -> May:
    """Whether this caller may read this record of the channel."""
    return may(accounts_server.own["id"])


@pytest.fixture
def goals(accounts_server: AccountsServer) -> list[Record]:
    """Some of each kind: shared, the coach's own, and another's, in turn, with the last ones hidden from all."""
    owners = [accounts_server.own, accounts_server.gym.new("coach")]
    for number in range(24):
        shown = number < 18 and number % 3 == 0
        goal = {"name": f"{'Shown' if shown else 'Secret'} {number:02}", "shared": shown}
        accounts_server.admin.ok("new_goal", {**goal, "coach": {"id": owners[number % 2 if number < 18 else 1]["id"]}})
    made: list[Record] = accounts_server.admin.ok("list_goals", {"order": ["-id"], "limit": 24})["records"]
    return made[::-1]


def _pages(client: Client, asked: Record) -> Iterator[Record]:
    after = None
    while True:
        page = client.ok("list_goals", {**asked, "after": after})
        yield page
        if (after := page["next"]) is None:
            return


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.access("public-read")
def test_pages_are_full_of_what_one_may_read(
    caller: str, goals: list[Record], accounts_server: AccountsServer, may_read: May
) -> None:
    where = {"id": {"gte": goals[0]["id"]}}
    wanted = [goal for goal in goals if may_read(caller, "goals", goal)]
    with closing(accounts_server.client(caller, sync=True)) as client:
        client.next_event("sync")
        client.received.clear()
        for order, expected in ((["name"], sorted(wanted, key=lambda one: str(one["name"]))), (["-id"], wanted[::-1])):
            for limit in (1, 4, 100):
                pages = list(_pages(client, {"where": where, "order": order, "limit": limit, "count": True}))
                assert [record for page in pages for record in page["records"]] == expected
                assert {len(page["records"]) for page in pages[:-1]} <= {limit}
                assert {page["count"] for page in pages} == {len(wanted)}
                cursors = [base64.urlsafe_b64decode(page["next"]).decode() for page in pages[:-1]]
                hidden = [goal["name"] for goal in goals if goal not in wanted]
                assert not [name for name in hidden if name in str(cursors) + str(client.received)]


@pytest.mark.access("public-read")
def test_a_filter_does_not_find_what_one_may_not_read(goals: list[Record], accounts_server: AccountsServer) -> None:
    secret = next(goal for goal in goals if goal["name"] == "Secret 23")
    with closing(accounts_server.client("viewer")) as client:
        for where in ({"id": secret["id"]}, {"name": "Secret 23"}, {"name": {"starts": "Secret 2"}}):
            for asked in ({"where": where}, {"where": where, "order": ["-name"], "limit": 1}):
                page = client.ok("list_goals", {**asked, "count": True})
                assert (page["records"], page["next"], page["count"]) == ([], None, 0)
    assert accounts_server.admin.ok("list_goals", {"where": {"id": secret["id"]}})["records"] == [secret]


@pytest.mark.access("public-read")
def test_it_follows_what_one_may_read(accounts_server: AccountsServer) -> None:
    goal = accounts_server.admin.ok("new_goal", {"name": "Mine", "coach": {"id": accounts_server.own["id"]}})
    asked = {"where": {"id": goal["id"]}, "count": True}
    with closing(accounts_server.client("viewer")) as client:
        for shared in (False, True, False):
            shown = accounts_server.admin.ok("update_goal", {"id": goal["id"], "shared": shared})
            page = client.ok("list_goals", asked)
            assert (page["records"], page["count"]) == (([shown], 1) if shared else ([], 0))


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.access("public-read")
def test_history_of_everything_has_what_one_may_read(
    caller: str, goals: list[Record], accounts_server: AccountsServer, may_read: May
) -> None:
    complaint = accounts_server.admin.ok("new_complaint", {"name": "Dark corridor"})
    coach = accounts_server.gym.new("coach")
    records = {("goals", goal["id"]): goal for goal in goals}
    records |= {("complaints", complaint["id"]): complaint, ("coaches", coach["id"]): coach}
    every = accounts_server.admin.ok("history", {"limit": len(records)})
    assert [(entry["channel"], entry["id"]) for entry in every] == list(records)[::-1]
    wanted = [entry for entry in every if may_read(caller, entry["channel"], records[entry["channel"], entry["id"]])]
    with closing(accounts_server.client(caller)) as client:
        found: list[Record] = []
        while len(found) < len(wanted):
            before = {"before": found[-1]["seq"]} if found else {}
            found += client.ok("history", {"limit": 3, **before})
        assert found[: len(wanted)] == wanted
        of_goals = client.ok("history", {"channel": "goals", "limit": len(goals)})
        shown = [entry for entry in wanted if entry["channel"] == "goals"]
        assert of_goals[: len(shown)] == shown
        assert ("Secret 23" in str(client.received)) is (caller == "admin")
