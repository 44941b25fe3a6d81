"""The classes of the timetable with what a calendar needs beside their records: dates, and the gym's identity."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

import gevent
import orjson
from sqlalchemy import Engine

from server.calendar.commit_times import CommitTimes
from server.calendar.dates import Dates, Record
from server.realtime.journal.state import State
from server.realtime.resource.view import View

# The channels that it is made of.
CHANNELS = frozenset({"coaches", "workout_plans", "schedules", "exceptions"})
# Other greenlets run after so many.
_CLASSES_AT_ONCE = 200


class OnDate(NamedTuple):
    """A class on one date: its exception, and the newest commit of all that is shown of both."""

    date: date
    exception: Record
    newest: int


class Class(NamedTuple):
    """A schedule; the commit that wrote its record, and the newest of all that is shown of it.

    It is not on the dates `away`, and another on those of `different`. If it is not `weekly`, it is on these alone.
    """

    record: Record
    rev: int
    newest: int
    weekly: bool
    away: list[date]
    different: list[OnDate]

    @property
    def commits(self) -> set[int]:
        """Those whose times are needed."""
        return {self.rev, self.newest, *(one.newest for one in self.different)}


class Reading(NamedTuple):
    """The gym's identity; when the commits were made that the classes name, in milliseconds since 1970; the classes."""

    gym: str
    at: Mapping[int, int]
    classes: list[Class]


class Timetable:
    """Reads classes from memory. What the database says is kept, and read again only after a change."""

    def __init__(self, state: State, engine: Engine) -> None:
        self._state = state
        self._engine = engine
        self._times = CommitTimes(engine, "")

    def read(self, view: View, coach: int | None = None) -> Reading:
        """The classes that the view has, by id; of a coach those that he or she gives, if on a date alone.

        Raises what the database raises.
        """
        state = self._state
        if state.epoch != self._times.epoch:
            self._times = CommitTimes(self._engine, state.epoch)
        times, exceptions, schedules = self._times, state.channels["exceptions"], state.channels["schedules"]
        dates = Dates(record for _, record in view.choose("exceptions", exceptions.records))
        revs = dict(exceptions.revs)
        rows = [(schedules.revs[number], record) for number, record in view.choose("schedules", schedules.records)]
        times.read_exceptions(exceptions.array, state.seq)
        classes = list(self._classes(rows, dates, revs, times, coach))
        gym, at = times.at({seq for one in classes for seq in one.commits})
        return Reading(gym, at, classes)

    def _classes(
        self,
        rows: Iterable[tuple[int, bytes]],
        dates: Dates,
        revs: dict[int, int],
        times: CommitTimes,
        coach: int | None,
    ) -> Iterator[Class]:
        """Of the schedules, given with their revs; `revs` are those of the exceptions."""
        for index, (rev, encoded) in enumerate(rows, 1):
            record = orjson.loads(encoded)
            shown = max(rev, self._rev("coaches", record["coach"]), self._rev("workout_plans", record["workout_plan"]))
            away, others = dates.of_class(record)
            different = [
                OnDate(day, one, max(shown, revs[one["id"]], self._rev("coaches", one["coach"])))
                for day, one in others.items()
            ]
            weekly = coach is None or record["coach"]["id"] == coach
            if coach is not None:
                given = [one for one in different if _coach_on(record, one) == coach]
                away.update(one.date for one in different if one not in given)
                different = given
            if weekly or different:
                newest = max(shown, times.last_change(record))
                yield Class(record, rev, newest, weekly, sorted(away), different)
            if index % _CLASSES_AT_ONCE == 0:
                gevent.sleep(0)

    def _rev(self, channel: str, copy: Record | None) -> int:
        """The rev of the record that it is a copy of; 0 if there is none."""
        return 0 if copy is None else self._state.channels[channel].revs.get(copy["id"], 0)


def _coach_on(record: Record, one: OnDate) -> int:
    """Who gives the class on that date."""
    coach: Record = one.exception["coach"] or record["coach"]
    number: int = coach["id"]
    return number
