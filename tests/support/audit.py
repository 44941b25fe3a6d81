"""The lines of the audit (`spotter.audit`), read from a server's log.

They are written after the answers, in the order of the requests: who looks for one waits for it, and who looks for none
waits for that of a later request.
"""

import json
import re
from typing import Any

from tests.support.server import Server
from tests.support.waiting import wait_until

Line = dict[str, Any]


def lines(server: Server, since: int) -> list[Line]:
    """Those from byte `since` of the log on, as JSON, in either format."""
    found = []
    for line in server.log(since).splitlines():
        if line.startswith("{"):
            found.append(json.loads(line))
        elif match := re.match(r"\S+ \S+ (\w+) (\S+): ([\w ]+?) ((?:\w+=).*)", line):
            fields = re.findall(r'(\w+)=("(?:[^"\\]|\\.)*"|\S+)', match[4])
            found.append(
                {"level": match[1], "logger": match[2], "message": match[3]}
                | {name: json.loads(value) for name, value in fields}
            )
    return [line for line in found if line["logger"] == "spotter.audit"]


def between(server: Server, since: int, first: Line, last: Line) -> list[Line]:
    """Lines from byte `since` on between the first with `first` and the first with `last` in it: waits for both."""

    def place(fields: Line) -> int:
        places = (nth for nth, line in enumerate(lines(server, since)) if line.items() >= fields.items())
        return next(places, -1)

    wait_until(lambda: 0 <= place(first) < place(last), f"{first} and then {last} in the audit")
    return lines(server, since)[place(first) + 1 : place(last)]


def wrote(event: str, channel: str, record: Line) -> Line:
    """What the line of a write of this record has."""
    return {"message": "wrote", "event": event, "record": f"{channel} {record['id']}"}
