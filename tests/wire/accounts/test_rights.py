"""Event x role x ownership x ACCESS, every cell of rights_table.py."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server.realtime.resource.resource import Resource
from tests.support.accounts_server import CALLERS, NOBODY, AccountsServer
from tests.support.answered_events import answered_events
from tests.support.catalogue import ALL
from tests.support.http import ask
from tests.support.socketio_client import PASSWORD
from tests.support.waiting import wait_until
from tests.wire.accounts.rights_table import (
    OWN,
    PAGES,
    READS,
    TABLE,
    People,
    arguments,
    cell,
    expected,
    rows,
    username_of,
)

CODES = {"-": "unauthorized", "x": "forbidden"}
LINES = {"-": "Please sign in to do this.", "x": "Your role does not allow this. Ask an admin."}
# They end what is owned: somebody else comes after them.
_ENDING = ("delete_coach", "delete_account")


def _said(name: str, data: Any, wanted: str, caller: str) -> dict[str, Any]:
    """The errors of a refusal. Who may write something is told which write of a batch it is."""
    line = LINES[wanted]
    if name != "batch" or caller != "coach":
        return {"errors": line}
    events = [write["event"] for write in data["writes"]]
    index = next(index for index, event in enumerate(events) if event.endswith("_coach"))
    named = f"Write {index + 1} ({events[index].replace('_', ' ')}): {line}"
    return {"errors": named, "writes": {str(index): {"errors": line}}}


@pytest.mark.parametrize(("event", "of"), rows(TABLE))
@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("access", READS)
def test_event_by_role(
    access: str,
    caller: str,
    event: str,
    of: str,
    accounts_servers: Callable[[str], AccountsServer],
    people: Callable[[AccountsServer], People],
) -> None:
    accounts_server = accounts_servers(access)
    owners = people(accounts_server)
    name, data = arguments(event, of, caller, accounts_server, owners)
    username = username_of(caller, of)
    client = accounts_server.client(username)
    if name in ("logout", "set_password") and caller != NOBODY:
        # It ends sign-ins, but not those of the other tests.
        accounts_server.renew(client, caller)
    before, logged = accounts_server.seq(), accounts_server.server.log_size()
    ack = client.call(name, data, {}) if name != "sync" else client.call(name, data)
    if name == "set_password" and ack["ok"] and caller == "admin":
        # It ended this account's other sign-ins, the fixture's own among them.
        accounts_server.renew(accounts_server.admin, "admin")
    wanted = expected(access, event, of, caller)
    if name == "undo" and data["seq"] == 10**9 and wanted in "?+":
        assert ack["meta"]["code"] == "not_found"
    elif wanted == "+":
        assert ack["ok"], ack
        if name.startswith(("get_", "list_", "history")) and of:
            assert ack["data"] or name == "list_schedules", "there is a record"
    else:
        meta = {"meta": {"code": CODES[wanted]}} if "meta" in ack else {}
        assert ack == {"ok": False, "data": None, "errors": _said(name, data, wanted, caller), **meta}, (
            "and nothing else"
        )
        assert accounts_server.seq() == before, "what was refused was written"
        denial = f"denied who={json.dumps(None if caller == NOBODY else username)}"
        # The audit is written after the answer.
        wait_until(lambda: denial in accounts_server.server.log(logged), "a line in the audit")
    client.close()
    if of == OWN and event in _ENDING:
        owners.forget(caller)


@pytest.mark.parametrize(("page", "of"), rows(PAGES))
@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("access", READS)
def test_page_by_role(
    access: str,
    caller: str,
    page: str,
    of: str,
    accounts_servers: Callable[[str], AccountsServer],
    people: Callable[[AccountsServer], People],
) -> None:
    accounts_server = accounts_servers(access)
    coach = people(accounts_server).own(caller) if of == OWN else accounts_server.own
    token = accounts_server.auth(username_of(caller, of)).get("token")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    status, _, body = ask(accounts_server.server, page.format(id=coach["id"]), headers)
    assert status == {"+": 200, "-": 401, "x": 403}[cell(PAGES[page], of, access, caller)]
    assert status == 200 or coach["name"].encode() not in body


def test_the_table_has_every_event(tmp_path: Path) -> None:
    """A new event needs a row. Those of a resource beside the gym's own follow from its `write`."""
    others = {
        event
        for resource in Resource.registry.values()
        if resource.name not in ALL
        for event in (*resource.events, *resource.reads)
    }
    assert set(answered_events(tmp_path)["gym"]) - others == {event.split(" ")[0] for event in TABLE}


