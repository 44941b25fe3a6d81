"""What was acked is in the journal, once; what was refused is not."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from tests.faults.history import History, Request, Row
from tests.faults.player import LATER
from tests.faults.stored import Commit, Stored
from tests.faults.writes import CHANNELS

# Texts that a client wrote (see writes.Writes.text), each of them once.
_TEXT = re.compile(r"[cs]\d+ \d+")
_PAST_THE_WIRE = ("seed", "migrate", "reconcile")


def acks_are_in_the_journal(history: History, stored: Stored) -> list[str]:
    """Every ok is in the journal at its seq, under its op, with what the ack said."""
    found = []
    for request in _done(history):
        seq = request.ack["meta"].get("seq")  # type: ignore[index]
        if seq is None or seq <= stored.whole_after:
            continue
        commit = stored.commits.get(seq)
        if commit is None:
            found.append(f"{_say(request)} was acked with seq {seq}, which is not there")
        elif (commit.event, commit.op) != (request.event, request.op):
            found.append(f"{_say(request)} was acked with seq {seq}, where {commit.event} {commit.op} is")
        else:
            now = {(change.channel, change.id): change for change in commit.changes}
            for event, data in _acked(request):
                channel = CHANNELS[event.partition("_")[2]]
                change = now.get((channel, data["id"]))
                if change is None:
                    continue
                shown = change.before if event.startswith("delete_") else change.record
                if event.startswith("delete_") and change.record is not None:
                    found.append(f"{_say(request)} was acked, and the record is still there")
                elif request.event != "batch" and stored.own(channel, shown) != stored.own(channel, data):
                    found.append(f"{_say(request)} was told {data}, but in the journal is {shown}")
            if request.event.startswith(("new_", "delete_")) and not commit.changes:
                found.append(f"{_say(request)} was acked with seq {seq}, which changed nothing")
    return found


def ops_are_done_once(history: History, stored: Stored) -> list[str]:
    """The same op is answered the same, and was carried out once, whatever its tries were."""
    found = []
    answers: dict[str, list[Request]] = defaultdict(list)
    for request in _done(history):
        if request.op is not None:
            answers[request.op].append(request)
    for op, requests in answers.items():
        said = {repr((one.ack["data"], one.ack["meta"].get("seq"))) for one in requests}  # type: ignore[index]
        if len(said) > 1:
            found.append(f"op {op} ({requests[0].event}) was answered {sorted(said)}")
    made: dict[str, list[int]] = defaultdict(list)
    for commit in stored.commits.values():
        for change in commit.changes:
            if change.before is None and change.record is not None and commit.event != "undo":
                for text in _texts_of(change.record, ("name", "room", "note")):
                    made[text].append(commit.seq)
    found += [f"{text!r} was made in each of {seqs}" for text, seqs in made.items() if len(seqs) > 1]
    return found


def refusals_have_no_effect(history: History, stored: Stored) -> list[str]:
    """A request that was refused, or only asked what would happen, changed nothing."""
    found = []
    there = {
        text for commit in stored.commits.values() for change in commit.changes for text in _texts(change.record or {})
    }
    done = {request.op for request in _done(history)}
    unsure = {
        request.op or id(request)
        for request in history.writes
        if request.ack is None or request.code in (*LATER, "internal")
    }
    for request in history.requests:
        is_check = bool(request.opts.get("check"))
        if not request.is_write or request.ack is None or (request.ack["ok"] and not is_check):
            continue
        if request.code in (*LATER, "internal"):
            continue
        # Whoever lost the right between two tries is not told that the first one was carried out.
        is_hidden = request.code in ("forbidden", "unauthorized") and request.op in unsure
        if request.op is not None and request.op in stored.ops and request.op not in done and not is_hidden:
            found.append(f"{_say(request)} was refused ({request.code}), and is in the journal")
        if (request.op in unsure or request.op in done) and request.op is not None:
            continue
        found += [
            f"{_say(request)} was not done, but {text!r} was written" for text in _texts(request.data) if text in there
        ]
    return found


def commits_were_sent(history: History, stored: Stored, past_the_wire: bool) -> list[str]:
    """No commit is of nobody."""
    sent = {(request.event, request.op) for request in history.writes}
    events = {request.event for request in history.writes}
    found = []
    for commit in stored.commits.values():
        if commit.event in _PAST_THE_WIRE:
            if commit.changes and not past_the_wire:
                found.append(f"{commit.seq}, {commit.event} of {len(commit.changes)} records that went past the wire")
        elif commit.seq > stored.whole_after and commit.op and (commit.event, commit.op) not in sent:
            found.append(f"{commit.seq}, {commit.event} with the op {commit.op}")
        elif commit.event not in events and not _is_mark(commit):
            found.append(f"{commit.seq}, {commit.event}")
    return found


def _is_mark(commit: Commit) -> bool:
    """Whether it is the campaign's own (see run.settle)."""
    return any((change.record or {}).get("focus") == "The end" for change in commit.changes)


def _done(history: History) -> Iterator[Request]:
    for request in history.writes:
        if request.ack is not None and request.ack["ok"]:
            yield request


def _acked(request: Request) -> Iterator[tuple[str, Row]]:
    """The events and records of an ack; of a batch the last of each record."""
    data = request.ack["data"]  # type: ignore[index]
    if request.event == "batch":
        events = [write["event"] for write in request.data["writes"]]
        last = {
            (event.partition("_")[2], one["id"]): (event, one) for event, one in zip(events, data, strict=True) if one
        }
        yield from last.values()
    elif request.event != "undo" and data is not None:
        yield request.event, data


def _texts(value: Any) -> Iterator[str]:
    """Each text of a client in it, at whatever depth. What is copied from other records is not meant by it."""
    if isinstance(value, str):
        yield from _TEXT.findall(value)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)


def _texts_of(record: Row, fields: Iterable[str]) -> Iterator[str]:
    for name in fields:
        if isinstance(record.get(name), str):
            yield from _TEXT.findall(record[name])


def _say(request: Request) -> str:
    return f"{request.who}/{request.link} {request.event} {request.data} {request.opts}"
