"""Exceptions in the calendar, as a calendar program reads them."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.support.calendar import Occurrence, events, occurrences, served
from tests.support.gym import Gym
from tests.support.server import Server
from tests.support.socketio_client import Client

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKS = 6


def _day(day: str, week: int = 0) -> date:
    """Of the week after next, or a later one: not of that in which the test runs."""
    today = datetime.now(UTC).date()
    return today + timedelta(DAYS.index(day) - today.weekday(), weeks=2 + week)


def _shown(server: Server, path: str = "/timetable.ics") -> list[Occurrence]:
    """What there is from the week after next on."""
    return occurrences(events(served(server, path)), _day("Monday"), WEEKS)


def _dates(server: Server, record: dict[str, Any], path: str = "/timetable.ics") -> list[date]:
    """Of one class."""
    name = f"schedule-{record['id']}@"
    return [one.begin.date() for one in _shown(server, path) if one.uid.startswith(name)]


def _of(coach: dict[str, Any]) -> str:
    return f"/timetable/{coach['id']}.ics"


def _new(gym: Gym, **fields: Any) -> dict[str, Any]:
    made: dict[str, Any] = gym.client.ok("new_exception", {**fields, "date": str(fields["date"])})
    return made


def test_what_is_cancelled_is_left_out(server: Server, gym: Gym) -> None:
    record, other = gym.new("schedule", day="Thursday"), gym.new("schedule", day="Thursday")
    every = [_day("Thursday", week) for week in range(WEEKS)]
    assert _dates(server, record) == every
    made = [_new(gym, date=every[week], schedule=record, cancelled=True, note="Ill") for week in (4, 1)]
    assert _dates(server, record) == [every[0], every[2], every[3], every[5]]
    assert _dates(server, other) == every
    gym.delete("exception", made[0])
    assert _dates(server, record) == [every[0], *every[2:]]


def test_who_gives_it_instead_and_notes_replace_one_occurrence(server: Server, gym: Gym) -> None:
    record, coach = gym.new("schedule", day="Tuesday", hour="1830", minutes=90), gym.new("coach")
    _new(gym, date=_day("Tuesday", 1), schedule=record, coach=coach, note="Bring a mat; and, water.")
    _new(gym, date=_day("Tuesday", 3), schedule=record, note="In the park\u00a0🌳")
    told = {one.begin.date(): one.event for one in _shown(server)}
    assert list(told) == [_day("Tuesday", week) for week in range(WEEKS)]
    usual = f"{record['coach']['name']}\n{record['workout_plan']['difficulty']}"
    for week in range(WEEKS):
        event = told[_day("Tuesday", week)]
        expected = {
            1: f"{coach['name']}\n{record['workout_plan']['difficulty']}\nBring a mat; and, water.",
            3: f"{usual}\nIn the park\u00a0🌳",
        }
        assert event["DESCRIPTION"] == expected.get(week, usual)
        assert (event["SUMMARY"], event["LOCATION"]) == (record["workout_plan"]["name"], record["room"])
        assert event["DURATION"].dt == timedelta(minutes=90)
    gym.update("coach", id=coach["id"], name="Newly Named")
    [renamed] = [one.event for one in _shown(server) if one.begin.date() == _day("Tuesday", 1)]
    assert str(renamed["DESCRIPTION"]).startswith("Newly Named\n")


def test_on_a_closed_day_there_is_no_class(server: Server, gym: Gym) -> None:
    days = ("Friday", "Friday", "Saturday")
    records = [gym.new("schedule", day=day, hour=hour) for day, hour in zip(days, ("600", "2330", "900"), strict=True)]
    given = _new(gym, date=_day("Friday", 2), schedule=records[0], coach=gym.new("coach"))
    closed = _new(gym, date=_day("Friday", 2), cancelled=True, note="Holiday")
    without = [_day("Friday", week) for week in (0, 1, 3, 4, 5)]
    assert [_dates(server, record) for record in records[:2]] == [without, without], "not given by another either"
    assert len(_dates(server, records[2])) == WEEKS
    assert not [one for one in _shown(server) if one.begin.date() == _day("Friday", 2)]
    gym.update("exception", id=closed["id"], date=str(_day("Saturday", 2)))
    assert [len(_dates(server, record)) for record in records] == [WEEKS, WEEKS, WEEKS - 1]
    [back] = [one for one in _shown(server) if one.begin.date() == _day("Friday", 2) and one.begin.hour == 6]
    assert str(back.event["DESCRIPTION"]).startswith(given["coach"]["name"])


def test_each_coach_has_what_he_or_she_gives(server: Server, gym: Gym) -> None:
    record, coach, nobody = gym.new("schedule", day="Monday"), gym.new("coach"), gym.new("coach")
    own = gym.new("schedule", day="Monday", coach=coach, hour="1700")
    given = _new(gym, date=_day("Monday", 1), schedule=record, coach=coach, note="Instead")
    _new(gym, date=_day("Monday", 2), schedule=record, note="With music")
    _new(gym, date=_day("Monday", 3), schedule=record, cancelled=True)
    _new(gym, date=_day("Monday", 4), schedule=own, coach=record["coach"])
    _new(gym, date=_day("Monday", 5), schedule=own, coach=coach, note="It is me")
    hosts = _shown(server, _of(record["coach"]))
    assert [(one.begin.date(), one.uid.partition("-")[0]) for one in hosts] == [
        (_day("Monday", 0), "schedule"),
        (_day("Monday", 2), "schedule"),
        (_day("Monday", 4), "schedule"),
        (_day("Monday", 4), "exception"),
        (_day("Monday", 5), "schedule"),
    ]
    assert str(hosts[1].event["DESCRIPTION"]).endswith("\nWith music")
    guests = _shown(server, _of(coach))
    assert [(one.begin.date(), one.begin.hour) for one in guests] == [
        (_day("Monday", 0), 17),
        (_day("Monday", 1), 9),
        (_day("Monday", 1), 17),
        (_day("Monday", 2), 17),
        (_day("Monday", 3), 17),
        (_day("Monday", 5), 17),
    ]
    assert guests[1].uid.startswith(f"exception-{given['id']}@")
    assert str(guests[1].event["DESCRIPTION"]) == f"{coach['name']}\n{record['workout_plan']['difficulty']}\nInstead"
    assert events(served(server, _of(nobody))) == []


def test_what_is_left_of_a_class_that_moved_is_not_in_it(server: Server, gym: Gym) -> None:
    record = gym.new("schedule", day="Wednesday")
    _new(gym, date=_day("Wednesday", 1), schedule=record, cancelled=True)
    _new(gym, date=_day("Wednesday", 2), schedule=record, note="Left")
    gym.update("schedule", id=record["id"], day="Thursday")
    assert _dates(server, record) == [_day("Thursday", week) for week in range(WEEKS)]
    [event] = events(served(server))
    assert "EXDATE" not in event
    gym.update("schedule", id=record["id"], day="Wednesday")
    assert len(_dates(server, record)) == WEEKS - 1, "and is again when it comes back"


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-27", "9999-12-27"])
def test_dates_of_any_year(day: str, server: Server, gym: Gym) -> None:
    record = gym.new("schedule", day="Monday")
    _new(gym, date=day, schedule=record, note="Far away")
    _new(gym, date=date.fromisoformat(day), cancelled=True)
    other = gym.new("coach")
    _new(gym, date=date.fromisoformat(day) + timedelta(7 if day < "9" else -7), schedule=record, coach=other)
    assert len(_dates(server, record)) == WEEKS
    assert len(events(served(server, _of(other)))) == 1


@pytest.mark.kinds("sqlite", "postgres", reason="each database has its own query for the last changes")
def test_the_sequence_grows_whatever_is_done_to_an_exception(server: Server, gym: Gym) -> None:
    record, second, other = (gym.new("schedule", day=day) for day in ("Monday", "Monday", "Sunday"))
    known = _numbers(server)
    made = _new(gym, date=_day("Monday"), schedule=record, cancelled=True)
    for step in (
        lambda: gym.update("exception", id=made["id"], date=str(_day("Monday", 1))),
        lambda: gym.update("exception", id=made["id"], schedule=second),
        lambda: gym.update("exception", id=made["id"], schedule=None),
        lambda: gym.delete("exception", made),
    ):
        before, shown = _numbers(server), _events(server)
        step()
        after, now = _numbers(server), _events(server)
        changed = [uid for uid in shown if shown[uid].get("EXDATE") != now[uid].get("EXDATE")]
        assert changed and all(after[uid] > before[uid] for uid in changed)
        assert all(now[uid]["DTSTAMP"].dt >= shown[uid]["DTSTAMP"].dt for uid in now)
    untouched = next(uid for uid in known if uid.startswith(f"schedule-{other['id']}@"))
    assert _numbers(server)[untouched] == known[untouched]
    assert served(server) == served(server)


@pytest.mark.kinds("sqlite", "postgres", reason="each database has its own query for the last changes")
def test_a_restart_changes_not_a_byte(own_server: Server) -> None:
    own = own_server
    with closing(Client(own.port)) as client:
        gym = Gym(client)
        record, coach = gym.new("schedule", day="Monday"), gym.new("coach")
        _new(gym, date=_day("Monday"), schedule=record, coach=coach)
        gym.delete("exception", _new(gym, date=_day("Monday", 1), schedule=record, cancelled=True))
        gym.delete("exception", _new(gym, date=_day("Monday", 2), cancelled=True))
        before = [served(own, path) for path in ("/timetable.ics", _of(coach), _of(record["coach"]))]
    own.restart()
    assert [served(own, path) for path in ("/timetable.ics", _of(coach), _of(record["coach"]))] == before


def _events(server: Server) -> dict[str, Any]:
    return {str(event["UID"]): event for event in events(served(server)) if "RECURRENCE-ID" not in event}


def _numbers(server: Server) -> dict[str, int]:
    return {uid: int(event["SEQUENCE"]) for uid, event in _events(server).items()}
