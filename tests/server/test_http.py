"""What other programs get: tables for spreadsheets, the timetable for calendars, and only for those who may read."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from datetime import datetime
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import orjson
import pytest

from server.exports.sheet import _cell
from server.exports.sheet import sheet
from server.exports.timetable import timetable
from server.realtime.snapshots import Row
from tests.conftest import StartServer
from tests.support.gym import Gym
from tests.support.gym import empty
from tests.support.house import House
from tests.support.http import ask
from tests.support.server import Server
from tests.support.wire import CHANNELS
from tests.support.wire import PASSWORD
from tests.support.wire import Client

COLUMNS = {
    "coaches": ["id", "name", "age", "picture", "username"],
    "exercise_moves": ["id", "name", "focus", "description", "video_link"],
    "workout_plans": ["id", "name", "difficulty", "description", "exercise_moves_id", "exercise_moves_name"],
    "schedules": [
        "id", "day", "hour", "coach_id", "coach_name",
        "workout_plan_id", "workout_plan_name", "workout_plan_difficulty",
    ],
}  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PATHS = [*(f"/export/{channel}.csv" for channel in CHANNELS), "/timetable.ics"]
Event = dict[str, str]


@pytest.fixture
def gym(server: Server) -> Iterator[Gym]:
    """A plain client that makes records; they are deleted again."""
    with closing(Client(server.port)) as client:
        client.welcome()
        yield Gym(client)
    with closing(Client(server.port)) as client:
        empty(client, client.welcome()[1])


@pytest.fixture(scope="module")
def house(new_server: StartServer) -> Iterator[House]:
    """A gym where nobody reads without signing in."""
    server = new_server(ACCESS="required")
    try:
        one = House(server.start())
        one.gym.new("schedule")
        yield one
        one.admin.close()
    finally:
        server.close()


def table(server: Server, channel: str) -> list[dict[str, str]]:
    """The rows of a channel's table."""
    status, headers, body = ask(server, f"/export/{channel}.csv")
    assert status == 200
    assert headers["content-type"] == "text/csv; charset=utf-8"
    assert headers["content-disposition"] == f'attachment; filename="{channel}.csv"'
    assert body.startswith(b"\xef\xbb\xbf"), "without it Excel takes the text for another encoding"
    lines = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True)
    assert next(lines) == COLUMNS[channel]
    return [dict(zip(COLUMNS[channel], line, strict=True)) for line in lines]


