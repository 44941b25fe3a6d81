"""`subscribe`: a part of a channel, and of its changes those that concern the part."""

import threading
from contextlib import closing
from typing import Any

import pytest

from tests.support.gym import Gym
from tests.support.published import synced_client
from tests.support.server import Server
from tests.support.socketio_client import CHANNELS
from tests.support.trim import trim
from tests.wire.conftest import Connect, Follow, Subscribe

MONDAY = {"channel": "schedules", "where": {"day": "Monday"}}


def test_the_first_answer_has_the_part_and_nothing_else(gym: Gym, connect: Connect) -> None:
    monday = gym.new("schedule")
    gym.new("schedule", day="Tuesday")
    answer = connect().ok("subscribe", MONDAY)
    assert set(answer) == {"mode", "epoch", "seq", "snapshot"}
    assert answer["mode"] == "snapshot" and set(answer["snapshot"]) == {"schedules"}
    [row] = answer["snapshot"]["schedules"]
    assert set(row) == {"rev", "record"} and row["record"] == monday


def test_a_record_moves_into_the_part_and_out_of_it(gym: Gym, subscribe: Subscribe) -> None:
    inside, outside = gym.new("schedule"), gym.new("schedule", day="Tuesday")
    subscriber = subscribe(MONDAY)
    gym.update("schedule", id=outside["id"], day="Monday")
    gym.update("schedule", id=inside["id"], day="Tuesday")
    subscriber.settle()
    assert subscriber.seen == [("schedules", "put", outside["id"]), ("schedules", "del", inside["id"])]
    assert subscriber.ids("schedules") == {outside["id"]}


def test_nothing_is_sent_of_what_is_outside(gym: Gym, subscribe: Subscribe) -> None:
    outside = gym.new("schedule", day="Tuesday")
    subscriber = subscribe(MONDAY)
    gym.update("schedule", id=outside["id"], hour="1000")
    gym.new("schedule", day="Friday")
    gym.update("coach", id=outside["coach"]["id"], name="Outside")
    gym.delete("schedule", outside)
    subscriber.settle()
    assert subscriber.seen == []


def test_new_and_deleted_records_of_the_part(gym: Gym, subscribe: Subscribe) -> None:
    subscriber = subscribe(MONDAY)
    record = gym.new("schedule")
    subscriber.settle()
    assert subscriber.records["schedules"] == {record["id"]: record}
    gym.delete("schedule", record)
    subscriber.settle()
    assert subscriber.seen == [("schedules", "put", record["id"]), ("schedules", "del", record["id"])]


def test_a_copy_that_the_filter_reads_moves_records(gym: Gym, subscribe: Subscribe) -> None:
    record = gym.new("schedule")
    coach = record["coach"]["id"]
    other = gym.new("schedule", coach_id=coach)
    subscriber = subscribe({"channel": "schedules", "where": {"coach.name": {"starts": "may"}}})
    gym.update("coach", id=coach, name="Maya")
    subscriber.settle()
    assert {kind for _, kind, _ in subscriber.seen} == {"put"}
    assert subscriber.ids("schedules") == {record["id"], other["id"]}
    assert subscriber.records["schedules"][record["id"]]["coach"]["name"] == "Maya"
    gym.update("coach", id=coach, name="Noor")
    subscriber.settle()
    assert subscriber.ids("schedules") == set()


def test_a_copy_that_the_filter_does_not_read_is_still_the_newest(gym: Gym, subscribe: Subscribe) -> None:
    record = gym.new("schedule")
    subscriber = subscribe(MONDAY)
    rev = subscriber.revs["schedules"][record["id"]]
    gym.update("coach", id=record["coach"]["id"], name="Renamed")
    subscriber.settle()
    assert subscriber.records["schedules"][record["id"]]["coach"]["name"] == "Renamed"
    assert subscriber.revs["schedules"][record["id"]] == rev, "it is no change of the class"
    gym.update("coach", id=record["coach"]["id"], age=44)
    subscriber.settle()
    assert len(subscriber.seen) == 1, "an age that no class shows"


