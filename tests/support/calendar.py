"""The calendar of a server, read by icalendar."""

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
