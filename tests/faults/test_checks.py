"""Each check finds what it is for, in a history that was made by hand, and nothing in one that is right."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.faults.checks import acks, answers, check_all, copies, edits, ids, order, rights, seqs
from tests.faults.history import History, Row, digest
from tests.faults.stored import Change, Commit, Stored

SECOND = 1_000_000_000
EMBEDS = {"schedules": {"coach": {"channel": "coaches", "fields": ["id", "name"]}}}
CHANNELS = ("coaches", "workout_plans", "exercise_moves", "schedules", "exceptions")
# The ops of three requests.
ONE, TWO, THREE = "op-1", "op-2", "op-3"


def coach(**fields: Any) -> Row:
    """A record."""
    return {"id": 1, "name": "c0 1", "age": 30, **fields}


def lesson(**fields: Any) -> Row:
    """A record with a copy of the coach."""
    return {"id": 1, "day": "Monday", "coach": {"id": 1, "name": "c0 1"}, **fields}


class Case:
    """A history and a database, made line by line; `seq` is that of the last commit."""

    def __init__(self) -> None:
        self.lines: list[Row] = []
        self.commits: dict[int, Commit] = {}
        self.tables: dict[str, list[Row]] = {channel: [] for channel in CHANNELS}
        self.at = 100 * SECOND
        self.n = 0
        self.whole_after = 0

    def line(self, what: str, who: str = "c0", **said: Any) -> None:
        """A line, a millisecond after the last."""
        self.at += SECOND // 1000
        self.lines.append({"at": self.at, "who": who, "link": 1, "what": what, **said})

    def open(self, who: str = "c0", kind: str = "synced", **connected: Any) -> None:
        """A client connects."""
        self.line("open", who, kind=kind)
        told = {"access": "open", "user": None, "embeds": EMBEDS, **connected}
        self.line("event", who, name="connected", args=[told])

    def send(self, event: str, data: Any, opts: Row | None = None, who: str = "c0") -> int:
        """A request; its number."""
        self.n += 1
        self.line("send", who, n=self.n, event=event, data=data, opts=opts or {})
        return self.n

    def ack(self, number: int, data: Any = None, who: str = "c0", **meta: Any) -> None:
        """An answer: a refusal if it has a code."""
        is_ok = "code" not in meta
        self.line("ack", who, n=number, ack={"ok": is_ok, "data": data if is_ok else None, "errors": {}, "meta": meta})

    def commit(self, event: str, *changes: Change, op: str | None = None, seq: int = 0) -> int:
        """A commit, and the tables after it."""
        seq = seq or max(self.commits, default=0) + 1
        self.commits[seq] = Commit(seq, event, None, op, list(changes))
        for change in changes:
            rows = [row for row in self.tables[change.channel] if row["id"] != change.id]
            self.tables[change.channel] = rows + [change.record] * (change.record is not None)
        return seq

    def done(self, event: str, data: Row, change: Change, op: str = ONE, **opts: Any) -> int:
        """A request that was carried out and acked; its seq."""
        number = self.send(event, data, {"op": op, **opts})
        seq = self.commit(event, change, op=op)
        self.ack(number, change.record or change.before, seq=seq, rev=seq)
        return seq

    def event(self, name: str, said: Any, who: str = "c0") -> None:
        """An event."""
        if name in CHANNELS:
            self.line("event", who, name=name, args=[said], hash=digest(said))
        else:
            self.line("event", who, name=name, args=[said])

    def changes(self, prev: int, seq: int, *changes: Row) -> None:
        """A `changes` event."""
        self.event("changes", {"epoch": "e", "prev": prev, "seq": seq, "changes": list(changes)})

    def copy(self, kind: str, seq: int, who: str = "c0", parts: Any = None, **channels: list[Row]) -> None:
        """What a client has in the end."""
        self.line("copy", who, kind=kind, parts=parts, cursor={"epoch": "e", "seq": seq}, channels=channels)

    @property
    def history(self) -> History:
        """All lines; connections that are open yet end with the last."""
        at = self.at + 1
        ends = [
            {"at": at, "who": line["who"], "link": 1, "what": "end", "why": "leaves"}
            for line in self.lines
            if line["what"] == "open"
        ]
        return History(self.lines + ends)

    @property
    def stored(self) -> Stored:
        """The database."""
        head = max(self.commits, default=0)
        return Stored("e", head, self.whole_after, self.commits, self.tables, EMBEDS)


def put(seq: int, record: Row, channel: str = "coaches", kind: str = "put") -> Row:
    """One change of a `changes` event."""
    body = record if kind == "put" else None
    return {"channel": channel, "type": kind, "id": record["id"], "rev": seq, "record": body, "op": None, "actor": None}


@pytest.fixture
def case() -> Case:
    """One client, and one coach that it made."""
    made = Case()
    made.open()
    made.event("sync", {"mode": "snapshot", "epoch": "e", "seq": 0, "snapshot": {}})
    made.done("new_coach", {"name": "c0 1", "age": 30}, Change("coaches", 1, coach(), None))
    made.changes(0, 1, put(1, coach()))
    return made


def renamed(case: Case, op: str = TWO, before: Row | None = None, name: str = "c0 2", **opts: Any) -> int:
    """The coach gets another name."""
    now = coach(**{**(before or {}), "name": name})
    change = Change("coaches", 1, now, coach(**(before or {})))
    return case.done("update_coach", {"id": 1, "name": name}, change, op, **opts)


def deleted(case: Case, op: str = TWO) -> int:
    """The coach is deleted."""
    return case.done("delete_coach", {"id": 1}, Change("coaches", 1, None, coach()), op)


def test_a_history_that_is_right(case: Case) -> None:
    renamed(case, base=1)
    case.changes(1, 2, put(2, coach(name="c0 2")))
    number = case.send("undo", {"seq": 2}, {"op": THREE})
    case.commit("undo", Change("coaches", 1, coach(), coach(name="c0 2")), op=THREE)
    case.ack(number, coach(), seq=3, rev=3)
    case.changes(2, 3, put(3, coach()))
    case.ack(case.send("update_coach", {"id": 1, "name": "c0 9"}, {"base": 1}), code="conflict")
    case.copy("synced", 3, coaches=[coach()])
    assert check_all(case.history, case.stored) == []


def test_an_edit_with_a_base_from_before_an_upgrade(case: Case) -> None:
    """A field that was so at its base is no edit of it."""
    case.commit("migrate")
    case.done("update_coach", {"id": 1, "age": 31}, Change("coaches", 1, coach(age=31), coach()), TWO)
    edited = Change("coaches", 1, coach(name="c0 2", age=31), coach(age=31))
    case.done("update_coach", {"id": 1, "name": "c0 2", "age": 30}, edited, THREE, base=1)
    assert edits.no_edit_is_lost(case.history, case.stored) == []


def ack_that_is_not_there(case: Case) -> list[str]:
    """The commit of an ack is lost."""
    case.ack(case.send("update_coach", {"id": 1, "name": "c0 2"}), coach(name="c0 2"), seq=2, rev=2)
    return acks.acks_are_in_the_journal(case.history, case.stored)


def ack_of_another_event(case: Case) -> list[str]:
    """An op is answered with what another event did."""
    case.ack(case.send("new_exercise_move", {"name": "c0 3"}, {"op": ONE}), coach(), seq=1, replayed=True)
    return acks.acks_are_in_the_journal(case.history, case.stored)


def ack_that_says_something_else(case: Case) -> list[str]:
    """The ack shows another record than was written."""
    number = case.send("update_coach", {"id": 1, "name": "c0 2"})
    case.commit("update_coach", Change("coaches", 1, coach(name="c0 3"), coach()))
    case.ack(number, coach(name="c0 2"), seq=2, rev=2)
    return acks.acks_are_in_the_journal(case.history, case.stored)


def op_done_twice(case: Case) -> list[str]:
    """A retry makes a second record."""
    number = case.send("new_coach", {"name": "c0 1", "age": 30}, {"op": ONE})
    case.commit("new_coach", Change("coaches", 2, coach(id=2), None))
    case.ack(number, coach(id=2), seq=2, rev=2)
    return acks.ops_are_done_once(case.history, case.stored)


def op_answered_twice(case: Case) -> list[str]:
    """A retry is answered with another commit."""
    case.ack(case.send("new_coach", {"name": "c0 1", "age": 30}, {"op": ONE}), coach(), seq=7, replayed=True)
    return acks.ops_are_done_once(case.history, case.stored)


def refusal_with_an_effect(case: Case) -> list[str]:
    """A conflict, and yet it was written."""
    case.ack(case.send("update_coach", {"id": 1, "name": "c0 2"}), code="conflict")
    case.commit("update_coach", Change("coaches", 1, coach(name="c0 2"), coach()))
    return acks.refusals_have_no_effect(case.history, case.stored)


def dry_run_with_an_effect(case: Case) -> list[str]:
    """Only asked, and yet it was written."""
    case.ack(case.send("update_coach", {"id": 1, "name": "c0 2"}, {"check": True}), coach(name="c0 2"))
    case.commit("update_coach", Change("coaches", 1, coach(name="c0 2"), coach()))
    return acks.refusals_have_no_effect(case.history, case.stored)


def commit_of_nobody(case: Case) -> list[str]:
    """An op that no client sent."""
    case.commit("new_coach", Change("coaches", 2, coach(id=2), None), op="foreign")
    return acks.commits_were_sent(case.history, case.stored, False)


def rows_past_the_wire(case: Case) -> list[str]:
    """Rows are gone, and a start noted it."""
    case.commit("reconcile", Change("coaches", 1, None, coach()))
    return acks.commits_were_sent(case.history, case.stored, False)


def gap_in_the_journal(case: Case) -> list[str]:
    """A number was left out."""
    case.commit("update_coach", Change("coaches", 1, coach(age=31), coach()), seq=3)
    return seqs.seqs_have_no_gaps(case.stored)


def seq_that_falls(case: Case) -> list[str]:
    """An older event after a newer one."""
    renamed(case)
    case.changes(1, 2, put(2, coach(name="c0 2")))
    case.changes(0, 1, put(1, coach()))
    return seqs.seqs_rise_for_every_client(case.history)


def frame_without_a_change(case: Case) -> list[str]:
    """A commit is told without its change."""
    renamed(case)
    case.changes(1, 2)
    return seqs.frames_are_what_the_journal_says(case.history, case.stored)


def frame_with_an_older_record(case: Case) -> list[str]:
    """A frame has a record as it was before."""
    renamed(case)
    case.changes(1, 2, put(2, coach()))
    return seqs.frames_are_what_the_journal_says(case.history, case.stored)


def delta_without_a_deletion(case: Case) -> list[str]:
    """A client that was away is not told of a deletion."""
    deleted(case)
    number = case.send("sync", {"epoch": "e", "seq": 1})
    case.ack(number, {"mode": "delta", "epoch": "e", "seq": 2, "changes": []})
    return seqs.answers_are_what_the_journal_says(case.history, case.stored)


def snapshot_of_earlier(case: Case) -> list[str]:
    """A snapshot without the last commit that it says to have."""
    renamed(case)
    snapshot = {"coaches": [{"rev": 1, "record": coach()}]}
    case.ack(case.send("sync", None), {"mode": "snapshot", "epoch": "e", "seq": 2, "snapshot": snapshot})
    return seqs.answers_are_what_the_journal_says(case.history, case.stored)


def older_array(case: Case) -> list[str]:
    """A plain client is sent an array of before."""
    renamed(case)
    case.open("c1", "plain")
    for array in ([coach(name="c0 2")], [coach()]):
        case.event("coaches", array, "c1")
    return seqs.arrays_are_never_older(case.history, case.stored)


def array_that_never_was(case: Case) -> list[str]:
    """A plain client is sent what no commit left."""
    case.open("c1", "plain")
    case.event("coaches", [coach(age=99)], "c1")
    return seqs.arrays_are_never_older(case.history, case.stored)


def row_that_differs(case: Case) -> list[str]:
    """A table was changed, and the journal does not know."""
    case.tables["coaches"] = [coach(age=31)]
    return copies.journal_is_the_tables(case.stored)


def copy_by_rule_that_differs(case: Case) -> list[str]:
    """A coach has another name, and a class shows the old one."""
    case.commit("new_schedule", Change("schedules", 1, lesson(), None))
    renamed(case)
    return copies.journal_is_the_tables(case.stored)


def client_that_lacks_a_record(case: Case) -> list[str]:
    """A copy is not complete in the end."""
    case.copy("synced", 1, coaches=[])
    return copies.copies_are_the_tables(case.history, case.stored)


def part_with_too_much(case: Case) -> list[str]:
    """A subscriber kept a record that left its part."""
    part = {"channel": "coaches", "where": {"age": {"lt": 20}}}
    case.copy("parts", 1, parts=[part], coaches=[coach()])
    return copies.copies_are_the_tables(case.history, case.stored)


def id_given_again(case: Case) -> list[str]:
    """A new record has the id of a deleted one."""
    deleted(case)
    case.commit("new_coach", Change("coaches", 1, coach(name="c0 4"), None))
    return ids.ids_are_never_given_again(case.stored)


def edit_that_is_lost(case: Case) -> list[str]:
    """An edit started from an older state, and wrote that back."""
    renamed(case)
    case.done("update_coach", {"id": 1, "age": 31}, Change("coaches", 1, coach(age=31), coach()), THREE)
    return edits.no_edit_is_lost(case.history, case.stored)


def base_that_is_ignored(case: Case) -> list[str]:
    """Somebody else's name is overwritten, although the base is from before."""
    renamed(case)
    renamed(case, THREE, {"name": "c0 2"}, "c0 3", base=1)
    return edits.no_edit_is_lost(case.history, case.stored)


