"""The checker: what must hold of a history and the database at its end. Each check returns a line per violation."""

from tests.faults.checks import acks, answers, copies, edits, ids, order, rights, seqs
from tests.faults.history import History
from tests.faults.stored import Stored

_MOST_LINES = 8


def check_all(
    history: History,
    stored: Stored,
    *,
    is_patient: bool = True,
    within: float = answers.SECONDS,
    past_the_wire: bool = False,
    grace: float = 3.0,
) -> list[str]:
    """What every check finds, a few lines of each.

    `is_patient`: the server was never kept from answering, so no client may have given up waiting. `within`: seconds
    until an answer has to be taken. `past_the_wire`: somebody wrote to the tables by other ways. `grace`: seconds until
    a lost right is lost everywhere.
    """
    found: list[str] = []
    for name, lines in {
        "an ack is not in the journal": acks.acks_are_in_the_journal(history, stored),
        "an op was done twice": acks.ops_are_done_once(history, stored),
        "what was refused had an effect": acks.refusals_have_no_effect(history, stored),
        "a commit that nobody sent": acks.commits_were_sent(history, stored, past_the_wire),
        "seqs": seqs.seqs_have_no_gaps(stored),
        "a client's seq": seqs.seqs_rise_for_every_client(history),
        "a changes frame": seqs.frames_are_what_the_journal_says(history, stored),
        "a sync answer": seqs.answers_are_what_the_journal_says(history, stored),
        "an array": seqs.arrays_are_never_older(history, stored),
        "journal and tables": copies.journal_is_the_tables(stored),
        "a copy": copies.copies_are_the_tables(history, stored),
        "an id": ids.ids_are_never_given_again(stored),
        "an edit": edits.no_edit_is_lost(history, stored),
        "an undo": edits.undo_is_an_inverse(history, stored),
        "a right": rights.nothing_without_a_right(history, grace),
        "an answer": answers.every_request_is_answered(history, is_patient, within),
        "the order of time": order.order_is_that_of_time(history),
    }.items():
        found += [f"{name}: {line}" for line in lines[:_MOST_LINES]]
    return found
