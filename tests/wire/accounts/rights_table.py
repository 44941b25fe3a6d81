"""Who may do what, as one table: each event, and whatever else is sent, x role x ownership x ACCESS.

A row has what each caller gets (nobody, viewer, coach, admin) where signing in is needed to write: "+" is served, "-"
unauthorized, "x" forbidden, "r" as ACCESS has it, "?" not found. A row of records that somebody can own has that of the
caller's own, and that of another's. Nobody owns nothing: then both are another's.
"""

from typing import Any

from tests.support.accounts_server import CALLERS, NOBODY, AccountsServer
from tests.support.catalogue import ALL
from tests.support.gym import Gym, Record
from tests.support.socketio_client import PASSWORD

OWN, OTHER = "own", "another's"
_READ = ("r+++", "r+++")
_COACHS = ("-x++", "-xx+")
_ADMINS = ("-xx+", "-xx+")
_STAFFS = ("-x++", "-x++")

# Owned are a coach's record, by the account that belongs to it; the classes of that coach; an account, by itself.
TABLE: dict[str, str | tuple[str, str]] = {
    "new_coach": "-xx+",
    "update_coach": _COACHS,
    "update_coach password": _COACHS,
    "delete_coach": _ADMINS,
    "new_schedule": _STAFFS,
    "update_schedule": _STAFFS,
    "delete_schedule": _STAFFS,
    **{
        f"{action}_{name}": "-x++"
        for name in ("workout_plan", "exercise_move", "exception")
        for action in ("new", "update", "delete")
    },
    "new_exercise_moves": "-x++",
    "batch": "-x++",
    "batch of coaches": "-xx+",
    "batch of both": "-xx+",
    "batch of an edit": _COACHS,
    **{f"get_{name}": _READ if name in ("coach", "schedule") else "r+++" for name in ALL},
    **{
        f"list_{resource.channel}": _READ if resource.name in ("coach", "schedule") else "r+++"
        for resource in ALL.values()
    },
    "undo": "-x++",
    "undo of a coach": "-xx+",
    "undo of an edit": _COACHS,
    "undo of nothing": "-x??",
    "editing": _STAFFS,
    "history": _READ,
    "sync": "r+++",
    "subscribe": _READ,
    "unsubscribe": "r+++",
    "refresh": "r+++",
    "accounts": "-xx+",
    "new_account": "-xx+",
    "set_account": _ADMINS,
    "set_account role": _ADMINS,
    "delete_account": _ADMINS,
    "set_password": "-+++",
    "reset_link": _ADMINS,
    "reset_password": "++++",
    "feed": "-+++",
    "login": "++++",
    "logout": "++++",
}
# What is sent to a client of each kind when the record changes, and what is answered over HTTP.
PUSHED: dict[str, tuple[str, str]] = {"plain": _READ, "synced": _READ, "subscribed": _READ}
PAGES: dict[str, str | tuple[str, str]] = {
    **{f"/export/{resource.channel}.csv": "r+++" for resource in ALL.values()},
    "/timetable.ics": "r+++",
    "/timetable/{id}.ics": _READ,
}
READS = {"open": "+", "public-read": "+", "required": "-"}
# Under ACCESS=open the base contract holds, and it knows no accounts.
_OF_ACCOUNTS = ("set_password", "reset_link", "reset_password", "feed")
SOMEBODY = {"username": "somebody", "role": "viewer", "password": PASSWORD}


def rows(table: "dict[str, str | tuple[str, str]] | dict[str, tuple[str, str]]") -> list[tuple[str, str]]:
    """Each row of a table with each ownership that it tells apart; "" where it does not."""
    return [(name, of) for name, cells in table.items() for of in ((OWN, OTHER) if isinstance(cells, tuple) else ("",))]


def cell(cells: str | tuple[str, str], of: str, access: str, caller: str) -> str:
    """What this caller gets."""
    chosen = cells if isinstance(cells, str) else cells[of != OWN]
    found = chosen[CALLERS.index(caller)]
    return READS[access] if found == "r" else found


def username_of(caller: str, of: str) -> str:
    """The account that asks: of what is its own, the owner's."""
    return f"own-{caller}" if of == OWN and caller != NOBODY else caller


def expected(access: str, event: str, of: str, caller: str) -> str:
    """The cell of `TABLE`."""
    if access == "open" and "account" not in event and event not in _OF_ACCOUNTS:
        return "+"
    return cell(TABLE[event], of, access, caller)


