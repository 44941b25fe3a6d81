"""How many requests there were, by event and outcome."""

from collections import defaultdict
from collections.abc import Callable
from collections.abc import Iterable

from server.realtime.ack import Ack

OK = "ok"
UNKNOWN = "unknown"


class Tally:
    """`counts` has a number for each event and outcome: `ok` or a code of errors.py.

    Events that are not among `events` count as `unknown`, so that no client can make it grow.
    """

    def __init__(self, events: Iterable[str]) -> None:
        self.events = set(events)
        self.counts: defaultdict[tuple[str, str], int] = defaultdict(int)

    def count(self, event: object, ack: Ack) -> None:
        """One request was answered."""
        name = event if isinstance(event, str) and event in self.events else UNKNOWN
        self.counts[name, ack.meta.get("code", OK)] += 1

    def counting(self, event: str, answer: Callable[[Ack], None]) -> Callable[[Ack], None]:
        """`answer`, with the request counted when it is called. The event is one of `events`."""

        def count_and_answer(ack: Ack) -> None:
            self.counts[event, ack.meta.get("code", OK)] += 1
            answer(ack)

        return count_and_answer
