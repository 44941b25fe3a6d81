"""Event x role, every cell, under each ACCESS setting, from one table."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server.realtime.resource.resource import Resource
from tests.support.accounts_server import CALLERS, AccountsServer
from tests.support.answered_events import answered_events
from tests.support.catalogue import ALL
from tests.support.gym import Gym
from tests.support.socketio_client import PASSWORD
from tests.support.waiting import wait_until

# What each caller gets (nobody, viewer, coach, admin) where signing in is needed to write: "+" is served, "-"
# unauthorized, "x" forbidden.
TABLE = {
    "new_coach": "-xx+",
    "update_coach": "-xx+",
    "update_coach own": "-x++",
    "update_coach own password": "-x++",
    "delete_coach": "-xx+",
    **{
        f"{action}_{name}": "-x++"
        for name in ("schedule", "workout_plan", "exercise_move", "exception")
        for action in ("new", "update", "delete")
    },
    "new_exercise_moves": "-x++",
    "batch": "-x++",
    "batch of coaches": "-xx+",
    "batch of both": "-xx+",
    **dict.fromkeys((f"get_{name}" for name in ALL), "r+++"),
    **dict.fromkeys((f"list_{resource.channel}" for resource in ALL.values()), "r+++"),
    "undo": "-x++",
    "undo of a coach": "-xx+",
    "undo of nothing": "-x??",
    "editing": "-x++",
    "history": "r+++",
    "sync": "r+++",
    "subscribe": "r+++",
    "unsubscribe": "r+++",
    "refresh": "r+++",
    "accounts": "-xx+",
    "new_account": "-xx+",
    "set_account": "-xx+",
    "set_account role": "-xx+",
    "delete_account": "-xx+",
    "set_password": "-+++",
    "reset_link": "-xx+",
    "reset_password": "++++",
    "feed": "-+++",
    "login": "++++",
    "logout": "++++",
}
SOMEBODY = {"username": "somebody", "role": "viewer", "password": PASSWORD}
# "r": as ACCESS has it.
READS = {"open": "+", "public-read": "+", "required": "-"}
# Under ACCESS=open the base contract holds, and it knows no accounts.
OF_ACCOUNTS = ("set_password", "reset_link", "reset_password", "feed")
OPEN = {event: TABLE[event] for event in TABLE if "account" in event or event in OF_ACCOUNTS}
CODES = {"-": "unauthorized", "x": "forbidden"}


def arguments(event: str, accounts_server: AccountsServer) -> tuple[str, Any]:
    """The event's name, and a payload that only rights stand against."""
    gym: Gym = accounts_server.gym
    name, _, case = event.partition(" ")
    action, _, resource = name.partition("_")
    match name, case:
        case "update_coach", "own":
            return name, {"id": accounts_server.own["id"], "age": 30 + accounts_server.seq() % 50}
        case "update_coach", "own password":
            # A new password would end the sign-ins of the tests that follow; this one is for the rights alone.
            return name, {"id": accounts_server.own["id"], "password": ""}
        case "batch", _:
            moves = [{"event": "new_exercise_move", "data": gym.payload("exercise_move")}] * (case != "of coaches")
            coaches = [{"event": "new_coach", "data": gym.payload("coach")}] * bool(case)
            return name, {"writes": moves + coaches}
        case "undo", "":
            gym.new("exercise_move")
            return name, {"seq": accounts_server.seq()}
        case "undo", "of a coach":
            gym.new("coach")
            return name, {"seq": accounts_server.seq()}
        case "undo", _:
            return name, {"seq": 10**9}
        case "history", _:
            return name, {"channel": "coaches", "id": accounts_server.own["id"]}
        case name, _ if name.startswith("list_"):
            return name, {"where": {"id": 1}}
        case (("subscribe" | "unsubscribe"), _):
            return name, {"channel": "coaches"}
        case "editing", _:
            return name, {"channel": "coaches", "id": accounts_server.own["id"], "on": True}
        case (("sync" | "refresh" | "accounts" | "logout" | "feed"), _):
            return name, None
        case "new_account", _:
            accounts_server.admin.call("delete_account", {"username": "somebody"})
            return name, SOMEBODY
        case "set_account" | "delete_account", _:
            accounts_server.admin.call("new_account", SOMEBODY)
            return name, {"username": "somebody", **({"role": "admin"} if case else {})}
        case "set_password", _:
            # The new one is the old one: other tests sign in with it.
            return name, {"password": PASSWORD, "new_password": PASSWORD}
        case "reset_link", _:
            return name, {"username": "viewer"}
        case "reset_password", _:
            accounts_server.admin.call("new_account", SOMEBODY)
            secret = accounts_server.admin.ok("reset_link", {"username": "somebody"})["secret"]
            return name, {"secret": secret, "new_password": PASSWORD}
        case "login", _:
            return name, {"username": "viewer", "password": PASSWORD}
    if resource == "exercise_moves":
        return name, gym.payload("exercise_move")
    if action == "new":
        return name, gym.payload(resource)
    record = gym.new(resource)
    return name, {"id": record["id"]} if action in ("delete", "get") else {**record}


def expected(access: str, event: str, caller: str) -> str:
    """The cell of the table."""
    row = TABLE[event] if access != "open" else OPEN.get(event, "++++")
    cell = row[CALLERS.index(caller)]
    return READS[access] if cell == "r" else cell


@pytest.mark.parametrize("event", TABLE)
@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("access", READS)
def test_event_by_role(access: str, caller: str, event: str, accounts_servers: Callable[[str], AccountsServer]) -> None:
    accounts_server = accounts_servers(access)
    name, data = arguments(event, accounts_server)
    client = accounts_server.client(caller)
    if name in ("logout", "set_password") and caller != "nobody":
        # It ends sign-ins, but not those of the other tests.
        accounts_server.renew(client, caller)
    before, logged = accounts_server.seq(), accounts_server.server.log_size()
    ack = client.call(name, data, {}) if name != "sync" else client.call(name, data)
    if name == "set_password" and ack["ok"] and caller == "admin":
        # It ended this account's other sign-ins, the fixture's own among them.
        accounts_server.renew(accounts_server.admin, "admin")
    cell = expected(access, event, caller)
    if name == "undo" and data["seq"] == 10**9 and (cell in "?+"):
        assert ack["meta"]["code"] == "not_found"
    elif cell == "+":
        assert ack["ok"], ack
    else:
        assert not ack["ok"] and ack["data"] is None
        assert ack.get("meta", {"code": CODES[cell]})["code"] == CODES[cell]
        assert ("sign in" if cell == "-" else "role") in ack["errors"]["errors"] or "admin" in ack["errors"]["errors"]
        assert accounts_server.seq() == before, "what was refused was written"
        denial = f"denied who={json.dumps(None if caller == 'nobody' else caller)}"
        # The audit is written after the answer.
        wait_until(lambda: denial in accounts_server.server.log(logged), "a line in the audit")
    client.close()


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