def test_a_copy_of_a_list(gym: Gym, subscribe: Subscribe) -> None:
    plan = gym.new("workout_plan")
    move = plan["exercise_moves"][0]["id"]
    gym.new("workout_plan")
    subscriber = subscribe({"channel": "workout_plans", "where": {"exercise_moves": {"has": move}}})
    gym.update("exercise_move", id=move, name="Deep Squat")
    subscriber.settle()
    assert subscriber.seen == [("workout_plans", "put", plan["id"])]
    assert subscriber.records["workout_plans"][plan["id"]]["exercise_moves"][0]["name"] == "Deep Squat"


def test_a_socket_that_subscribes_gets_no_arrays(gym: Gym, connect: Connect) -> None:
    client = connect()
    client.welcome()
    client.ok("subscribe", MONDAY)
    gym.new("schedule")
    gym.new("schedule", day="Tuesday")
    client.round_trip()
    assert not {event.name for event in client.take()} & set(CHANNELS)


def test_connect_without_arrays(gym: Gym, connect: Connect) -> None:
    client = connect(auth={"arrays": False})
    gym.new("coach")
    client.round_trip()
    assert not {event.name for event in client.take()} & {*CHANNELS, "sync"}


def test_several_parts_are_one_stream(gym: Gym, subscribe: Subscribe) -> None:
    record = gym.new("schedule")
    coach = record["coach"]["id"]
    subscriber = subscribe(MONDAY)
    subscriber.subscribe("schedules", {"coach": coach})
    subscriber.subscribe("coaches", {"id": coach})
    gym.update("schedule", id=record["id"], day="Tuesday")
    subscriber.settle()
    assert subscriber.seen == [("schedules", "put", record["id"])], "it left one part, and is in the other"
    gym.update("coach", id=coach, name="Renamed")
    subscriber.settle()
    assert set(subscriber.seen[1:]) == {("coaches", "put", coach), ("schedules", "put", record["id"])}
    gym.delete("schedule", record)
    subscriber.settle()
    assert subscriber.seen[-1] == ("schedules", "del", record["id"])


def test_unsubscribe(gym: Gym, subscribe: Subscribe) -> None:
    subscriber = subscribe(MONDAY)
    subscriber.subscribe("coaches")
    # Spelled otherwise, it is the same part.
    subscriber.client.ok("unsubscribe", {"channel": "schedules", "where": {"day": {"in": ["Monday"]}}})
    gym.new("schedule")
    subscriber.settle()
    assert {channel for channel, _, _ in subscriber.seen} == {"coaches"}
    subscriber.client.ok("unsubscribe", {"channel": "schedules", "where": {"day": "Sunday"}})


def test_synced_and_subscribed(gym: Gym, connect: Connect) -> None:
    client = connect(auth={"sync": True})
    synced = client.next_event("sync").args[0]
    answer = client.ok("subscribe", MONDAY)
    assert answer["seq"] == synced["seq"]
    record = gym.new("schedule")
    coach, plan = record["coach"]["id"], record["workout_plan"]["id"]
    seqs = answer["seq"]
    changed: list[tuple[str, int]] = []
    while len(changed) < 4:
        event = client.next_event("changes").args[0]
        assert event["prev"] == seqs
        seqs = event["seq"]
        changed += [(change["channel"], change["id"]) for change in event["changes"]]
    assert ("coaches", coach) in changed and ("workout_plans", plan) in changed, "all that a synced client gets"
    assert changed.count(("schedules", record["id"])) == 1


def test_subscribed_then_synced(gym: Gym, connect: Connect) -> None:
    client = connect(auth={"arrays": False})
    client.ok("subscribe", MONDAY)
    answer = client.ok("sync", None)
    gym.new("coach")
    event = client.next_event("changes").args[0]
    assert event["prev"] == answer["seq"] and event["changes"][0]["channel"] == "coaches"


