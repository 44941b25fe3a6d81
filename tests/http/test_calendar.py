"""The timetable for calendar programs: what a library makes of it, around the days on which the clocks change too."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from contextlib import contextmanager
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar
from icalendar import Event
from sqlalchemy import Engine
from sqlalchemy import MetaData
from sqlalchemy import create_engine

from tests.conftest import StartServer
from tests.support.database import Database
from tests.support.database import SQLiteDatabase
from tests.support.environment import ROOT
from tests.support.environment import environment
from tests.support.gym import Gym
from tests.support.http import ask
from tests.support.postgres import Postgres
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.waiting import wait_until

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEK = timedelta(days=7)
# Where the clocks go forward by an hour in March, and by half an hour in October.
ZONES = ("Europe/Berlin", "Australia/Lord_Howe")


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


def occurrences(event: Event, since: date, weeks: int) -> Iterator[datetime]:
    """When it begins, as a calendar program reckons it: the rule on the wall's clock, then the zone."""
    begin = event["DTSTART"].dt
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=begin.replace(tzinfo=None))
    for wall in rule.between(datetime.combine(since, time()), datetime.combine(since, time()) + weeks * WEEK, inc=True):
        yield wall.replace(tzinfo=begin.tzinfo)


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
                    for hour in ("900", "2330"):
                        gym.new("schedule", day="Sunday", hour=hour)
            calendars[zone] = served(server)
            server.stop()
        yield calendars
    finally:
        server.close()


@pytest.mark.parametrize("zone", ZONES)
def test_a_class_keeps_its_hour_when_the_clocks_change(zone: str, zoned: dict[str, bytes]) -> None:
    year = date.today().year + 1
    for event, hour in zip(events(zoned[zone]), (time(9), time(23, 30)), strict=True):
        assert event["DTSTART"].params["TZID"] == zone
        assert str(event["DTSTART"].dt.tzinfo) == zone
        assert event["DURATION"].dt == timedelta(minutes=60)
        found = list(occurrences(event, date(year, 1, 1), 52))
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
    ("day", "hour"), [("Monday", "900"), ("Wednesday", "000"), ("Sunday", "2330"), ("Friday", "1215")]
)
def test_a_class_is_an_hour_each_week(day: str, hour: str, server: Server, gym: Gym) -> None:
    before = datetime.now(UTC)
    record = gym.new("schedule", day=day, hour=hour)
    [event] = events(served(server))
    assert event["RRULE"] == {"FREQ": ["WEEKLY"]}
    begin = event["DTSTART"].dt
    assert DAYS[begin.weekday()] == day and (begin.hour, begin.minute) == divmod(int(hour), 100)
    assert event["DURATION"].dt == timedelta(minutes=60)
    assert before - timedelta(seconds=1) <= event["DTSTAMP"].dt <= datetime.now(UTC), "when it was written"
    mondays = {today - timedelta(days=today.weekday()) for today in (before.date(), datetime.now(UTC).date())}
    assert begin.date() - timedelta(days=begin.weekday()) in mondays, "it begins in the week in which it was written"
    assert event["SUMMARY"] == record["workout_plan"]["name"]
    assert event["DESCRIPTION"] == f"{record['coach']['name']}\n{record['workout_plan']['difficulty']}"


def test_each_coach_has_a_calendar(server: Server, gym: Gym) -> None:
    schedules = [gym.new("schedule") for _ in range(2)]
    for schedule in schedules:
        body = served(server, f"/timetable/{schedule['coach']['id']}.ics")
        assert [str(event["UID"]).partition("@")[0] for event in events(body)] == [f"schedule-{schedule['id']}"]
        assert schedule["coach"]["name"] in str(Calendar.from_ical(body)["X-WR-CALNAME"])
    coach = gym.new("coach")
    assert events(served(server, f"/timetable/{coach['id']}.ics")) == []
    for nobody in ("0", "999999", "x", "1.5", "-1", "%EF%BC%91", "9" * 5_000):
        status, headers, body = ask(server, f"/timetable/{nobody}.ics")
        assert status == 404 and headers["content-type"].startswith("text/plain") and body.count(b"\n") == 1, nobody


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


