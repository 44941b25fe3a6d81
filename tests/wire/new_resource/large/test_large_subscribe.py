"""Parts of a channel that is not in memory: what they hold, and what of it is sent."""

from typing import Any

from tests.support.gym import Gym
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.subscriber import Subscriber
from tests.wire.conftest import Connect, Subscribe
from tests.wire.new_resource.large.test_large import new

Record = dict[str, Any]
MELS = {"channel": "visits", "where": {"name": {"starts": "mel"}}}


def assert_part(subscriber: Subscriber, client: Client) -> None:
    """It has what a list has."""
    for part in subscriber.parts:
        records = client.ok(f"list_{part['channel']}", {"where": part.get("where"), "limit": 1000})["records"]
        assert subscriber.records[part["channel"]] == {record["id"]: record for record in records}, subscriber.story


def test_in_and_out(gym: Gym, subscribe: Subscribe) -> None:
    visit = {"id": new(gym)["id"]}
    inside, outside = (new(gym, "receipt", amount=amount, visit=visit) for amount in (5, 50))
    subscriber = subscribe({"channel": "receipts", "where": {"visit": visit["id"], "amount": {"lt": 10}}})
    assert subscriber.modes == ["snapshot"] and subscriber.ids("receipts") == {inside["id"]}
    for number, amount in ((outside["id"], 6), (inside["id"], 60), (inside["id"], 61)):
        gym.client.ok("update_receipt", {"id": number, "amount": amount})
    subscriber.settle()
    assert subscriber.seen == [("receipts", "put", outside["id"]), ("receipts", "del", inside["id"])]
    assert_part(subscriber, gym.client)
    made = new(gym, "receipt", amount=7, visit=visit)
    gym.client.ok("delete_receipt", {"id": outside["id"]})
    subscriber.settle()
    assert subscriber.seen[2:] == [("receipts", "put", made["id"]), ("receipts", "del", outside["id"])]
    assert len(subscriber.modes) == 1, "it never had to ask again"


def test_a_copy_of_a_record_in_memory(gym: Gym, subscribe: Subscribe) -> None:
    coach, other = gym.new("coach"), gym.new("coach")
    visit = new(gym, coach={"id": coach["id"]})
    by_name = subscribe({"channel": "visits", "where": {"coach.name": coach["name"]}})
    of_coach = subscribe({"channel": "visits", "where": {"coach": coach["id"]}})
    of_other = subscribe({"channel": "visits", "where": {"coach": other["id"]}})
    gym.update("coach", id=coach["id"], name="Renamed")
    for subscriber in (by_name, of_coach, of_other):
        subscriber.settle()
        assert_part(subscriber, gym.client)
    assert by_name.ids("visits") == set()
    assert of_coach.records["visits"][visit["id"]]["coach"]["name"] == "Renamed"
    assert of_other.modes == ["snapshot"] and of_other.seen == [], "its filter rules that coach out"


def test_a_copy_of_a_record_that_is_not_in_memory(gym: Gym, subscribe: Subscribe) -> None:
    friend = new(gym)
    visit = new(gym, friend={"id": friend["id"]})
    receipt = new(gym, "receipt", amount=5, visit={"id": visit["id"]})
    visits, receipts = subscribe({"channel": "visits"}), subscribe({"channel": "receipts"})
    gym.client.ok("update_visit", {"id": friend["id"], "name": "Melissa"})
    gym.client.ok("update_visit", {"id": visit["id"], "name": "Melvin"})
    for subscriber in (visits, receipts):
        subscriber.settle()
        assert_part(subscriber, gym.client)
    assert visits.records["visits"][visit["id"]]["friend"]["name"] == "Melissa"
    assert receipts.records["receipts"][receipt["id"]]["visit"]["name"] == "Melvin"


def test_a_record_and_what_it_copies_in_one_commit(gym: Gym, subscribe: Subscribe) -> None:
    coach = gym.new("coach")
    visit = new(gym, coach={"id": coach["id"]})
    subscriber = subscribe({"channel": "visits", "where": {"coach.name": {"ne": "Nobody"}}})
    writes = [
        {"event": "update_visit", "data": {"id": visit["id"], "name": "Melissa"}},
        {"event": "update_coach", "data": {"id": coach["id"], "name": "Renamed"}},
    ]
    gym.client.ok("batch", {"writes": writes})
    subscriber.settle()
    assert_part(subscriber, gym.client)
    assert subscriber.records["visits"][visit["id"]]["coach"]["name"] == "Renamed"


def test_catching_up(gym: Gym, subscribe: Subscribe, own_server: Server) -> None:
    visit = {"id": new(gym)["id"]}
    stays, gone, out, other = (new(gym, "receipt", amount=amount, visit=visit) for amount in (1, 2, 3, 50))
    subscriber = subscribe({"channel": "receipts", "where": {"amount": {"lt": 10}}})
    subscriber.close()
    gym.client.ok("update_receipt", {"id": stays["id"], "amount": 4})
    gym.client.ok("delete_receipt", {"id": gone["id"]})
    gym.client.ok("update_receipt", {"id": out["id"], "amount": 51})
    gym.client.ok("update_receipt", {"id": other["id"], "amount": 52})
    own_server.restart()
    subscriber.connect()
    assert subscriber.modes == ["snapshot", "delta"]
    expected = [("put", stays["id"]), ("del", gone["id"]), ("del", out["id"])]
    assert sorted(subscriber.seen) == sorted(("receipts", *one) for one in expected)


def test_a_copy_that_changed_meanwhile(gym: Gym, subscribe: Subscribe, own_server: Server) -> None:
    """Who embeds it is not known in memory: the part is read again."""
    visit = gym.client.ok("new_visit", {"name": "Rare"})
    receipt = new(gym, "receipt", amount=1, visit={"id": visit["id"]})
    subscriber = subscribe({"channel": "receipts", "where": {"visit.name": "Rare"}})
    assert subscriber.ids("receipts") == {receipt["id"]}
    subscriber.close()
    gym.client.ok("update_visit", {"id": visit["id"], "name": "Renamed"})
    own_server.restart()
    subscriber.connect()
    assert subscriber.modes == ["snapshot", "snapshot"] and subscriber.ids("receipts") == set()


def test_owned_by_what_is_deleted(gym: Gym, subscribe: Subscribe) -> None:
    schedule = gym.new("schedule")
    visit = new(gym, schedule={"id": schedule["id"]})
    subscriber = subscribe({"channel": "visits", "where": {"schedule": schedule["id"]}})
    seq = gym.client.call("delete_schedule", {"id": schedule["id"]}, {})["meta"]["seq"]
    subscriber.settle()
    assert subscriber.seen == [("visits", "del", visit["id"])]
    gym.client.ok("undo", {"seq": seq})
    subscriber.settle()
    assert_part(subscriber, gym.client)
    assert subscriber.ids("visits") == {visit["id"]}


def test_beside_sync(gym: Gym, connect: Connect) -> None:
    """A client may hold the whole channels, and parts of the others."""
    client = connect(auth={"sync": True})
    seq = client.next_event("sync").args[0]["seq"]
    answer = client.ok("subscribe", MELS)
    assert answer["seq"] == seq
    visit = new(gym)
    # Another process may send them one after the other.
    coach = gym.new("coach")
    changed: list[tuple[str, int]] = []
    while len(changed) < 2:
        event = client.next_event("changes").args[0]
        assert event["prev"] == seq
        seq = event["seq"]
        changed += [(change["channel"], change["id"]) for change in event["changes"]]
    assert changed == [("visits", visit["id"]), ("coaches", coach["id"])]
