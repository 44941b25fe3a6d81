"""What reached a socket, and whether it had a right to it then."""

from typing import NamedTuple

from tests.faults.copies import ARRAYS
from tests.faults.history import History, Link, Row

_DATA = (*ARRAYS, "sync", "changes")
_READS = ("get_", "list_", "history", "sync", "subscribe")


def nothing_without_a_right(history: History, grace: float = 3.0) -> list[str]:
    """No record and no list of who is there to who may not read; no write by who may not write.

    The right is that of `connected`, of `login` and `logout`, and of what an admin's ack says of an account: from
    `grace` seconds after it was taken away, nothing comes and nothing is done.
    """
    found = []
    changes = _changes(history)
    for link in history.links.values():
        found += _of_link(link, changes, int(grace * 1e9))
    return found


class _Change(NamedTuple):
    """An account's role, set by somebody between two moments; None: it has no rights since."""

    sent: int
    answered: int
    name: str
    role: str | None


def _changes(history: History) -> list[_Change]:
    """What was done to accounts, by the acks of those who did it."""
    found: list[_Change] = []
    for request in history.requests:
        if request.ack is not None and request.ack["ok"] and isinstance(request.data, dict):
            if request.event == "set_account" and "role" in request.data:
                found.append(_Change(request.sent, request.answered, request.data["username"], request.data["role"]))
            elif request.event == "delete_account":
                found.append(_Change(request.sent, request.answered, request.data["username"], None))
    return sorted(found, key=lambda change: change.answered)


def _of_link(link: Link, changes: list[_Change], grace: int) -> list[str]:
    found = []
    access, user, since, lost_at = "open", None, link.opened, 0
    # Presence is for those that are sent changes, and for those that said that they edit.
    may_see_others = link.kind != "plain"
    sent: dict[int, Row] = {}
    for line in link.lines:
        at, is_ack = line["at"], line["what"] == "ack"
        if line["what"] == "send":
            sent[line["n"]] = line
            continue
        asked = sent.get(line["n"]) if is_ack else None
        if is_ack and (asked is None or not line["ack"]["ok"]):
            continue
        event = asked["event"] if asked else line.get("name", "")
        if event == "connected":
            access, user, since = line["args"][0]["access"], line["args"][0]["user"], at
        elif event == "session":
            user, lost_at = line["args"][0]["user"], at
        elif event == "login" and asked:
            user, since, lost_at = line["ack"]["user"], at, 0
        elif event == "logout" and asked:
            user, lost_at = None, at
        elif event in ("editing", "sync", "subscribe"):
            may_see_others = True
        start = asked["at"] if asked else at
        roles = _roles(user, since, changes, start - grace, at)
        who = f"{link.who}/{link.number} as {user and user['username']} ({roles})"
        if event == "presence" and not asked and not may_see_others:
            found.append(f"{who} was sent presence, a {link.kind} client that never said that it edits")
        if access == "open" or start < lost_at + grace:
            continue
        if roles == {None}:
            is_data = not asked and (event == "presence" or (event in _DATA and not _is_empty(line)))
            if is_data or (asked and event.startswith(_READS)):
                found.append(f"{who} was given {event}")
        if asked and _is_write(event) and roles <= {None, "viewer"}:
            found.append(f"{who} did {event}")
    return found


def _is_write(event: str) -> bool:
    return event.startswith(("new_", "update_", "delete_")) or event in ("batch", "undo")


def _roles(user: Row | None, since: int, changes: list[_Change], start: int, end: int) -> set[str | None]:
    """What the role of somebody who signed in at `since` may have been at some moment between these two."""
    if user is None:
        return {None}
    mine = [change for change in changes if change.name == user["username"] and change.answered >= since]
    before = [change for change in mine if change.answered <= start]
    during = [change for change in mine if change.answered > start and change.sent <= end]
    first = before[-1].role if before else user["role"]
    return {first, *(change.role for change in during)}


def _is_empty(line: Row) -> bool:
    """A heartbeat says nothing."""
    return line["name"] == "changes" and not line["args"][0]["changes"]
