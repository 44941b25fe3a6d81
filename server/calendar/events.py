"""The timetable as a calendar (iCalendar, RFC 5545): each class is an event that recurs every week."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from server.calendar.dates import Record
from server.calendar.timetable import Class, OnDate, Reading
from server.values.week import DAYS

_END = "END:VCALENDAR\r\n"
# The years of the zone's rules in the file, for calendar programs that do not know the zone by its name.
_FIRST, _LAST = date(2000, 1, 1), date(2060, 1, 1)


def calendar_text(name: str, zone: str, reading: Reading) -> Iterator[str]:
    """The calendar in pieces, each of whole lines: the head, the events of each class, the end.

    Times are local times of `zone`: 9:00 stays 9:00 when the clocks change. Records have no first date of a class, so
    an event begins in the week in which its record was written. Its UID is the same as long as the class exists, on
    whatever database the gym is, and no other gym has it. The same records make the same bytes.

    A class that is not weekly is an event for each of its dates, named after the exception.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Spotter//Timetable//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # RFC 7986 names the property `NAME`; the programs that do not know it read the other.
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone)
    yield _text(calendar).removesuffix(_END)
    yield _zone_rules(zone)
    writer = _Events(ZoneInfo(zone), reading)
    for scheduled in reading.classes:
        yield "".join(map(_text, writer.of_class(scheduled)))
    yield _END


@cache
def _zone_rules(zone: str) -> str:
    return _text(Timezone.from_tzinfo(ZoneInfo(zone), zone, _FIRST, _LAST))


class _Events:
    """Makes the events of classes."""

    def __init__(self, zone: ZoneInfo, reading: Reading) -> None:
        self._zone = zone
        self._gym = reading.gym
        self._at = reading.at

    def of_class(self, scheduled: Class) -> Iterator[Event]:
        """That of all weeks, then one for each date on which it is different; or these alone, if it is not weekly."""
        record = scheduled.record
        if not scheduled.weekly:
            for one in scheduled.different:
                yield self._on_date(record, one, f"exception-{one.exception['id']}@{self._gym}")
            return
        written = _moment(self._at[scheduled.rev]).astimezone(self._zone).date()
        first = written - timedelta(days=written.weekday() - DAYS.index(record["day"]))
        uid = f"schedule-{record['id']}@{self._gym}"
        event = self._event(record, uid, first, scheduled.newest, record["coach"])
        event.add("rrule", {"freq": "weekly"})
        if away := [self._begin(record, day) for day in scheduled.away if day >= first]:
            event.add("exdate", away)
        yield event
        for one in scheduled.different:
            if one.date >= first:
                event = self._on_date(record, one, uid)
                event.add("recurrence-id", self._begin(record, one.date))
                yield event

    def _on_date(self, record: Record, one: OnDate, uid: str) -> Event:
        coach = one.exception["coach"] or record["coach"]
        return self._event(record, uid, one.date, one.newest, coach, one.exception["note"])

    def _event(self, record: Record, uid: str, day: date, newest: int, coach: Record, note: str = "") -> Event:
        event = Event()
        event.add("uid", uid)
        event.add("dtstamp", _moment(self._at[newest]))
        event.add("sequence", newest)
        event.add("dtstart", self._begin(record, day))
        event.add("duration", timedelta(minutes=record["minutes"]))
        event.add("summary", record["workout_plan"]["name"])
        if record["room"]:
            event.add("location", record["room"])
        lines = (coach["name"], record["workout_plan"]["difficulty"], note)
        event.add("description", "\n".join(filter(None, lines)))
        return event

    def _begin(self, record: Record, day: date) -> datetime:
        return datetime.combine(day, time(int(record["hour"][:-2]), int(record["hour"][-2:])), self._zone)


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at // 1000, UTC)


def _text(component: Calendar | Event | Timezone) -> str:
    encoded: bytes = component.to_ical()
    return encoded.decode()
