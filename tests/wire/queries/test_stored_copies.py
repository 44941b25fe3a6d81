"""Copies and what is stored: after a restart, a change by hand, an upgrade, and in the journal of an older version."""

from contextlib import closing

from sqlalchemy import create_engine, text

from tests.support.acks import assert_failure
from tests.support.flask import flask
from tests.support.gym import Gym
from tests.support.observer import Observer
from tests.support.observers import Observers
from tests.support.older_journal import rewrite_journal
from tests.support.rows import many, sql
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.trim import trim
from tests.wire.queries.classes import call, classes_of


def test_it_holds_after_a_restart_however_short_the_journal_is(own_server: Server, gym: Gym) -> None:
    """The newest state of each record is all that is left then: the class's is older than its coach's."""
    coach = gym.new("coach")
    slot = gym.new("schedule", coach={"id": coach["id"]})
    follower = Observer(own_server, synced=True)
    gym.update("coach", id=coach["id"], name="Renamed")
    gym.new("exercise_move")
    trim(own_server.database.url, 1)
    own_server.restart()
    follower.catch_up()
    with closing(Client(own_server.port)) as fresh:
        assert fresh.welcome()[1]["schedules"] == [{**slot, "coach": {"id": coach["id"], "name": "Renamed"}}]
    with closing(Client(own_server.port, auth={"sync": True})) as client:
        Gym(client).update("coach", id=coach["id"], name="Again")
    follower.read_until(lambda replica: replica.arrays["schedules"][0]["coach"]["name"] == "Again", "the name")
    follower.close()


def test_what_was_changed_by_hand_is_followed_as_well(gym: Gym, observers: Observers, target: Server) -> None:
    """Reconcile takes no class for changed because of its coach, nor a copy for what was edited of it."""
    coach = gym.new("coach")
    edited, other = classes_of(gym, coach["id"], 2)
    gym.update("coach", id=coach["id"], name="Renamed")
    assert flask(target.database.url, "journal", "reconcile") == "0 records differed.\n"
    sql(target.database.url, "UPDATE coaches SET name = 'By hand' WHERE id = :id", id=coach["id"])
    sql(target.database.url, "UPDATE schedules SET hour = '1000' WHERE id = :id", id=edited["id"])
    assert flask(target.database.url, "journal", "reconcile") == "2 records differed.\n"
    shown = {"id": coach["id"], "name": "By hand"}
    expected = [{**edited, "hour": "1000", "coach": shown}, {**other, "coach": shown}]
    for observer in observers.both:
        observer.read_until(lambda replica: replica.arrays["schedules"] == expected, "what was written by hand")
    newest, first = gym.client.ok("history", {"channel": "schedules", "id": edited["id"]})
    assert newest["changes"] == {"hour": ["900", "1000"]}
    assert len(gym.client.ok("history", {"channel": "schedules", "id": other["id"]})) == 1
    assert_failure(gym.client.call("undo", {"seq": newest["seq"]}, {}), extended=True)
    assert first["seq"] < newest["seq"]


def test_copies_that_have_other_fields_after_an_upgrade_reach_who_comes_back(own_server: Server, gym: Gym) -> None:
    slot = gym.new("schedule")
    gym.client.close()
    with closing(Observer(own_server, synced=True)) as follower:
        rewrite_journal(own_server, "schedules", lambda record: record["workout_plan"].pop("difficulty"))
        follower.replica.channels["schedules"][slot["id"]][1]["workout_plan"].pop("difficulty")
        follower.catch_up()
        assert follower.replica.arrays["schedules"] == [slot]
        assert follower.resyncs == 0


def test_what_older_versions_wrote_into_the_journal_can_be_undone(own_server: Server, gym: Gym) -> None:
    """There a rename was a row of each class too: that is no edit of theirs."""
    slot = gym.new("schedule")
    coach = slot["coach"]
    _, seq = call(gym, "update_coach", {"id": coach["id"], "name": "Renamed"})
    _, other = call(gym, "update_coach", {"id": coach["id"], "name": "Again"})
    engine = create_engine(own_server.database.url)
    with engine.begin() as connection:
        query = "SELECT record FROM journal_changes WHERE channel = 'schedules' AND record_id = :id"
        before = connection.execute(text(query), {"id": slot["id"]}).scalar_one()
        after = before.replace(coach["name"], "Again")
    engine.dispose()
    row = {"channel": "schedules", "record_id": slot["id"], "record": after, "before": before}
    many(own_server.database.url, "journal_changes", [{"seq": other, "place": 1, **row}])
    own_server.restart()
    with closing(Client(own_server.port, auth={"sync": True})) as client:
        gym = Gym(client)
        assert call(gym, "undo", {"seq": other})[0]["name"] == "Renamed"
        assert call(gym, "undo", {"seq": seq})[0]["name"] == coach["name"]
        question = {"channel": "schedules", "id": slot["id"]}
        # The observers did not see what was written past the server.
        edited = Gym(client).update("schedule", id=slot["id"], hour="1000")
        told = {entry["seq"]: entry["changes"] for entry in client.ok("history", question)}
        assert told[other] == {"coach": [coach, {**coach, "name": "Again"}]}
        assert_failure(client.call("undo", {"seq": seq}, {}), extended=True)
    with closing(Client(own_server.port)) as fresh:
        assert fresh.welcome()[1]["schedules"] == [edited] == [{**slot, "hour": "1000"}]
