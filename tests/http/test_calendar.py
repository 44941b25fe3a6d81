"""The timetable as a calendar program reads it, also when the clocks change."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from tests.support.calendar import events, occurrences, served
from tests.support.database import SQLiteDatabase
from tests.support.gym import Gym
from tests.support.http import ask
from tests.support.server import Server
from tests.support.socketio_client import Client

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEK = timedelta(days=7)
# Where the clocks go forward by an hour in March, and by half an hour in October.
ZONES = ("Europe/Berlin", "Australia/Lord_Howe")


@pytest.fixture(scope="module")
def zoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Server, bytes]]]:
    """The calendar of the same two classes in each zone, on one database."""
    folder = tmp_path_factory.mktemp("zoned")
    database, calendars = SQLiteDatabase(folder), {}
    server = Server(folder, database)
    try:
        for zone in ZONES:
            server.settings["TIMEZONE"] = zone
            server.start()
            if not calendars:
                with closing(Client(server.port)) as client:
                    gym = Gym(client)
                    for hour, minutes in (("900", 60), ("2330", 75)):
                        gym.new("schedule", day="Sunday", hour=hour, minutes=minutes)
            calendars[zone] = served(server)
            server.stop()
        yield calendars
    finally:
        server.close()


@pytest.mark.parametrize("zone", ZONES)
def test_a_class_keeps_its_hour_when_the_clocks_change(zone: str, zoned: dict[str, bytes]) -> None:
    year = date.today().year + 1
    for event, hour, minutes in zip(events(zoned[zone]), (time(9), time(23, 30)), (60, 75), strict=True):
        assert event["DTSTART"].params["TZID"] == zone
        assert str(event["DTSTART"].dt.tzinfo) == zone
        assert event["DURATION"].dt == timedelta(minutes=minutes)
        found = [one.begin for one in occurrences([event], date(year, 1, 1), 52)]
        assert len(found) == 52
        for begin in found:
            assert DAYS[begin.weekday()] == "Sunday" and begin.time() == hour
            assert begin.astimezone(UTC) == datetime.combine(begin.date(), hour, ZoneInfo(zone)).astimezone(UTC)
        assert len({begin.utcoffset() for begin in found}) == 2


@pytest.mark.parametrize("zone", ZONES)
def test_the_zone_is_in_the_file_for_programs_that_know_none(zone: str, zoned: dict[str, bytes]) -> None:
    [described] = Calendar.from_ical(zoned[zone]).timezones
    assert described.tz_name == zone
    # By what the file says alone, whatever the library knows of zones of that name.
    alone = described.to_tz(lookup_tzid=False)
    for year in (date.today().year, date.today().year + 1, date.today().year + 10):
        for week in range(52):
            noon = datetime(year, 1, 1, 12) + week * WEEK
            assert noon.replace(tzinfo=alone).utcoffset() == noon.replace(tzinfo=ZoneInfo(zone)).utcoffset(), noon


@pytest.mark.parametrize(
    ("day", "hour", "minutes"),
    [("Monday", "900", 60), ("Wednesday", "000", 5), ("Sunday", "2330", 480), ("Friday", "1215", 45)],
)
def test_a_class_is_as_long_as_it_is_each_week(day: str, hour: str, minutes: int, server: Server, gym: Gym) -> None:
    before = datetime.now(UTC)
    record = gym.new("schedule", day=day, hour=hour, minutes=minutes)
    [event] = events(served(server))
    assert event["RRULE"] == {"FREQ": ["WEEKLY"]}
    begin = event["DTSTART"].dt
    assert DAYS[begin.weekday()] == day and (begin.hour, begin.minute) == divmod(int(hour), 100)
    assert event["DURATION"].dt == timedelta(minutes=minutes)
    assert before - timedelta(seconds=1) <= event["DTSTAMP"].dt <= datetime.now(UTC), "when it was written"
    mondays = {today - timedelta(days=today.weekday()) for today in (before.date(), datetime.now(UTC).date())}
    assert begin.date() - timedelta(days=begin.weekday()) in mondays, "it begins in the week in which it was written"
    assert (event["SUMMARY"], event["LOCATION"]) == (record["workout_plan"]["name"], record["room"])
    assert event["DESCRIPTION"] == f"{record['coach']['name']}\n{record['workout_plan']['difficulty']}"


def test_each_coach_has_a_calendar(server: Server, gym: Gym) -> None:
    schedules = [gym.new("schedule") for _ in range(2)]
    for schedule in schedules:
        body = served(server, f"/timetable/{schedule['coach']['id']}.ics")
        assert [str(event["UID"]).partition("@")[0] for event in events(body)] == [f"schedule-{schedule['id']}"]
        assert schedule["coach"]["name"] in str(Calendar.from_ical(body)["X-WR-CALNAME"])
    coach = gym.new("coach")
    assert events(served(server, f"/timetable/{coach['id']}.ics")) == []
    for number in ("0", "999999", "x", "1.5", "-1", "%EF%BC%91", "9" * 5_000):
        status, headers, body = ask(server, f"/timetable/{number}.ics")
        assert status == 404 and headers["content-type"].startswith("text/plain") and body.count(b"\n") == 1, number


def test_what_did_not_change_is_the_same_to_the_byte(server: Server, gym: Gym) -> None:
    schedules = [gym.new("schedule") for _ in range(3)]
    first = served(server)
    gym.new("exercise_move")
    assert served(server) == first
    gym.update("schedule", id=schedules[1]["id"], hour="1800")
    before, after = events(first), events(served(server))
    assert [one.to_ical() for one in before[::2]] == [one.to_ical() for one in after[::2]]
    assert int(after[1]["SEQUENCE"]) > int(before[1]["SEQUENCE"]), "what changed has a higher number"


def test_a_coach_s_new_name_is_a_change_of_the_event(server: Server, gym: Gym) -> None:
    schedule = gym.new("schedule")
    [before] = events(served(server))
    gym.update("coach", id=schedule["coach"]["id"], name="Another Name")
    [after] = events(served(server))
    assert str(after["DESCRIPTION"]).startswith("Another Name\n")
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["DTSTART"].dt == before["DTSTART"].dt


@pytest.mark.parametrize("name", [r"a\b;c,d:e", "🏋️" * 20, "\\n" * 20, "ü" * 40, "END:VEVENT", '"quoted"', "x" * 39])
def test_any_name_can_be_in_a_calendar(name: str, server: Server, gym: Gym) -> None:
    plan = gym.new("workout_plan", name=name)
    gym.new("schedule", workout_plan={"id": plan["id"]})
    [event] = events(served(server))
    assert event["SUMMARY"] == name


def test_a_calendar_without_classes(server: Server) -> None:
    assert events(served(server)) == []
