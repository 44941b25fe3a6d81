"""The timetable as a calendar (iCalendar, RFC 5545): each class is an event that recurs every week."""

from collections.abc import Iterable
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from datetime import time
from datetime import timedelta
from typing import Any

import orjson

from server.realtime.snapshots import Row

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# The contract has no length of a class.
_LENGTH = timedelta(minutes=60)
_LONGEST_LINE = 75
_LOCAL, _UTC = "%Y%m%dT%H%M%S", "%Y%m%dT%H%M%SZ"
_ESCAPES = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n", "\r": None})
_HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Spotter//Timetable//EN", "CALSCALE:GREGORIAN")


def timetable(epoch: str, rows: Iterable[Row], now: datetime) -> Iterator[str]:
    """The calendar's lines, each with its line break. `rows` are the schedules of the data set `epoch`.

    The events begin in the week of `now`, since the records don't say since when there is a class. Times are the
    clock's on the gym's wall, in no zone (3.3.5, "floating"): 9:00 stays 9:00 when the clocks change. An event's UID
    is the same for as long as there is the class, and differs between gyms.
    """
    monday = datetime.combine(now.date() - timedelta(days=now.weekday()), time())
    stamp = now.astimezone(UTC)
    for line in _HEAD:
        yield _folded(line)
    yield _folded("X-WR-CALNAME:Timetable")
    for row in rows:
        for line in _event(epoch, orjson.loads(row.record), row.rev, monday, stamp):
            yield _folded(line)
    yield _folded("END:VCALENDAR")


def _event(epoch: str, record: dict[str, Any], rev: int, monday: datetime, stamp: datetime) -> Iterator[str]:
    minutes = int(record["hour"][:-2]) * 60 + int(record["hour"][-2:])
    begin = monday + timedelta(days=_DAYS.index(record["day"]), minutes=minutes)
    plan, coach = record["workout_plan"], record["coach"]
    yield "BEGIN:VEVENT"
    yield f"UID:schedule-{record['id']}@{epoch}"
    yield f"DTSTAMP:{stamp:{_UTC}}"
    yield f"SEQUENCE:{rev}"
    yield f"DTSTART:{begin:{_LOCAL}}"
    yield f"DTEND:{begin + _LENGTH:{_LOCAL}}"
    yield "RRULE:FREQ=WEEKLY"
    yield f"SUMMARY:{_text(plan['name'])}"
    yield f"DESCRIPTION:{_text(coach['name'] + chr(10) + plan['difficulty'])}"
    yield "END:VEVENT"


def _text(value: str) -> str:
    return value.translate(_ESCAPES)


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, the later ones after a blank, none of which splits a character (3.1)."""
    if len(line.encode()) <= _LONGEST_LINE:
        return line + "\r\n"
    pieces, size = [""], 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _LONGEST_LINE:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += octets
    return "\r\n".join(pieces) + "\r\n"
