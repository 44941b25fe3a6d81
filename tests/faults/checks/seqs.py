"""The order of commits, as it is stored and as each client was told of it."""

from collections import defaultdict
from typing import Any

from tests.faults.copies import ARRAYS
from tests.faults.history import History, Link, Row
from tests.faults.stored import Stored


def seqs_have_no_gaps(stored: Stored) -> list[str]:
    """From where the journal is whole to its head, each seq is there once."""
    there = [seq for seq in sorted(stored.commits) if seq > stored.whole_after]
    wanted = list(range(stored.whole_after + 1, stored.seq + 1))
    if there == wanted:
        return []
    return [f"missing {sorted(set(wanted) - set(there))[:9]}, too many {sorted(set(there) - set(wanted))[:9]}"]


def seqs_rise_for_every_client(history: History) -> list[str]:
    """On one connection no `changes` goes back; one that does not follow on the last is followed by a resync.

    A line between that loses, doubles or reorders frames is no fault of the server: such connections are left out.
    """
    found = []
    for link in _direct(history):
        seq, is_asking, asks = None, link.kind != "plain", 0
        for line in link.lines:
            if line["what"] == "send" and line["event"] in ("sync", "subscribe"):
                is_asking, asks = True, asks + 1
            elif line["what"] == "ack" and isinstance(line["ack"].get("data"), dict) and "mode" in line["ack"]["data"]:
                asks -= 1
                is_asking = asks > 0
                seq = line["ack"]["data"]["seq"]
            elif line["what"] == "event" and line["name"] == "sync":
                is_asking, seq = False, line["args"][0]["seq"]
            elif line["what"] == "event" and line["name"] == "changes":
                event = line["args"][0]
                if event["prev"] > event["seq"]:
                    found.append(f"{_say(link)}: prev {event['prev']}, seq {event['seq']}")
                if is_asking or seq is None:
                    continue
                if event["seq"] < seq:
                    found.append(f"{_say(link)}: {event['seq']} after {seq}")
                if event["prev"] > seq and link.kind == "synced" and not _asks_after(link, line["at"]):
                    found.append(f"{_say(link)}: {event['prev']} after {seq}, and no resync")
                seq = event["seq"]
    return found


def frames_are_what_the_journal_says(history: History, stored: Stored) -> list[str]:
    """Each `changes` to a synced client has the newest of each record that its commits changed, and nothing else."""
    found = []
    for link in history.links.values():
        if link.kind != "synced":
            continue
        for line in link.events("changes"):
            event = line["args"][0]
            if event["epoch"] == stored.epoch and event["prev"] >= stored.whole_after:
                found += _compare(stored, event["changes"], event["prev"], event["seq"], _say(link))
    return found


def answers_are_what_the_journal_says(history: History, stored: Stored) -> list[str]:
    """A delta has what changed since the cursor; a snapshot all records as of its seq, copies by rule included."""
    found = []
    snapshots: dict[int, list[tuple[str, Row]]] = defaultdict(list)
    for link in history.links.values():
        if link.kind == "synced":
            for cursor, answer in _answers(link):
                if answer["epoch"] != stored.epoch:
                    continue
                if answer["mode"] == "delta" and cursor is not None and cursor["seq"] >= stored.whole_after:
                    found += _compare(stored, answer["changes"], cursor["seq"], answer["seq"], f"{_say(link)} delta")
                elif answer["mode"] == "snapshot" and answer["seq"] >= stored.whole_after:
                    snapshots[answer["seq"]].append((_say(link), answer["snapshot"]))
                elif answer["mode"] == "current" and cursor is not None and cursor["seq"] != answer["seq"]:
                    found.append(f"{_say(link)}: {cursor} is said to be current at {answer['seq']}")
    if not stored.whole_after:
        for seq, replica, _ in stored.states():
            for who, snapshot in snapshots.pop(seq, ()):
                for channel, rows in snapshot.items():
                    then = replica.channels.get(channel, {})
                    given = {row["record"]["id"]: (row["rev"], row["record"]) for row in rows}
                    for number in sorted(given.keys() | then.keys()):
                        if given.get(number) != then.get(number):
                            found.append(
                                f"{who}: snapshot at {seq} has of {channel} {number} {given.get(number)}, "
                                f"not {then.get(number)}"
                            )
    return found


def arrays_are_never_older(history: History, stored: Stored) -> list[str]:
    """Each array that a plain client was sent is the channel after some commit, and never after an earlier one."""
    if stored.whole_after:
        return []
    found = []
    hashes = stored.array_hashes(ARRAYS)
    for link in _direct(history):
        newest = dict.fromkeys(ARRAYS, 0)
        for line in link.events(*ARRAYS) if link.kind == "plain" else ():
            seqs = hashes[line["name"]].get(line["hash"])
            if seqs is None:
                found.append(f"{_say(link)}: {line['name']} as they never were: {str(line.get('args'))[:300]}")
            elif seqs[-1] < newest[line["name"]]:
                found.append(f"{_say(link)}: {line['name']} of {seqs[-1]} after those of {newest[line['name']]}")
            else:
                newest[line["name"]] = next(seq for seq in seqs if seq >= newest[line["name"]])
    return found


def _direct(history: History) -> list[Link]:
    return [link for link in history.links.values() if link.via in ("", "delay", "cut", "half")]


def _answers(link: Link) -> list[tuple[Row | None, Row]]:
    """The cursor and the answer of each `sync`."""
    asked: dict[int, Any] = {}
    found: list[tuple[Row | None, Row]] = []
    for line in link.lines:
        if line["what"] == "send" and line["event"] == "sync":
            asked[line["n"]] = line["data"]
        elif line["what"] == "ack" and line["n"] in asked and line["ack"]["ok"]:
            found.append((asked[line["n"]], line["ack"]["data"]))
        elif line["what"] == "event" and line["name"] == "sync":
            # The cursor of the auth object is not in the history: a delta says by its oldest change what it was.
            found.append((None, line["args"][0]))
    return found


def _compare(stored: Stored, changes: list[Row], after: int, upto: int, who: str) -> list[str]:
    wanted = stored.newest_between(after, upto)
    given = {(one["channel"], one["id"]): (one["rev"], stored.own(one["channel"], one["record"])) for one in changes}
    found = [f"{who}: after {after} to {upto} without {key} {wanted[key]}" for key in wanted.keys() - given.keys()]
    found += [f"{who}: after {after} to {upto} with {key} {given[key]}" for key in given.keys() - wanted.keys()]
    found += [
        f"{who}: after {after} to {upto} {key} is {given[key]}, not {wanted[key]}"
        for key in wanted.keys() & given.keys()
        if wanted[key] != given[key]
    ]
    return found


def _asks_after(link: Link, at: int) -> bool:
    """Whether the client asked what it missed, or the connection ended."""
    if link.ended:
        return True
    return any(line["at"] >= at and line["what"] == "send" and line["event"] == "sync" for line in link.lines)


def _say(link: Link) -> str:
    return f"{link.who}/{link.number} ({link.kind})"