def deletion_with_an_old_base(case: Case) -> list[str]:
    """What somebody else changed is deleted unseen."""
    renamed(case)
    before = coach(name="c0 2")
    case.done("delete_coach", {"id": 1}, Change("coaches", 1, None, before), THREE, base=1)
    return edits.no_edit_is_lost(case.history, case.stored)


def field_that_nobody_sent(case: Case) -> list[str]:
    """A write changes more than it was asked for."""
    now = coach(name="c0 2", age=99)
    case.done("update_coach", {"id": 1, "name": "c0 2"}, Change("coaches", 1, now, coach()), TWO)
    return edits.no_edit_is_lost(case.history, case.stored)


def undo_over_a_later_edit(case: Case) -> list[str]:
    """An undo takes back what somebody wrote after it."""
    renamed(case)
    renamed(case, THREE, {"name": "c0 2"}, "c0 3")
    case.done("undo", {"seq": 2}, Change("coaches", 1, coach(), coach(name="c0 3")), "op-4")
    return edits.undo_is_an_inverse(case.history, case.stored)


def undo_of_half(case: Case) -> list[str]:
    """An undo leaves something as it was."""
    renamed(case)
    case.done("undo", {"seq": 2}, Change("coaches", 1, coach(name="c0 7"), coach(name="c0 2")), THREE)
    return edits.undo_is_an_inverse(case.history, case.stored)


