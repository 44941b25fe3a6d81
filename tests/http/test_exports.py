"""Exports: tables for spreadsheets, the timetable for calendars, and only for callers who may read."""

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from types import SimpleNamespace
from typing import Any

import pytest
from marshmallow import fields

from server.http.csv_table import _cell, csv_lines
from tests.conftest import StartServer
from tests.support.accounts_server import AccountsServer
from tests.support.gym import Gym
from tests.support.http import ask
from tests.support.server import Server
from tests.support.socketio_client import CONTRACT, PASSWORD, Client

COLUMNS = {
    "coaches": ["id", "name", "age", "picture", "username"],
    "exercise_moves": ["id", "name", "focus", "description", "video_link"],
    "workout_plans": [
        "id", "name", "difficulty", "description", "exercise_moves_id", "exercise_moves_name",
        "exercise_moves_sets", "exercise_moves_reps", "exercise_moves_rest", "exercise_moves_notes",
    ],
    "schedules": [
        "id", "day", "hour", "coach_id", "coach_name",
        "workout_plan_id", "workout_plan_name", "workout_plan_difficulty", "minutes", "room", "capacity",
    ],
}  # fmt: skip
PATHS = [*(f"/export/{channel}.csv" for channel in CONTRACT), "/timetable.ics"]


@pytest.fixture(scope="module")
def accounts_server(new_server: StartServer) -> Iterator[AccountsServer]:
    """A gym with ACCESS=required."""
    server = new_server(ACCESS="required")
    try:
        one = AccountsServer(server.start())
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


def signed_in(accounts_server: AccountsServer, username: str) -> str:
    """The token of a new sign-in."""
    with closing(Client(accounts_server.server.port)) as client:
        return accounts_server.log_in(client, username)


def test_every_channel_is_a_table_of_its_records(server: Server, gym: Gym) -> None:
    moves = [gym.new("exercise_move", video_link=None), gym.new("exercise_move")]
    plan = gym.new("workout_plan", exercise_moves=[{"id": moves[1]["id"]}, {"id": moves[0]["id"]}])
    coach = gym.new("coach")
    schedule = gym.new("schedule", coach={"id": coach["id"]}, workout_plan={"id": plan["id"]})
    assert table(server, "exercise_moves")[0] == {
        **{key: str(value) for key, value in moves[0].items()},
        "video_link": "",
    }
    assert table(server, "coaches") == [{**{key: str(value) for key, value in coach.items()}, "username": ""}]
    [row] = table(server, "workout_plans")
    assert row["exercise_moves_id"] == f"{moves[1]['id']}; {moves[0]['id']}", "in the plan's order"
    assert row["exercise_moves_name"] == f"{moves[1]['name']}; {moves[0]['name']}"
    assert table(server, "schedules") == [
        {
            "id": str(schedule["id"]), "day": "Monday", "hour": "09:00",
            "coach_id": str(coach["id"]), "coach_name": coach["name"],
            "workout_plan_id": str(plan["id"]), "workout_plan_name": plan["name"],
            "workout_plan_difficulty": plan["difficulty"],
            "minutes": str(schedule["minutes"]), "room": schedule["room"], "capacity": str(schedule["capacity"]),
        }
    ]  # fmt: skip


def test_the_places_of_a_plan_have_what_is_to_be_done_there(server: Server, gym: Gym) -> None:
    squat, lunge = gym.new("exercise_move", name="Squat; deep"), gym.new("exercise_move", name='"Lunge"')
    gym.new(
        "workout_plan",
        exercise_moves=[
            {"id": squat["id"], "sets": 5, "reps": "8-12", "rest": None, "notes": "slow; =1+1"},
            {"id": lunge["id"]},
        ],
    )
    gym.new("workout_plan", exercise_moves=[{"id": lunge["id"]}])
    row, plain = table(server, "workout_plans")
    assert row["exercise_moves_name"] == '"Squat; deep"; """Lunge"""', "one can tell a list from a name"
    own = ("sets", "reps", "rest", "notes")
    assert [row[f"exercise_moves_{name}"] for name in own] == ["5; ", "8-12; ", "", '"slow;\' =1+1"; ']
    assert [plain[f"exercise_moves_{name}"] for name in own] == [""] * 4