def events(text: bytes) -> list[Event]:
    """The calendar's events; checks what RFC 5545 asks of every line."""
    lines = text.split(b"\r\n")
    assert lines.pop() == b"", "the last line ends as every other does"
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    assert all(line.decode() for line in lines), "no character is cut in two"
    unfolded = b"\r\n".join(lines).replace(b"\r\n ", b"").decode().split("\r\n")
    assert unfolded[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert unfolded[-1] == "END:VCALENDAR"
    assert any(line.startswith("PRODID:") for line in unfolded)
    found: list[Event] = []
    for line in unfolded:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            assert name not in found[-1] or name == "END", f"{name} stands twice"
            found[-1][name] = value
    return found


def calendar(server: Server) -> list[Event]:
    """The events that are served now."""
    status, headers, body = ask(server, "/timetable.ics")
    assert status == 200
    assert headers["content-type"] == "text/calendar; charset=utf-8"
    return events(body)


def unescaped(text: str) -> str:
    """The text of a value (RFC 5545, 3.3.11)."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", text), f"not escaped: {text}"
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], text)


def signed_in(house: House, username: str) -> str:
    """The token of a new sign-in."""
    with closing(Client(house.server.port)) as client:
        return house.log_in(client, username)


def test_every_channel_is_a_table_of_its_records(server: Server, gym: Gym) -> None:
    moves = [gym.new("exercise_move", video_link=None), gym.new("exercise_move")]
    plan = gym.new("workout_plan", exercise_moves=[{"id": moves[1]["id"]}, {"id": moves[0]["id"]}])
    coach = gym.new("coach", age=None)
    schedule = gym.new("schedule", coach={"id": coach["id"]}, workout_plan={"id": plan["id"]})
    assert table(server, "exercise_moves")[0] == {
        **{key: str(value) for key, value in moves[0].items()},
        "video_link": "",
    }
    assert table(server, "coaches") == [
        {**{key: str(value) for key, value in coach.items()}, "age": "", "username": ""}
    ]
    [row] = table(server, "workout_plans")
    assert row["exercise_moves_id"] == f"{moves[1]['id']}; {moves[0]['id']}", "in the plan's order"
    assert row["exercise_moves_name"] == f"{moves[1]['name']}; {moves[0]['name']}"
    assert table(server, "schedules") == [
        {
            "id": str(schedule["id"]), "day": "Monday", "hour": "900",
            "coach_id": str(coach["id"]), "coach_name": coach["name"],
            "workout_plan_id": str(plan["id"]), "workout_plan_name": plan["name"],
            "workout_plan_difficulty": plan["difficulty"],
        }
    ]  # fmt: skip


def test_a_table_is_of_this_moment_and_in_the_order_of_the_ids(server: Server, gym: Gym) -> None:
    coaches = [gym.new("coach") for _ in range(3)]
    gym.update("coach", id=coaches[0]["id"], name="Renamed")
    gym.delete("coach", coaches[1])
    assert [(row["id"], row["name"]) for row in table(server, "coaches")] == [
        (str(coaches[0]["id"]), "Renamed"),
        (str(coaches[2]["id"]), coaches[2]["name"]),
    ]


@pytest.mark.parametrize(
    "name", ["=1+1", "+49 30", "-1", "@SUM(A1)", '=HYPERLINK("x","y")', "＝1+1", "＠x", "＋1", "－1"]
)
def test_no_text_is_a_formula(name: str, server: Server, gym: Gym) -> None:
    gym.new("coach", name=name)
    assert table(server, "coaches")[0]["name"] == f"'{name}"


def test_where_a_program_may_begin_a_new_cell_there_is_no_formula_either(server: Server, gym: Gym) -> None:
    gym.new("exercise_move", name="Row;=1+1", description="First this.\n=1+1\n\t@x;  -1 a-b; c = d")
    [row] = table(server, "exercise_moves")
    assert row["name"] == "Row;'=1+1"
    assert row["description"] == "First this.\n'=1+1\n\t'@x;'  -1 a-b; c = d"


def test_text_that_begins_with_a_tab_or_a_carriage_return_is_no_formula() -> None:
    """Records cannot begin so, since text is trimmed; another resource's field may do otherwise."""
    assert [_cell(text) for text in ("\tx", "\rx", "x\ty", "x\r\ny")] == ["'\tx", "'\rx", "x\ty", "x\r\ny"]
    assert [_cell(value) for value in (-5, None, "")] == [-5, "", ""], "a number is no text"


@pytest.mark.parametrize("name", ['He said "go", twice', "Zoë Müller 🏋️", "a,b", "'quoted'", "a=b", "Anna-Lena"])
def test_other_text_is_verbatim(name: str, server: Server, gym: Gym) -> None:
    gym.new("coach", name=name)
    assert table(server, "coaches")[0]["name"] == name


def test_a_large_table_is_whole(server: Server, gym: Gym) -> None:
    gym.client.pipeline([("new_coach", {"name": f"Coach {index}"}) for index in range(450)])
    assert [row["name"] for row in table(server, "coaches")] == [f"Coach {index}" for index in range(450)]


def test_an_empty_channel_is_a_table_of_its_head(server: Server, gym: Gym) -> None:
    assert table(server, "coaches") == []


@pytest.mark.parametrize("channel", ["nothing", "accounts", "sign_ins", "COACHES"])
def test_what_is_no_channel_is_not_found(channel: str, server: Server) -> None:
    status, headers, body = ask(server, f"/export/{channel}.csv")
    assert status == 404
    assert headers["content-type"].startswith("text/plain")
    assert b"coaches" in body, "it says which there are"


@pytest.mark.parametrize(
    ("day", "hour"), [("Monday", "900"), ("Wednesday", "000"), ("Sunday", "2330"), ("Friday", "1215")]
)
def test_a_class_is_an_hour_each_week_by_the_clock_on_the_wall(day: str, hour: str, server: Server, gym: Gym) -> None:
    record = gym.new("schedule", day=day, hour=hour)
    before = date.today()
    [event] = calendar(server)
    assert event["RRULE"] == "FREQ=WEEKLY"
    begin, end = (datetime.strptime(event[name], "%Y%m%dT%H%M%S") for name in ("DTSTART", "DTEND"))
    assert DAYS[begin.weekday()] == day
    assert (begin.hour, begin.minute) == divmod(int(hour), 100)
    assert end - begin == timedelta(minutes=60)
    mondays = {today - timedelta(days=today.weekday()) for today in (before, date.today())}
    assert begin.date() - timedelta(days=begin.weekday()) in mondays, "it begins this week"
    assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
    assert unescaped(event["SUMMARY"]) == record["workout_plan"]["name"]
    assert unescaped(event["DESCRIPTION"]) == f"{record['coach']['name']}\n{record['workout_plan']['difficulty']}"


def test_uids_stay_and_differ(own_server: Server) -> None:
    with closing(Client(own_server.port)) as client:
        gym = Gym(client)
        schedules = [gym.new("schedule") for _ in range(3)]
        first = calendar(own_server)
        gym.update("schedule", id=schedules[0]["id"], hour="1800")
        gym.delete("schedule", schedules[1])
    own_server.restart()
    after = calendar(own_server)
    assert len({event["UID"] for event in first}) == 3
    assert [event["UID"] for event in after] == [first[0]["UID"], first[2]["UID"]]
    assert int(after[0]["SEQUENCE"]) > int(first[0]["SEQUENCE"]), "what changed has a higher number"
    assert after[1]["SEQUENCE"] == first[2]["SEQUENCE"]


@pytest.mark.parametrize("name", [r"a\b;c,d:e", "🏋️" * 20, "\\n" * 20, "ü" * 40, "END:VEVENT", '"quoted"'])
def test_any_name_can_be_in_a_calendar(name: str, server: Server, gym: Gym) -> None:
    plan = gym.new("workout_plan", name=name)
    gym.new("schedule", workout_plan={"id": plan["id"]})
    [event] = calendar(server)
    assert unescaped(event["SUMMARY"]) == name


@pytest.mark.parametrize("octets", range(70, 80))
def test_lines_are_folded_wherever_they_end(octets: int) -> None:
    coach = {"id": 1, "name": "x" * (octets - len("SUMMARY:") - 2) + "ü"}
    record = {
        "id": 1,
        "day": "Monday",
        "hour": "900",
        "coach": coach,
        "workout_plan": {**coach, "difficulty": "a\r\nb"},
    }
    [event] = events("".join(timetable("epoch", [Row(1, orjson.dumps(record))], datetime.now())).encode())
    assert event["SUMMARY"] == coach["name"]
    assert unescaped(event["DESCRIPTION"]) == f"{coach['name']}\na\nb"


def test_a_calendar_without_classes(server: Server) -> None:
    assert calendar(server) == []


@pytest.mark.parametrize("path", PATHS)
def test_without_a_token_nobody_reads_where_signing_in_is_required(path: str, house: House) -> None:
    token = signed_in(house, "admin")
    for headers in (
        {},
        {"Authorization": "Bearer nonsense"},
        {"Authorization": f"Basic {token}"},
        {"Authorization": f"Token {token}"},
        {"Cookie": f"token={token}"},
    ):
        status, answer, body = ask(house.server, path, headers)
        assert status == 401
        assert answer["www-authenticate"] == "Bearer"
        assert answer["content-type"].startswith("text/plain")
        assert body.startswith(b"Please sign in") and body.count(b"\n") == 1
    assert ask(house.server, f"{path}?token={token}")[0] == 401, "addresses are logged and remembered"


@pytest.mark.parametrize("path", PATHS)
def test_whoever_may_read_gets_it_with_a_token(path: str, house: House) -> None:
    for role in ("viewer", "admin"):
        status, headers, body = ask(house.server, path, {"Authorization": f"Bearer {signed_in(house, role)}"})
        assert status == 200
        assert headers["cache-control"] == "no-store"
        assert body.count(b"\n") > 1
        assert b"argon2" not in body


def test_a_token_that_has_ended_is_worth_nothing(house: House) -> None:
    house.admin.ok("set_account", {"username": "late", "role": "viewer", "password": PASSWORD})
    with closing(Client(house.server.port)) as client:
        headers = {"Authorization": f"Bearer {house.log_in(client, 'late')}"}
        assert ask(house.server, PATHS[0], headers)[0] == 200
        client.ok("logout")
    assert ask(house.server, PATHS[0], headers)[0] == 401


def test_anybody_reads_where_reading_is_public(start_server: StartServer) -> None:
    server = start_server(ACCESS="public-read")
    for path in PATHS:
        assert ask(server, path)[0] == 200
        assert ask(server, path, {"Authorization": "Bearer nonsense"})[0] == 200


def test_an_embedded_record_that_is_not_there_is_empty_cells() -> None:
    """The four have none that is optional; another resource may."""
    resource: Any = SimpleNamespace(
        schema=SimpleNamespace(dump_fields=["id", "coach"]),
        ones={"coach": SimpleNamespace(only=("id", "name"))},
        lists={},
    )
    head, row = sheet(resource, [b'{"id":1,"coach":null}'])
    assert head.strip("\ufeff\r\n") == "id,coach_id,coach_name"
    assert row == "1,,\r\n"