def test_two_gyms_share_no_uid(start_server: StartServer, server: Server, gym: Gym) -> None:
    gym.new("schedule")
    other = start_server()
    with closing(Client(other.port)) as client:
        Gym(client).new("schedule")
        assert not set(uids(server)) & set(uids(other))


@contextmanager
def engine_of(database: Database) -> Iterator[Engine]:
    """For a block."""
    engine = create_engine(database.url)
    try:
        yield engine
    finally:
        engine.dispose()


def move(source: Database, target: Database) -> None:
    """Copy every row of every table into the tables that a server has made there."""
    with engine_of(source) as old, engine_of(target) as new:
        tables = MetaData()
        tables.reflect(new)
        with old.connect() as reading, new.begin() as writing:
            for table in reversed(tables.sorted_tables):
                writing.execute(table.delete())
            for table in tables.sorted_tables:
                rows = [dict(row._mapping) for row in reading.execute(table.select())]
                if rows:
                    writing.execute(table.insert(), rows)


def test_uids_survive_every_move_of_the_data(tmp_path: Path) -> None:
    """A backup put back, a new epoch, and PostgreSQL at another port under another name."""
    database = SQLiteDatabase(tmp_path)
    server = Server(tmp_path, database)
    try:
        server.start()
        with closing(Client(server.port)) as client:
            epoch = client.welcome()[0]["epoch"]
            gym = Gym(client)
            schedules = [gym.new("schedule") for _ in range(3)]
            known = uids(server)
            assert len(set(known)) == 3
            put_back = database.back_up()
            gym.update("schedule", id=schedules[0]["id"], hour="1800")
            gym.delete("schedule", schedules[1])
        assert uids(server) == [known[0], known[2]]
        server.stop()
        put_back()
        server.start()
        with closing(Client(server.port)) as client:
            assert client.welcome()[0]["epoch"] != epoch, "it was restored"
        assert uids(server) == known
        with closing(Postgres()) as postgres:
            target = postgres.new_database(tmp_path)
            elsewhere = tmp_path / "elsewhere"
            elsewhere.mkdir()
            moved = Server(elsewhere, target, {"ALLOWED_ORIGINS": "https://elsewhere.example"})
            try:
                moved.start()
                moved.stop()
                move(database, target)
                moved.start()
                assert uids(moved) == known
            finally:
                moved.close()
    finally:
        server.close()


def test_calendars_of_before_go_on(own_server: Server) -> None:
    """Until a gym had an identity its events were named after the epoch."""
    with closing(Client(own_server.port)) as client:
        epoch = client.welcome()[0]["epoch"]
        schedule = Gym(client).new("schedule")
    own_server.stop()
    [path] = (ROOT / "migrations" / "versions").glob("*_the_gym_has_an_identity.py")
    [before] = re.findall(r'^down_revision = "(\w+)"$', path.read_text(), re.MULTILINE)
    command = [sys.executable, "-m", "flask", "--app", "server", "db", "downgrade", before]
    settings = environment(DATABASE_URL=own_server.database.url)
    subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, check=True, timeout=60)
    own_server.start()
    assert uids(own_server) == [f"schedule-{schedule['id']}@{epoch}"]


def test_a_seed_is_another_gym_with_the_same_ids(start_server: StartServer) -> None:
    server = start_server()
    with closing(Client(server.port)) as client:
        Gym(client).new("schedule")
    before = uids(server)
    command = [sys.executable, "seed.py", "--replace", "--schedules", "5"]
    ended = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(DATABASE_URL=server.database.url),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    wait_until(lambda: len(uids(server)) == 5, "the server has the new gym")
    assert not set(before) & set(uids(server))