def record_for_a_stranger(case: Case) -> list[str]:
    """Nobody signed in, and records come."""
    case.open("c1", "plain", access="required")
    case.event("coaches", [coach()], "c1")
    return rights.nothing_without_a_right(case.history)


def _demoted(case: Case) -> None:
    """A coach becomes a viewer, and two grace times pass."""
    user = {"username": "ann", "role": "coach"}
    case.open("c1", "synced", access="required", user=user)
    case.ack(case.send("set_account", {"username": "ann", "role": "viewer"}), {})
    case.at += 6 * SECOND


def write_after_the_role_was_lost(case: Case) -> list[str]:
    """A viewer writes."""
    _demoted(case)
    case.ack(case.send("delete_coach", {"id": 1}, who="c1"), coach(), "c1", seq=2)
    return rights.nothing_without_a_right(case.history)


def record_after_signing_out(case: Case) -> list[str]:
    """Changes go on after a sign-out."""
    case.open("c1", "synced", access="required", user={"username": "ann", "role": "viewer"})
    case.ack(case.send("logout", None, who="c1"), None, "c1")
    case.at += 6 * SECOND
    case.event("changes", {"epoch": "e", "prev": 0, "seq": 1, "changes": [put(1, coach())]}, "c1")
    return rights.nothing_without_a_right(case.history)


