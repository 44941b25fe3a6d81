"""Linearizability of writes, with the journal as the witness.

To find an order for a history is hard; to check one that is given is easy (Gibbons and Korach, 1997): it must be that
of time wherever one request was answered before another was sent, and each answer must be what that order makes of it.
The first is checked here, over all records at once, the second by `acks` and `edits`.
"""

from tests.faults.history import History


def order_is_that_of_time(history: History) -> list[str]:
    """A write that was sent after another was answered has a higher seq."""
    first_sent: dict[str, int] = {}
    for request in history.writes:
        if request.op is not None:
            first_sent[request.op] = min(request.sent, first_sent.get(request.op, request.sent))
    spans = [
        (first_sent.get(request.op or "", request.sent), request.answered, seq, f"{request.who} {request.event}")
        for request in history.writes
        if request.ack is not None and request.ack["ok"] and (seq := request.ack.get("meta", {}).get("seq"))
    ]
    found = []
    answered = sorted(spans, key=lambda span: span[1])
    newest, by, index = 0, "", 0
    for sent, _, seq, who in sorted(spans):
        while index < len(answered) and answered[index][1] < sent:
            if answered[index][2] > newest:
                newest, by = answered[index][2], answered[index][3]
            index += 1
        if seq <= newest:
            found.append(f"{who} is {seq}, though it was sent after {newest} ({by}) was answered")
    return found