class TestCatchUp:
    """What a subscriber is told that was away."""

    def test_nothing_happened(self, gym: Gym, subscribe: Subscribe) -> None:
        gym.new("schedule")
        subscriber = subscribe(MONDAY)
        subscriber.close()
        subscriber.connect()
        assert subscriber.modes == ["snapshot", "current"]

    def test_a_delta_has_what_left_the_part_and_nothing_else(self, gym: Gym, subscribe: Subscribe) -> None:
        stays, leaves, goes = (gym.new("schedule") for _ in range(3))
        outside = gym.new("schedule", day="Tuesday")
        comes = gym.new("schedule", day="Tuesday")
        subscriber = subscribe(MONDAY)
        subscriber.close()
        gym.update("schedule", id=stays["id"], hour="1100")
        gym.update("schedule", id=leaves["id"], day="Wednesday")
        gym.delete("schedule", goes)
        gym.update("schedule", id=comes["id"], day="Monday")
        gym.update("schedule", id=outside["id"], hour="1200")
        gym.delete("schedule", outside)
        gym.delete("schedule", gym.new("schedule"))
        subscriber.connect()
        assert subscriber.modes[-1] == "delta"
        assert sorted(subscriber.seen) == sorted(
            [
                ("schedules", "put", stays["id"]),
                ("schedules", "del", leaves["id"]),
                ("schedules", "del", goes["id"]),
                ("schedules", "put", comes["id"]),
            ]
        )

    def test_copies_that_changed_meanwhile(self, gym: Gym, subscribe: Subscribe) -> None:
        one, other = gym.new("schedule"), gym.new("schedule")
        coach = one["coach"]["id"]
        gym.update("coach", id=coach, name="Maya")
        subscriber = subscribe({"channel": "schedules", "where": {"coach.name": "Maya"}})
        subscriber.close()
        gym.update("coach", id=coach, name="Noor")
        gym.update("coach", id=other["coach"]["id"], name="Maya")
        subscriber.connect()
        assert set(subscriber.seen) == {("schedules", "del", one["id"]), ("schedules", "put", other["id"])}

    def test_from_the_journal_after_a_restart(self, own_server: Server, gym: Gym, subscribe: Subscribe) -> None:
        one, other = gym.new("schedule"), gym.new("schedule")
        subscriber = subscribe(MONDAY)
        subscriber.close()
        gym.update("schedule", id=one["id"], day="Sunday")
        gym.update("coach", id=other["coach"]["id"], name="Renamed")
        own_server.restart()
        subscriber.connect()
        assert subscriber.modes[-1] == "delta"
        assert set(subscriber.seen) == {("schedules", "del", one["id"]), ("schedules", "put", other["id"])}
        assert subscriber.records["schedules"][other["id"]]["coach"]["name"] == "Renamed"

    def test_a_cursor_that_is_too_old(self, own_server: Server, gym: Gym, subscribe: Subscribe) -> None:
        record = gym.new("schedule")
        subscriber = subscribe(MONDAY)
        subscriber.close()
        gym.delete("schedule", record)
        kept = gym.new("schedule")
        trim(own_server.database.url, 1)
        own_server.restart()
        subscriber.connect()
        assert subscriber.modes[-1] == "snapshot"
        assert subscriber.ids("schedules") == {kept["id"]}

    def test_a_cursor_of_another_epoch(self, gym: Gym, connect: Connect) -> None:
        gym.new("schedule")
        answer = connect().ok("subscribe", {**MONDAY, "epoch": "another", "seq": 1})
        assert answer["mode"] == "snapshot"

    def test_more_than_a_delta_holds_is_a_snapshot(self, gym: Gym, subscribe: Subscribe) -> None:
        record = gym.new("schedule")
        coach, plan = record["coach"]["id"], record["workout_plan"]["id"]
        subscriber = subscribe(MONDAY)
        subscriber.close()
        many = [("new_schedule", gym.payload("schedule", coach_id=coach, workout_plan_id=plan)) for _ in range(2_100)]
        assert all(ack["ok"] for ack in gym.client.pipeline(many))
        subscriber.connect()
        assert subscriber.modes[-1] == "snapshot" and len(subscriber.ids("schedules")) == 2_101

    def test_a_change_of_too_many_at_once_sends_subscribers_back(self, gym: Gym, subscribe: Subscribe) -> None:
        record = gym.new("schedule")
        coach, plan = record["coach"]["id"], record["workout_plan"]["id"]
        many = [("new_schedule", gym.payload("schedule", coach_id=coach, workout_plan_id=plan)) for _ in range(2_100)]
        assert all(ack["ok"] for ack in gym.client.pipeline(many))
        subscriber = subscribe(MONDAY)
        gym.update("coach", id=coach, name="Renamed")
        subscriber.settle()
        names = {record["coach"]["name"] for record in subscriber.records["schedules"].values()}
        assert names == {"Renamed"} and len(subscriber.ids("schedules")) == 2_101
        assert subscriber.seen == [] and subscriber.modes[-1] == "snapshot"


