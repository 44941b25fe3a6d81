"""Who is here and who edits what: the list that clients are told, and that processes tell each other."""

from collections.abc import Iterable
from heapq import nsmallest
from typing import Any
from typing import NamedTuple

import orjson

# Beyond this nobody reads the list, and it costs each of a thousand clients.
MOST = 100
_NOBODY = "Someone"


class Entry(NamedTuple):
    """One client. `name` is None for who has not signed in, `since` is in milliseconds since 1970."""

    sid: str
    name: str | None
    since: int
    editing: tuple[str, int] | None


def first(entries: Iterable[Entry]) -> list[Entry]:
    """At most 100 of them: those who edit first, then those with a name, then the others, each by arrival."""
    return nsmallest(MOST, entries, key=_rank)


def _rank(entry: Entry) -> tuple[bool, bool, int, str]:
    return entry.editing is None, entry.name is None, entry.since, entry.sid


def told(entries: Iterable[Entry]) -> bytes:
    """The argument of the event `presence`."""
    return orjson.dumps({"users": [_shown(entry) for entry in entries]})


def _shown(entry: Entry) -> dict[str, Any]:
    name = _NOBODY if entry.name is None else entry.name
    editing = None if entry.editing is None else dict(zip(("channel", "id"), entry.editing, strict=True))
    return {"sid": entry.sid, "name": name, "since": entry.since, "editing": editing}


def encode(entries: Iterable[Entry]) -> bytes:
    """For another process."""
    return orjson.dumps([tuple(entry) for entry in entries])


def decode(payload: bytes) -> list[Entry]:
    """What another process encoded. Raises ValueError if none of ours did."""
    rows = orjson.loads(payload)
    if not isinstance(rows, list) or len(rows) > MOST:
        raise ValueError("no list, or a long one")
    return [_entry(row) for row in rows]


def _entry(row: object) -> Entry:
    match row:
        case [str(sid), str() | None as name, int(since), None]:
            return Entry(sid, name, since, None)
        case [str(sid), str() | None as name, int(since), [str(channel), int(number)]]:
            return Entry(sid, name, since, (channel, number))
    raise ValueError("no entry")
