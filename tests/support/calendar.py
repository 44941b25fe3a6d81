"""The calendar of a server, read by icalendar."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from dateutil.rrule import rrulestr
from icalendar import Calendar, Event

from tests.support.http import ask
from tests.support.server import Server


def served(server: Server, path: str = "/timetable.ics") -> bytes:
    """The calendar as it is now, checked for what RFC 5545 asks of every line."""
    status, headers, body = ask(server, path)
    assert status == 200
    assert headers["content-type"] == "text/calendar; charset=utf-8"
    lines = body.split(b"\r\n")
    assert lines.pop() == b"", "the last line ends as every other does"
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    assert all(line.decode() for line in lines), "no character is cut in two"
    return body


def events(body: bytes) -> list[Event]:
    """Its events."""
    calendar = Calendar.from_ical(body)
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
    found = calendar.events
    assert all(not event.errors for event in found)
    return found


def uids(server: Server) -> list[str]:
    """Of all events, in their order."""
    return [str(event["UID"]) for event in events(served(server))]


class Occurrence(NamedTuple):
    """An event of a calendar on one date."""

    begin: datetime
    uid: str
    event: Event


def occurrences(found: Iterable[Event], since: date, weeks: int) -> list[Occurrence]:
    """What a calendar program shows from that date on, in the order of time.

    As RFC 5545 reckons it: rules on the wall's clock, then the zone; without the exception dates; and in place of an
    occurrence that another event of its UID names by its RECURRENCE-ID, that event.
    """
    first = datetime.combine(since, time())
    until = first + timedelta(weeks=weeks)
    by_uid: dict[str, list[Event]] = {}
    for event in found:
        by_uid.setdefault(str(event["UID"]), []).append(event)
    shown = [one for uid, group in by_uid.items() for one in _of_uid(uid, group, until)]
    return sorted(one for one in shown if first <= one.begin.replace(tzinfo=None) < until)


def _of_uid(uid: str, group: list[Event], until: datetime) -> Iterator[Occurrence]:
    masters = [event for event in group if "RECURRENCE-ID" not in event]
    others = {event["RECURRENCE-ID"].dt: event for event in group if "RECURRENCE-ID" in event}
    assert len(masters) == 1 and len(others) == len(group) - 1, f"{uid} is not one event"
    [master] = masters
    begin = master["DTSTART"].dt
    if "RRULE" not in master:
        yield Occurrence(begin, uid, master)
        return
    rule = rrulestr(master["RRULE"].to_ical().decode(), dtstart=begin.replace(tzinfo=None))
    excluded = {moment.dt for moment in master["EXDATE"].dts} if "EXDATE" in master else set()
    walls = rule.between(begin.replace(tzinfo=None), max(until, begin.replace(tzinfo=None)), inc=True)
    known = [wall.replace(tzinfo=begin.tzinfo) for wall in walls]
    assert not excluded & others.keys(), f"{uid} is and is not there"
    assert all(moment in known or moment > known[-1] for moment in (*excluded, *others)), f"{uid}: no such occurrence"
    for moment in known:
        if moment not in excluded:
            event = others.get(moment, master)
            yield Occurrence(event["DTSTART"].dt if event is not master else moment, uid, event)
