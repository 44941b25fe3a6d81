"""A request that would hold up the others fails alone: they are done, and of it there is no trace."""

import uuid
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy import text

from tests.support.acks import assert_failure
from tests.support.flask import flask
from tests.support.gym import Gym
from tests.support.rows import many
from tests.support.server import Server
from tests.support.wire import Client
from tests.wire.conftest import Connect

MOST = 5_000


@pytest.fixture
def watch() -> None:
    """Takes the place of the observers of `tests/wire`, who would read thousands of classes again and again."""


def _together(server: Server, client: Client, requests: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """The acks of requests that wait at the same time, as those do that arrive while another one is committed."""
    with server.database.locked():
        numbers = [client.emit(*request) for request in requests]
    return [client.ack(number, 20) for number in numbers]


@pytest.mark.kinds("sqlite", "postgres", reason="the limit is counted in each process")
def test_a_change_of_thousands_of_records_is_too_large(own_server: Server, gym: Gym, connect: Connect) -> None:
    coach, other, plan = gym.new("coach"), gym.new("coach"), gym.new("workout_plan")
    edit, undone = {"id": coach["id"], "name": "Renamed"}, {"id": coach["id"], "name": "Renamed early"}
    seq = gym.client.call("update_coach", undone, {})["meta"]["seq"]
    one = {"day": "Monday", "hour": "900", "coach_id": coach["id"], "workout_plan_id": plan["id"]}
    many(own_server.database.url, "schedules", [one] * (MOST + 1))
    assert flask(own_server.database.url, "journal", "reconcile").startswith(f"{MOST + 1} records differed")
    client = connect(auth={"sync": True})
    op = {"op": str(uuid.uuid4())}
    first, large, undo, last = _together(
        own_server,
        client,
        [
            ("update_coach", {"id": other["id"], "name": "Before"}, {}),
            ("update_coach", edit, op),
            ("undo", {"seq": seq}, {}),
            ("update_coach", {"id": other["id"], "age": 77}, {}),
        ],
    )
    for refused in (large, undo):
        assert_failure(refused, extended=True)
        assert refused["meta"]["code"] == "too_large"
        assert "5,000" in refused["errors"]["errors"]
    assert first["ok"] and last["data"] == {**other, "name": "Before", "age": 77}
    assert last["meta"]["seq"] == first["meta"]["seq"] + 1, "what was refused is no commit"
    # Nothing of it is remembered: the op is free, and the coach as before.
    free = client.call("update_coach", {"id": coach["id"], "age": 66}, op)
    assert free["data"] == {**coach, "name": "Renamed early", "age": 66}
    assert "replayed" not in free["meta"]


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
