"""What is different on which date, as a calendar needs it: exceptions by class, days on which the gym is closed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import orjson

from server.values.week import day_of

Record = dict[str, Any]


class Dates:
    """The exceptions that are given, encoded, without those left by classes that moved to another weekday."""

    def __init__(self, exceptions: Iterable[bytes]) -> None:
        self._of_class: dict[int, dict[date, Record]] = defaultdict(dict)
        self._closed: dict[str, list[date]] = defaultdict(list)
        for exception in map(orjson.loads, exceptions):
            day = date.fromisoformat(exception["date"])
            scheduled = exception["schedule"]
            if scheduled is None:
                self._closed[day_of(day)].append(day)
            elif scheduled["day"] == day_of(day):
                self._of_class[scheduled["id"]][day] = exception

    def of_class(self, schedule: Record) -> tuple[set[date], dict[date, Record]]:
        """The dates on which the class is cancelled, or the gym closed; and by date its other exceptions."""
        exceptions = self._of_class.get(schedule["id"], {})
        away = {day for day, exception in exceptions.items() if exception["cancelled"]}
        away.update(self._closed.get(schedule["day"], ()))
        return away, {day: exceptions[day] for day in sorted(exceptions.keys() - away)}
