"""The timetable as a calendar (iCalendar, RFC 5545): each class is an event that recurs every week."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from server.http.timetable import Class

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# The contract has no length of a class.
_LENGTH = timedelta(minutes=60)
_END = "END:VCALENDAR\r\n"
# The years of the zone's rules in the file, for calendar programs that do not know the zone by its name.
_FIRST, _LAST = date(2000, 1, 1), date(2060, 1, 1)


def calendar_text(gym: str, name: str, zone: str, classes: Iterable[Class]) -> Iterator[str]:
    """The calendar in pieces, each of whole lines: the head, each event, the end.

    Times are local times of `zone`: 9:00 stays 9:00 when the clocks change. Records have no first date of a class, so
    an event begins in the week in which its record was written. Its UID is the same as long as the class exists, on
    whatever database `gym` is, and no other gym has it. The same records make the same bytes.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Spotter//Timetable//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone)
    yield _text(calendar).removesuffix(_END)
    yield _zone_rules(zone)
    for scheduled in classes:
        yield _text(_event(gym, ZoneInfo(zone), scheduled))
    yield _END


@cache
def _zone_rules(zone: str) -> str:
    return _text(Timezone.from_tzinfo(ZoneInfo(zone), zone, _FIRST, _LAST))


def _event(gym: str, zone: ZoneInfo, scheduled: Class) -> Event:
    record = scheduled.record
    written = _moment(scheduled.at).astimezone(zone).date()
    day = written - timedelta(days=written.weekday() - _DAYS.index(record["day"]))
    hour = time(int(record["hour"][:-2]), int(record["hour"][-2:]))
    event = Event()
    event.add("uid", f"schedule-{record['id']}@{gym}")
    event.add("dtstamp", _moment(scheduled.newest_at))
    event.add("sequence", scheduled.newest)
    event.add("dtstart", datetime.combine(day, hour, zone))
    event.add("duration", _LENGTH)
    event.add("rrule", {"freq": "weekly"})
    event.add("summary", record["workout_plan"]["name"])
    event.add("description", f"{record['coach']['name']}\n{record['workout_plan']['difficulty']}")
    return event


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at // 1000, UTC)


def _text(component: Calendar | Event | Timezone) -> str:
    encoded: bytes = component.to_ical()
    return encoded.decode()