class People:
    """For each role somebody whose account belongs to a coach's record: to each their own."""

    def __init__(self, accounts_server: AccountsServer) -> None:
        self._server = accounts_server
        self._own: dict[str, Record] = {}

    def own(self, role: str) -> Record:
        """The coach's record of the account `own-<role>`; nobody has none, and gets another's."""
        if role == NOBODY:
            return self._server.own
        if role not in self._own:
            fields = {"username": f"own-{role}", "password": PASSWORD}
            self._own[role] = self._server.gym.new("coach", **fields)
            self._server.admin.ok("set_account", {"username": f"own-{role}", "role": role})
        return self._own[role]

    def forget(self, role: str) -> None:
        """Let there be another one of this role: the record or the account may be gone."""
        if role in self._own:
            self._server.admin.call("delete_account", {"username": f"own-{role}"}, {})
            self._server.admin.call("delete_coach", {"id": self._own.pop(role)["id"]}, {})
            self._server.forget(f"own-{role}")


def arguments(event: str, of: str, caller: str, accounts_server: AccountsServer, people: People) -> tuple[str, Any]:
    """The event's name, and a payload that only rights stand against."""
    gym: Gym = accounts_server.gym
    name, _, case = event.partition(" ")
    action, _, resource = name.partition("_")
    # As what is owned is taken into account, so is what is another's: also that is somebody's.
    coach = people.own(caller) if of == OWN else accounts_server.own if caller != "coach" else gym.new("coach")
    username = f"own-{caller}" if of == OWN and caller != NOBODY else "somebody"
    match name, case:
        case "update_coach", "password":
            # A new password would end the sign-ins of the tests that follow; this one is for the rights alone.
            return name, {"id": coach["id"], "password": ""}
        case "update_coach", _:
            return name, {"id": coach["id"], "age": 30 + accounts_server.seq() % 50}
        case "delete_coach", _:
            return name, {"id": coach["id"] if of == OWN and caller != NOBODY else gym.new("coach")["id"]}
        case "batch", "of an edit":
            return name, {"writes": [{"event": "update_coach", "data": {"id": coach["id"], "age": 40}}]}
        case "batch", _:
            moves = [{"event": "new_exercise_move", "data": gym.payload("exercise_move")}] * (case != "of coaches")
            coaches = [{"event": "new_coach", "data": gym.payload("coach")}] * bool(case)
            return name, {"writes": moves + coaches}
        case "undo", "of nothing":
            return name, {"seq": 10**9}
        case "undo", "of an edit":
            gym.update("coach", id=coach["id"], age=30 + accounts_server.seq() % 50)
            return name, {"seq": accounts_server.seq()}
        case "undo", _:
            gym.new("coach" if case else "exercise_move")
            return name, {"seq": accounts_server.seq()}
        case "history", _:
            return name, {"channel": "coaches", "id": coach["id"]}
        case (("list_coaches" | "list_schedules"), _):
            return name, {"where": {"id" if name == "list_coaches" else "coach": coach["id"]}}
        case name, _ if name.startswith("list_"):
            return name, {"where": {"id": 1}}
        case "subscribe", _:
            return name, {"channel": "coaches", "where": {"id": coach["id"]}}
        case "unsubscribe", _:
            return name, {"channel": "coaches"}
        case "editing", _:
            return name, {"channel": "coaches", "id": coach["id"], "on": True}
        case (("sync" | "refresh" | "accounts" | "logout" | "feed"), _):
            return name, None
        case "new_account", _:
            accounts_server.admin.call("delete_account", {"username": "somebody"})
            return name, SOMEBODY
        case "set_account" | "delete_account" | "reset_link", _:
            accounts_server.admin.call("new_account", SOMEBODY)
            return name, {"username": username, **({"role": "admin"} if case else {})}
        case "set_password", _:
            # The new one is the old one: other tests sign in with it.
            return name, {"password": PASSWORD, "new_password": PASSWORD}
        case "reset_password", _:
            accounts_server.admin.call("new_account", SOMEBODY)
            secret = accounts_server.admin.ok("reset_link", {"username": "somebody"})["secret"]
            return name, {"secret": secret, "new_password": PASSWORD}
        case "login", _:
            return name, {"username": "viewer", "password": PASSWORD}
    fields = {"coach": {"id": coach["id"]}} if resource == "schedule" else {}
    if resource == "exercise_moves":
        return name, gym.payload("exercise_move")
    if action == "new":
        return name, gym.payload(resource, **fields)
    record = coach if resource == "coach" else gym.new(resource, **fields)
    return name, {"id": record["id"]} if action in ("delete", "get") else {**record}