@pytest.mark.parametrize(
    "event",
    [
        "new_coach",
        "update_coach",
        "batch",
        "get_coach",
        "list_coaches",
        "undo",
        "history",
        "sync",
        "subscribe",
        "refresh",
        "accounts",
    ],
)
@pytest.mark.parametrize("data", [None, {}, {"id": "nonsense", "hack": 1}, [], 5])
def test_errors_show_nothing_to_callers_who_may_not_read(
    event: str, data: Any, accounts_server: AccountsServer
) -> None:
    """Not what is wrong with the payload, nor what is there."""
    client = accounts_server.client()
    assert client.fails(event, data) == {"errors": "Please sign in to do this."}
    client.close()


def test_a_stranger_is_sent_no_record(accounts_server: AccountsServer) -> None:
    strangers = [
        accounts_server.client(),
        accounts_server.client(sync=True),
        accounts_server.client(sync={"epoch": "x", "seq": 0}),
    ]
    accounts_server.gym.new("coach", name="Very private")
    for stranger in strangers:
        stranger.call("sync", None)
        stranger.call("refresh")
        names = [event.name for event in stranger.take()]
        assert names == ["connected"], "nothing but the greeting"
        stranger.close()


@pytest.mark.parametrize("role", ["admin", "viewer", "coach", "root", None])
def test_a_coachs_record_sets_no_role(role: str | None, accounts_server: AccountsServer) -> None:
    coach = accounts_server.client("coach")
    for key in ("role", "account", "is_admin"):
        assert key in coach.fails("update_coach", {"id": accounts_server.own["id"], key: role})
        assert key in accounts_server.admin.fails("new_coach", {"name": "Ada", "age": 30, key: role})
    coach.close()


def test_a_coach_has_one_record_whatever_the_spelling_of_its_id(accounts_server: AccountsServer) -> None:
    other = accounts_server.gym.new("coach")
    coach = accounts_server.client("coach")
    own = accounts_server.own["id"]
    for number in (own, str(own), f" {own} ", float(own)):
        coach.ok("update_coach", {"id": number, "age": 40})
    for number in (other["id"], str(other["id"])):
        coach.fails("update_coach", {"id": number, "age": 40})
    coach.close()


@pytest.mark.access("open")
def test_an_admins_account_is_not_taken_over_where_anybody_writes(accounts_server: AccountsServer) -> None:
    """The base contract lets anybody set the password of a coach, but not of one who is admin."""
    coach = accounts_server.gym.new("coach", username="boss", password=PASSWORD)
    accounts_server.admin.ok("set_account", {"username": "boss", "role": "admin"})
    stranger = accounts_server.client()
    stranger.welcome()
    for change in ({"password": "another password"}, {"username": "mine"}, {"username": None}):
        assert stranger.call("update_coach", {"id": coach["id"], **change}, {})["meta"]["code"] == "forbidden"
    assert stranger.call("delete_coach", coach, {})["meta"]["code"] == "forbidden"
    assert stranger.ok("update_coach", {**coach, "age": 50})["username"] == "boss", "forms echo the username"
    seq = accounts_server.seq()
    accounts_server.admin.ok("set_account", {"username": "boss", "role": "coach"})
    stranger.ok("update_coach", {"id": coach["id"], "username": "chef"})
    accounts_server.admin.ok("set_account", {"username": "chef", "role": "admin"})
    assert stranger.call("undo", {"seq": seq + 1}, {})["meta"]["code"] == "forbidden"
    accounts_server.admin.ok("set_account", {"username": "chef", "role": "coach"})
    stranger.ok("delete_coach", coach)
    stranger.close()
