"""Rows that an import or a hand wrote past a running server: what it cannot do it refuses clearly; it takes them in."""

from contextlib import closing
from typing import Any

import pytest

from tests.support.acks import assert_failure
from tests.support.flask import flask
from tests.support.gym import Gym
from tests.support.observers import Observers
from tests.support.rows import many, sql
from tests.support.server import Server
from tests.support.socketio_client import Client


def _reconcile(server: Server) -> str:
    return flask(server.database.url, "journal", "reconcile")


def _forget_ids(server: Server, last: int) -> None:
    """Let the database believe that `last` was the last id that it gave to a coach."""
    if "postgresql" in server.database.url:
        sql(server.database.url, "SELECT setval('coaches_id_seq', :last)", last=last)
    else:
        sql(server.database.url, "UPDATE sqlite_sequence SET seq = :last WHERE name = 'coaches'", last=last)


def _assert_out_of_step(ack: dict[str, Any], server: Server) -> None:
    """A person is told what is wrong and who can mend it, a program that it may try again; the log has a line."""
    assert_failure(ack, extended=True)
    assert ack["meta"] == {"code": "unavailable"}
    assert "journal reconcile" in ack["errors"]["errors"]
    assert "journal reconcile" in server.log()


pytestmark = pytest.mark.kinds("sqlite", "postgres-two", reason="the databases differ in how they give ids")


def test_an_import_with_ids(gym: Gym, target: Server, observers: Observers) -> None:
    """One that the server may not have heard of is not found out by those who make new ones."""
    last = gym.new("coach")["id"]
    names = {last + place: f"Imported {place}" for place in (1, 2, 5)}
    rows = [{"id": number, "name": name, "age": 40, "picture": ""} for number, name in names.items()]
    many(target.database.url, "coaches", rows)
    ack = gym.client.call("new_coach", gym.payload("coach"), {})
    if ack["ok"]:
        # SQLite learns of the ids that it is given.
        assert ack["data"]["id"] == last + 6
    else:
        _assert_out_of_step(ack, target)
    said = _reconcile(target)
    assert said.startswith("3 records differed."), said
    new = gym.new("coach")
    assert new["id"] == last + 6 + ack["ok"], "the next one that is free"
    observers.synced.read_until(lambda replica: new in replica.arrays["coaches"], "the new coach")
    shown = {row["id"]: row["name"] for row in observers.synced.replica.arrays["coaches"]}
    assert shown.items() >= names.items()
    assert observers.synced.resyncs == 0
    assert _reconcile(target) == "0 records differed.\n"
    gym.update("coach", id=last + 5, name="Imported and edited")


@pytest.mark.usefixtures("own_server")
def test_an_id_that_was_given_once_is_not_given_again_even_if_the_database_would(target: Server, gym: Gym) -> None:
    first, second = gym.new("coach"), gym.new("coach")
    gym.delete("coach", second)
    _forget_ids(target, first["id"])
    _assert_out_of_step(gym.client.call("new_coach", gym.payload("coach"), {}), target)
    gym.client.close()
    target.restart()
    with closing(Client(target.port, auth={"sync": True})) as client:
        gym = Gym(client)
        _forget_ids(target, first["id"])
        _assert_out_of_step(client.call("new_coach", gym.payload("coach"), {}), target)
        _forget_ids(target, first["id"])
        said = _reconcile(target)
        assert (
            said == "0 records differed.\nIds of coaches would have been given twice: they begin after the highest.\n"
        )
        assert gym.new("coach")["id"] == second["id"] + 1


def test_a_row_that_was_deleted_by_hand(gym: Gym, target: Server) -> None:
    coach, other = gym.new("coach"), gym.new("coach")
    sql(target.database.url, "DELETE FROM coaches WHERE id = :id", id=coach["id"])
    _assert_out_of_step(gym.client.call("update_coach", {"id": coach["id"], "age": 50}, {}), target)
    assert _reconcile(target) == "1 records differed.\n"
    assert gym.client.fails("update_coach", {"id": coach["id"], "age": 50})["id"]
    gym.update("coach", id=other["id"], age=51)


def test_an_undo_gives_an_id_back_and_nobody_else_gets_it(gym: Gym, target: Server) -> None:
    coach = gym.new("coach")
    seq = gym.client.call("delete_coach", coach, {})["meta"]["seq"]
    assert gym.client.ok("undo", {"seq": seq}) == coach
    assert gym.new("coach")["id"] == coach["id"] + 1
    # By hand, under the id of one that may come back: the server knows nothing of it.
    seq = gym.client.call("delete_coach", coach, {})["meta"]["seq"]
    many(target.database.url, "coaches", [{"id": coach["id"], "name": "Imported", "age": 40, "picture": ""}])
    _assert_out_of_step(gym.client.call("undo", {"seq": seq}, {}), target)
    assert _reconcile(target) == "1 records differed.\n"
    ack = gym.client.call("undo", {"seq": seq}, {})
    assert ack["meta"]["code"] == "conflict", "somebody else has the id now"
