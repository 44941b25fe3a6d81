"""The calendars that can be downloaded: the timetable, and the classes that one coach gives."""

from collections.abc import Callable

import orjson
from flask import Response

from server.calendar.timetable import Timetable
from server.http.answers import download, line
from server.realtime.journal.state import State
from server.realtime.resource.view import View

# Other greenlets run after so many events.
_EVENTS_AT_ONCE = 15
_DIGITS = 19

_NO_TIMETABLE = "There is no timetable: this server has none of the channels that it is made of, or not all.\n"

# What the caller may read of a channel; aborts with the answer if that is nothing.
ViewOf = Callable[[str], View]


class Calendars:
    """Answers with a calendar of what the caller may read."""

    def __init__(self, state: State, timetable: Timetable | None, timezone: str, gym_name: str) -> None:
        self._state = state
        self._timetable = timetable
        self._timezone = timezone
        self._gym_name = gym_name

    def of_all(self, view_of: ViewOf) -> Response:
        """The timetable."""
        return self._calendar("Timetable", "timetable.ics", view_of)

    def of_coach(self, coach: str, view_of: ViewOf) -> Response:
        """The classes that a coach gives, whose id is as in the address."""
        if self._timetable is None:
            return line(_NO_TIMETABLE, 404)
        number = int(coach) if coach.isascii() and coach.isdigit() and len(coach) < _DIGITS else 0
        view = view_of("coaches")
        record = self._state.channels["coaches"].record(number)
        if record is None or not view.has_encoded("coaches", record):
            return line("There is no such coach.\n", 404)
        name = f"Timetable of {orjson.loads(record)['name']}"
        return self._calendar(name, f"timetable-{number}.ics", view_of, number)

    def _calendar(self, name: str, file: str, view_of: ViewOf, coach: int | None = None) -> Response:
        if self._timetable is None:
            return line(_NO_TIMETABLE, 404)
        # The library takes 0.1 s to load, which most gyms' processes need not spend.
        from server.calendar.events import calendar_text

        reading = self._timetable.read(view_of("schedules"), coach)
        return download(
            file, "text/calendar", calendar_text(f"{name} · {self._gym_name}", self._timezone, reading), _EVENTS_AT_ONCE
        )
