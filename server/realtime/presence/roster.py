"""The list of clients and what they edit, as it is sent to clients, and between processes."""

from collections.abc import Iterable
from heapq import nsmallest
from typing import Any, NamedTuple

import orjson

# A longer list is of no use to a person, and is sent to each client.
MAX_ENTRIES = 100
_NO_NAME = "Someone"


class Entry(NamedTuple):
    """One client. `name` is None without a sign-in, `since` is in milliseconds since 1970."""

    sid: str
    name: str | None
    since: int
    editing: tuple[str, int] | None


def first(entries: Iterable[Entry]) -> list[Entry]:
    """At most 100 of them: those who edit first, then those with a name, then the others, each by arrival."""
    return nsmallest(MAX_ENTRIES, entries, key=_rank)


def _rank(entry: Entry) -> tuple[bool, bool, int, str]:
    return entry.editing is None, entry.name is None, entry.since, entry.sid


def presence(entries: Iterable[Entry]) -> bytes:
    """The argument of the event `presence`."""
    return orjson.dumps({"users": [_user(entry) for entry in entries]})


def _user(entry: Entry) -> dict[str, Any]:
    name = _NO_NAME if entry.name is None else entry.name
    editing = None if entry.editing is None else dict(zip(("channel", "id"), entry.editing, strict=True))
    return {"sid": entry.sid, "name": name, "since": entry.since, "editing": editing}


def encode(entries: Iterable[Entry]) -> bytes:
    """The message for peers."""
    return orjson.dumps([tuple(entry) for entry in entries])


def decode(payload: bytes) -> list[Entry]:
    """The entries of a peer's message. Raises ValueError if it is none."""
    rows = orjson.loads(payload)
    if not isinstance(rows, list) or len(rows) > MAX_ENTRIES:
        raise ValueError("no list, or a long one")
    return [_entry(row) for row in rows]


def _entry(row: object) -> Entry:
    match row:
        case [str(sid), str() | None as name, int(since), None]:
            return Entry(sid, name, since, None)
        case [str(sid), str() | None as name, int(since), [str(channel), int(number)]]:
            return Entry(sid, name, since, (channel, number))
    raise ValueError("no entry")
