"""No edit is lost, and undo is an inverse."""

from collections.abc import Iterator
from typing import Any

from tests.faults.history import History, Request, Row
from tests.faults.stored import Change, Commit, Stored
from tests.faults.writes import CHANNELS

_BEFORE_THAT: Row = {}


def no_edit_is_lost(history: History, stored: Stored) -> list[str]:
    """Each change starts from the newest state and changes what was asked, and nothing else.

    With a base, what others changed since is not overwritten.
    """
    found = []
    requests = _by_seq(history, stored)
    migrated = _migrated(stored)
    now: dict[tuple[str, int], Row | None] = {}
    revisions: dict[tuple[str, int, int], Row | None] = {}
    for seq in sorted(stored.commits):
        commit = stored.commits[seq]
        writes = _writes(requests.get(seq))
        # Of one whose base was trimmed since, or had the fields of before an upgrade, it is not known what it changed.
        oldest = max(stored.whole_after, migrated if seq > migrated else 0)
        writes = [write for write in writes if write[2] is None or write[2] > oldest]
        for change in commit.changes:
            key = (change.channel, change.id)
            before, after = stored.own(change.channel, change.before), stored.own(change.channel, change.record)
            if seq > stored.whole_after and now.get(key, before) != before:
                found.append(f"{commit.event} {seq} started from {before}, but {key} was {now[key]}")
            for event, data, base in writes:
                if data.get("id") == change.id and CHANNELS[event.partition("_")[2]] == change.channel:
                    found += _of_write(commit, change, event, data, base, before, after, revisions)
            now[key] = after
            revisions[*key, seq] = after
    return found


def _of_write(
    commit: Commit,
    change: Change,
    event: str,
    data: Row,
    base: int | None,
    before: Row | None,
    after: Row | None,
    revisions: dict[tuple[str, int, int], Row | None],
) -> Iterator[str]:
    if commit.event == "batch":
        # Several of its writes may be of one record.
        return
    if event.startswith("delete_"):
        origin = revisions.get((change.channel, change.id, base)) if base else None
        if origin is not None and origin != before:
            yield f"{event} {commit.seq} with base {base} deleted {before}, which was {origin}"
        return
    if before is None or after is None:
        return
    sent = {name.removesuffix("_id") if name.endswith("_id") else name: value for name, value in data.items()}
    for name in after:
        if after[name] != before.get(name) and name not in sent:
            yield f"{event} {commit.seq} changed {name}, which was not in {data}"
    origin = revisions.get((change.channel, change.id, base)) if base else None
    for name, value in sent.items():
        wanted = _plain(value)
        if origin is None or _plain(origin.get(name)) != wanted:
            if _plain(after.get(name)) != wanted:
                yield f"{event} {commit.seq} left {name} as {after.get(name)}, not {value}"
            if origin is not None and before.get(name) != origin.get(name) and _plain(before.get(name)) != wanted:
                yield f"{event} {commit.seq} with base {base} overwrote {name} {before.get(name)!r} of another"


def undo_is_an_inverse(history: History, stored: Stored) -> list[str]:
    """After an undo, what its commit changed is as before that; what others changed since was a conflict."""
    found = []
    now: dict[tuple[str, int], Row | None] = {}
    requests = _by_seq(history, stored)
    migrated = _migrated(stored)
    for seq in sorted(stored.commits):
        commit = stored.commits[seq]
        request = requests.get(seq)
        if commit.event == "undo" and request is not None and request.event == "undo":
            undone = stored.commits.get(request.data["seq"])
            if undone is not None and undone.seq < migrated <= seq:
                # What it changed had other fields then.
                undone = None
            made = {(change.channel, change.id): stored.own(change.channel, change.record) for change in commit.changes}
            for change in undone.changes if undone is not None and undone.seq > stored.whole_after else ():
                key = (change.channel, change.id)
                before, after = stored.own(change.channel, change.before), stored.own(change.channel, change.record)
                was, became = now.get(key), made.get(key, now.get(key))
                for name in before or after or {}:
                    old, new = (before or _BEFORE_THAT).get(name), (after or _BEFORE_THAT).get(name)
                    if old == new:
                        continue
                    if (was or _BEFORE_THAT).get(name) != new:
                        found.append(f"undo {seq} of {undone.seq} over a later {name} of {key}: {was}")  # type: ignore[union-attr]
                    if (became or _BEFORE_THAT).get(name) != old:
                        found.append(f"undo {seq} of {undone.seq} left {name} of {key} as {became}, not {old!r}")  # type: ignore[union-attr]
        for change in commit.changes:
            now[change.channel, change.id] = stored.own(change.channel, change.record)
    return found


def _migrated(stored: Stored) -> int:
    """The seq of the last commit that gave records other fields."""
    return max((commit.seq for commit in stored.commits.values() if commit.event == "migrate"), default=0)


def _by_seq(history: History, stored: Stored) -> dict[int, Request]:
    """The request of each commit, as far as an op or an ack tells."""
    found: dict[int, Request] = {}
    for request in history.writes:
        if request.op is not None and request.op in stored.ops:
            # An op may have been sent with another event, too.
            if stored.ops[request.op].event == request.event:
                found[stored.ops[request.op].seq] = request
        elif request.ack is not None and request.ack["ok"] and (seq := request.ack.get("meta", {}).get("seq")):
            found[seq] = request
    return found


def _writes(request: Request | None) -> list[tuple[str, Row, int | None]]:
    if request is None or not request.event.startswith(("update_", "delete_")) or not isinstance(request.data, dict):
        return []
    return [(request.event, request.data, request.opts.get("base"))]


def _plain(value: Any) -> Any:
    """A value as written and as sent alike: a reference is its id."""
    if isinstance(value, dict) and set(value) == {"id"}:
        return value["id"]
    return value
