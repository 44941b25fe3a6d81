"""A request that would hold up the others fails alone: they are done, and of it there is no trace."""

import uuid
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from tests.support.acks import assert_failure
from tests.support.flask import flask
from tests.support.gym import Gym
from tests.support.rows import many
from tests.support.server import Server
from tests.support.socketio_client import Client

CLASSES = 40_000
# Measured: 10 ms. It is a single change, which commits as any other.
LONGEST_SECONDS = 0.5


@pytest.fixture
def observers() -> None:
    """Takes the place of the observers of `tests/wire`, who would read thousands of classes again and again."""


def _together(server: Server, client: Client, requests: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """The acks of requests that wait at the same time, as those do that arrive while another one is committed."""
    with server.database.locked():
        numbers = [client.emit(*request) for request in requests]
    return [client.ack(number, 20) for number in numbers]


@pytest.mark.kinds("sqlite", "postgres", reason="what it costs, it costs each process")
def test_the_name_of_a_coach_whom_tens_of_thousands_of_classes_show(own_server: Server, gym: Gym) -> None:
    """It is one change: it holds nobody up, and all classes show it. Undone it is as well."""
    coach, plan = gym.new("coach"), gym.new("workout_plan")
    one = {"day": "Monday", "hour": "900", "coach_id": coach["id"], "workout_plan_id": plan["id"]}
    many(own_server.database.url, "schedules", [one] * CLASSES)
    assert flask(own_server.database.url, "journal", "reconcile").startswith(f"{CLASSES} records differed")
    with closing(Client(own_server.port, auth={"sync": True})) as client:
        epoch = client.next_event("sync").args[0]["epoch"]
        # The server has taken in what reconcile wrote when it answers.
        assert client.ok("sync", {"epoch": epoch, "seq": own_server.database.newest_commit()})["mode"] == "current"
        # All arrays were made: what is measured now is the write alone.
        with closing(Client(own_server.port)) as plain:
            plain.ok("refresh")
        before = own_server.cpu_seconds()
        renamed = client.call("update_coach", {"id": coach["id"], "name": "Renamed"}, {})
        assert own_server.cpu_seconds() - before < LONGEST_SECONDS
        assert renamed["data"] == {**coach, "name": "Renamed"}
        while (event := client.next_event("changes").args[0])["seq"] < renamed["meta"]["seq"]:
            pass
        assert [(change["channel"], change["id"]) for change in event["changes"]] == [("coaches", coach["id"])]
        errors = client.fails("delete_coach", coach["id"])
        assert "used by more than 5,000 schedules" in errors["errors"]
    with closing(Client(own_server.port)) as plain:
        shown = {slot["coach"]["name"] for slot in plain.welcome()[1]["schedules"]}
        assert shown == {"Renamed"}
        assert plain.ok("undo", {"seq": renamed["meta"]["seq"]}) == coach
        shown = {slot["coach"]["name"] for slot in plain.next_event("schedules").args[0]}
        assert shown == {coach["name"]}


@pytest.mark.kinds("postgres", reason="SQLite has one lock, which a group has before it begins")
def test_one_that_waits_for_a_row_that_somebody_else_has_locked(own_server: Server, gym: Gym) -> None:
    """By hand, in the middle of a transaction: as an import may, or somebody who forgot to commit."""
    coaches = [gym.new("coach") for _ in range(3)]
    engine = create_engine(own_server.database.url)
    op = {"op": str(uuid.uuid4())}
    requests = [
        ("update_coach", {"id": coach["id"], "age": 60 + place}, op if place == 1 else {})
        for place, coach in enumerate(coaches)
    ]
    with engine.begin() as connection:
        connection.execute(text("SELECT 1 FROM coaches WHERE id = :id FOR UPDATE"), {"id": coaches[1]["id"]})
        before, locked, after = _together(own_server, gym.client, requests)
    engine.dispose()
    assert_failure(locked, extended=True)
    assert locked["meta"]["code"] == "unavailable"
    assert "too long" in locked["errors"]["errors"]
    assert [ack["data"] for ack in (before, after)] == [{**coaches[0], "age": 60}, {**coaches[2], "age": 62}]
    assert after["meta"]["seq"] == before["meta"]["seq"] + 1
    again = gym.client.call(*requests[1])
    assert again["data"] == {**coaches[1], "age": 61}
    assert "replayed" not in again["meta"]