@pytest.mark.parametrize(("hour", "shown"), [("5", "00:05"), ("900", "09:00"), ("1830", "18:30")])
def test_hours_are_as_people_write_them(hour: str, shown: str, server: Server, gym: Gym) -> None:
    schedule = gym.new("schedule", hour=hour.zfill(4), day="Monday")
    gym.new("exception", schedule={"id": schedule["id"]}, date="2026-12-28", cancelled=True)
    assert [row["hour"] for row in table(server, "schedules")] == [shown]
    head, row = ask(server, "/export/exceptions.csv")[2].decode("utf-8-sig").splitlines()
    assert dict(zip(head.split(","), row.split(","), strict=True))["schedule_hour"] == shown


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


@pytest.mark.parametrize("name", ["'=1+1", "''@x", "' -1"])
def test_an_apostrophe_of_a_formula_can_be_told_from_one_of_the_text(name: str, server: Server, gym: Gym) -> None:
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
    gym.client.pipeline([("new_coach", {"name": f"Coach {index}", "age": 30}) for index in range(450)])
    assert [row["name"] for row in table(server, "coaches")] == [f"Coach {index}" for index in range(450)]


def test_an_empty_channel_is_a_table_of_its_head(server: Server, gym: Gym) -> None:
    assert table(server, "coaches") == []


@pytest.mark.parametrize("channel", ["nothing", "accounts", "sign_ins", "COACHES"])
def test_what_is_no_channel_is_not_found(channel: str, server: Server) -> None:
    status, headers, body = ask(server, f"/export/{channel}.csv")
    assert status == 404
    assert headers["content-type"].startswith("text/plain")
    assert b"coaches" in body, "it says which there are"


@pytest.mark.parametrize("path", [*PATHS, "/timetable/1.ics"])
def test_a_token_is_needed_where_signing_in_is_required(path: str, accounts_server: AccountsServer) -> None:
    token = signed_in(accounts_server, "admin")
    for headers in (
        {},
        {"Authorization": "Bearer nonsense"},
        {"Authorization": f"Basic {token}"},
        {"Authorization": f"Token {token}"},
        {"Cookie": f"token={token}"},
    ):
        status, answer, body = ask(accounts_server.server, path, headers)
        assert status == 401
        assert answer["www-authenticate"] == "Bearer"
        assert answer["content-type"].startswith("text/plain")
        assert body.startswith(b"Please sign in") and body.count(b"\n") == 1
    assert ask(accounts_server.server, f"{path}?token={token}")[0] == 401, "addresses are logged and remembered"


@pytest.mark.parametrize("path", PATHS)
def test_all_roles_that_may_read_get_it_with_a_token(path: str, accounts_server: AccountsServer) -> None:
    for role in ("viewer", "admin"):
        token = signed_in(accounts_server, role)
        status, headers, body = ask(accounts_server.server, path, {"Authorization": f"Bearer {token}"})
        assert status == 200
        assert headers["cache-control"] == "no-store"
        assert body.count(b"\n") > 1
        assert b"argon2" not in body


def test_a_token_is_not_valid_after_logout(accounts_server: AccountsServer) -> None:
    accounts_server.admin.ok("new_account", {"username": "late", "role": "viewer", "password": PASSWORD})
    with closing(Client(accounts_server.server.port)) as client:
        headers = {"Authorization": f"Bearer {accounts_server.log_in(client, 'late')}"}
        assert ask(accounts_server.server, PATHS[0], headers)[0] == 200
        client.ok("logout")
    assert ask(accounts_server.server, PATHS[0], headers)[0] == 401


def test_anybody_reads_where_reading_is_public(start_server: StartServer) -> None:
    server = start_server(ACCESS="public-read")
    for path in PATHS:
        assert ask(server, path)[0] == 200
        assert ask(server, path, {"Authorization": "Bearer nonsense"})[0] == 200


def test_an_embedded_record_that_is_not_there_is_empty_cells() -> None:
    """The four have none that is optional; another resource may."""
    resource: Any = SimpleNamespace(
        schema=SimpleNamespace(dump_fields={"id": fields.Integer(), "coach": fields.Raw()}),
        ones={"coach": SimpleNamespace(only=("id", "name"))},
        lists={},
    )
    head, row = csv_lines(resource, [b'{"id":1,"coach":null}'])
    assert head.strip("\ufeff\r\n") == "id,coach_id,coach_name"
    assert row == "1,,\r\n"