def presence_for_a_plain_client(case: Case) -> list[str]:
    """Who never said that it edits is told who does."""
    case.open("c1", "plain")
    case.event("presence", {"users": []}, "c1")
    return rights.nothing_without_a_right(case.history)


def no_answer(case: Case) -> list[str]:
    """A client waited, and gave up."""
    case.send("new_coach", {"name": "c0 5"})
    case.line("end", why="a request is not answered")
    return answers.every_request_is_answered(case.history)


def two_answers(case: Case) -> list[str]:
    """One request, two acks."""
    case.ack(1, coach(), seq=1)
    return answers.every_request_is_answered(case.history)


def late_answer(case: Case) -> list[str]:
    """An answer after more than a minute."""
    number = case.send("get_coach", {"id": 1})
    case.at += 61 * SECOND
    case.ack(number, coach())
    return answers.every_request_is_answered(case.history)


def order_against_time(case: Case) -> list[str]:
    """A write that was sent after another one's answer comes before it in the journal."""
    case.ack(case.send("update_coach", {"id": 1}), coach(), seq=3)
    case.ack(case.send("update_coach", {"id": 1}), coach(), seq=2)
    return order.order_is_that_of_time(case.history)


@pytest.mark.parametrize(
    "breaks",
    [
        ack_that_is_not_there,
        ack_of_another_event,
        ack_that_says_something_else,
        op_done_twice,
        op_answered_twice,
        refusal_with_an_effect,
        dry_run_with_an_effect,
        commit_of_nobody,
        rows_past_the_wire,
        gap_in_the_journal,
        seq_that_falls,
        frame_without_a_change,
        frame_with_an_older_record,
        delta_without_a_deletion,
        snapshot_of_earlier,
        older_array,
        array_that_never_was,
        row_that_differs,
        copy_by_rule_that_differs,
        client_that_lacks_a_record,
        part_with_too_much,
        id_given_again,
        edit_that_is_lost,
        base_that_is_ignored,
        deletion_with_an_old_base,
        field_that_nobody_sent,
        undo_over_a_later_edit,
        undo_of_half,
        record_for_a_stranger,
        write_after_the_role_was_lost,
        record_after_signing_out,
        presence_for_a_plain_client,
        no_answer,
        two_answers,
        late_answer,
        order_against_time,
    ],
)
def test_a_violation_is_found(breaks: Callable[[Case], list[str]], case: Case) -> None:
    assert breaks(case)