def test_frames_follow_one_another_though_some_are_not_sent(gym: Gym, subscribe: Subscribe) -> None:
    early = subscribe(MONDAY)
    gym.new("coach")
    late = subscribe(MONDAY)
    assert late.cursor != early.cursor
    record = gym.new("schedule")
    for subscriber in (early, late):
        subscriber.settle()
        assert subscriber.ids("schedules") == {record["id"]}
        assert len(subscriber.modes) == 1, "none had to ask again"


def test_a_heartbeat_says_how_far_it_is(own_server: Server, gym: Gym, subscribe: Subscribe) -> None:
    subscriber = subscribe(MONDAY)
    made = gym.client.call("new_coach", gym.payload("coach"), {})["meta"]["seq"]
    subscriber.read_until(lambda it: it.cursor["seq"] >= made, "a heartbeat")
    assert subscriber.modes == ["snapshot"] and subscriber.seen == []


@pytest.mark.settings(HEARTBEAT_SECONDS="1")
def test_a_heartbeat_comes_also_while_commits_are_sent_to_others(own_server: Server, subscribe: Subscribe) -> None:
    enough = threading.Event()

    def write() -> None:
        with closing(synced_client(own_server)) as client:
            gym = Gym(client)
            while not enough.wait(0.05):
                gym.new("coach")

    subscriber = subscribe(MONDAY)
    assert subscriber.cursor is not None
    began = subscriber.cursor["seq"]
    writer = threading.Thread(target=write)
    writer.start()
    try:
        subscriber.read_until(lambda it: it.cursor["seq"] > began, "a heartbeat")
    finally:
        enough.set()
        writer.join()
    assert subscriber.modes == ["snapshot"] and subscriber.seen == []


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"channel": "nowhere"}, "channel"),
        ({}, "channel"),
        ({"channel": "schedules", "where": {"dy": 1}}, "where.dy"),
        ({"channel": "schedules", "filter": {}}, "filter"),
        ({"channel": "schedules", "seq": 3}, "epoch"),
        ({"channel": "schedules", "epoch": "e"}, "seq"),
        ({"channel": "schedules", "epoch": "e", "seq": "3"}, "seq"),
        ({"channel": "schedules", "where": []}, "where"),
    ],
)
def test_refused_by_name(connect: Connect, data: Any, field: str) -> None:
    assert field in connect().fails("subscribe", data)


@pytest.mark.parametrize("data", [None, [], "schedules", 3])
def test_no_object(connect: Connect, data: Any) -> None:
    assert "channel" in connect().fails("subscribe", data)["errors"]


def test_no_more_than_so_many_at_a_time(connect: Connect) -> None:
    client = connect(auth={"arrays": False})
    for number in range(50):
        client.ok("subscribe", {"channel": "coaches", "where": {"age": number}})
    ack = client.call("subscribe", {"channel": "coaches", "where": {"age": 50}}, {})
    assert ack["meta"]["code"] == "too_large" and "Unsubscribe" in ack["errors"]["errors"]
    # One of those that it has is no further one.
    client.ok("subscribe", {"channel": "coaches", "where": {"age": 49}})
    client.ok("unsubscribe", {"channel": "coaches", "where": {"age": 0}})
    client.ok("subscribe", {"channel": "coaches", "where": {"age": 50}})


def test_no_more_than_so_many_conditions(connect: Connect) -> None:
    client = connect(auth={"arrays": False})
    wheres = [{"or": [{"age": number + 100 * step} for number in range(45)]} for step in range(5)]
    acks = [client.call("subscribe", {"channel": "coaches", "where": where}, {}) for where in wheres]
    codes = [ack["meta"].get("code") for ack in acks]
    assert codes == [None, None, None, None, "too_large"]


def test_equal_parts_of_many_share_a_frame(gym: Gym, subscribe: Subscribe, follow: Follow) -> None:
    subscribers = [subscribe(MONDAY) for _ in range(5)]
    record = gym.new("schedule")
    follow()
    for subscriber in subscribers:
        subscriber.settle()
        assert subscriber.records["schedules"] == {record["id"]: record}
