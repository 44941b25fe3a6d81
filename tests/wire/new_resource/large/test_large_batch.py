"""`batch` on resources that are not in memory: what it changes and refers to is read from the journal."""

from typing import Any

from tests.support.acks import assert_success
from tests.support.gym import Gym
from tests.support.server import Server
from tests.wire.new_resource.large.stored import assert_stored
from tests.wire.new_resource.large.test_large import listed, new


def _done(gym: Gym, *writes: tuple[Any, ...], **opts: Any) -> Any:
    entries = [dict(zip(("event", "data", "base"), write, strict=False)) for write in writes]
    ack = gym.client.call("batch", {"writes": entries}, opts)
    assert_success(ack, extended=True)
    return ack


def test_writes_of_all_kinds_and_their_undo(gym: Gym, target: Server) -> None:
    coach, slot = gym.new("coach"), gym.new("schedule")
    made = gym.client.call("new_visit", {"name": "Mel", "coach": coach}, {})
    visit, rev = made["data"], made["meta"]["rev"]
    goes, owned = new(gym, schedule=slot), new(gym, schedule=slot, name="Ann")
    member = new(gym, "member", last_visit=goes)
    before = listed(gym.client, "visits")
    writes = [
        ("update_visit", {"id": visit["id"], "code": "B1"}, rev),
        ("update_visit", {"id": visit["id"], "name": "Bea"}, rev),
        ("update_coach", {"id": coach["id"], "name": "Renamed"}),
        *(("new_receipt", {"amount": amount, "visit": {"id": visit["id"]}}) for amount in range(60)),
        ("new_visit", {"name": "Cleo", "friend": visit}),
        ("update_member", {"id": member["id"], "last_visit": None}),
        ("new_visit", {"name": "Never", "schedule": slot}),
        ("delete_schedule", slot),
    ]
    assert _done(gym, *writes, check=True)["data"][1]["name"] == "Bea"
    assert listed(gym.client, "visits") == before
    ack = _done(gym, *writes)
    changed = visit | {"code": "B1", "name": "Bea", "coach": {"id": coach["id"], "name": "Renamed"}}
    assert gym.client.ok("get_visit", {"id": visit["id"]}) == changed
    receipts = listed(gym.client, "receipts", where={"visit": visit["id"]})
    assert [receipt["amount"] for receipt in receipts] == list(range(60))
    assert {receipt["visit"]["name"] for receipt in receipts} == {"Bea"}
    names = [record["name"] for record in listed(gym.client, "visits")]
    assert "Cleo" in names and "Never" not in names and owned["name"] not in names
    assert_stored(target)
    for expected in (before, None, before):
        ack = gym.client.call("undo", {"seq": ack["meta"]["seq"]}, {})
        assert ack["ok"], ack
        assert expected is None or listed(gym.client, "visits") == expected
        assert_stored(target)


def test_a_conflict_is_with_what_others_changed(gym: Gym) -> None:
    made = gym.client.call("new_visit", {"name": "Mel"}, {})
    number, rev = made["data"]["id"], made["meta"]["rev"]
    gym.client.ok("update_visit", {"id": number, "name": "Ann"})
    writes = [{"event": "update_visit", "data": {"id": number, "code": "C1"}, "base": rev}]
    writes.append({"event": "update_visit", "data": {"id": number, "name": "Bea"}, "base": rev})
    ack = gym.client.call("batch", {"writes": writes}, {})
    assert ack["errors"]["writes"].keys() == {"1"} and ack["meta"]["code"] == "conflict"
    assert ack["meta"]["current"]["name"] == "Ann" and ack["meta"]["current"]["code"] == ""
