"""Each request is answered in its time, or its connection ended."""

from tests.faults.history import History

SECONDS = 60.0


def every_request_is_answered(history: History, is_patient: bool = True, within: float = SECONDS) -> list[str]:
    """One ack each, no later than the protocol says; none twice but over a line that doubles frames.

    `is_patient`: no client may have given up waiting for one. `within`: later than after a minute only where clients
    stood still.
    """
    found = []
    for request in history.requests:
        link = history.links[request.who, request.link]
        who = f"{request.who}/{request.link} {request.event} {request.number}"
        if request.acks > 1 and "double" not in link.via:
            found.append(f"{who} has {request.acks} acks")
        if request.ack is None and not request.ended:
            found.append(f"{who} was never answered, and the connection did not end")
        if request.answered and request.answered - request.sent > within * 1e9:
            found.append(f"{who} was answered after {(request.answered - request.sent) / 1e9:.1f} s")
    if is_patient:
        found += [
            f"{line['who']}/{line['link']} gave up: {line['why']}"
            for line in history.lines
            if line["what"] == "end"
            and line["why"] in ("a request is not answered", "silence", "nobody answers")
            and not history.links[line["who"], line["link"]].via
        ]
    return found
