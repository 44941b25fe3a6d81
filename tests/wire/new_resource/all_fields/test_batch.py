"""`batch` on resources of all kinds: columns, lists, what belongs to others, what must be a record's own."""

from typing import Any

import pytest

from tests.support.acks import assert_failure, assert_success
from tests.support.gym import Gym
from tests.support.server import Server
from tests.wire.new_resource.all_fields.test_unique import CLASHES, shared
from tests.wire.new_resource.tables import assert_reconciled, records_of


def _batch(gym: Gym, *writes: tuple[str, Any], **opts: Any) -> Any:
    return gym.client.call("batch", {"writes": [{"event": event, "data": data} for event, data in writes]}, opts)


def _done(gym: Gym, *writes: tuple[str, Any], **opts: Any) -> Any:
    ack = _batch(gym, *writes, **opts)
    assert_success(ack, extended=True)
    return ack


def _booking(gym: Gym, **fields: Any) -> dict[str, Any]:
    made: dict[str, Any] = gym.client.ok("new_booking", {"name": "Mel", **fields})
    return made


def test_several_new_ones_have_all_columns(gym: Gym, target: Server) -> None:
    move, coach = gym.new("exercise_move"), gym.new("coach")
    moves = [{**move, "sets": 3, "weight": 2.5}, {"id": move["id"]}]
    payloads: dict[str, Any] = {
        "locker": {"name": "Left", "price": "12.50", "since": "2026-02-01", "opens": "07:00", "contents": {"a": [1]}},
        "ticket": {"seats": 3},
        "routine": {"name": "Routine", "moves": moves, "coaches": [{"id": coach["id"], "years": 4}]},
        "booking": {"name": "Mel", "schedule": gym.new("schedule")},
        "shelf": {"number": 7, "moves": [move]},
    }
    for name, payload in payloads.items():
        alone = gym.client.ok(f"new_{name}", payload)
        records = _done(gym, *[(f"new_{name}", payload)] * 3)["data"]
        assert [record["id"] - alone["id"] for record in records] == [1, 2, 3]
        moments = {field: None for field in ("id", "made", "edited") if field in alone}
        assert [record | moments for record in records] == [alone | moments] * 3
    assert_reconciled(target)


@pytest.mark.parametrize("kind", CLASHES)
def test_what_must_be_a_records_own_in_one_batch(kind: str, gym: Gym) -> None:
    fields, line = CLASHES[kind]
    shelves = [{"number": 1, **one} for one in shared(gym, kind)]
    other = {"number": 2}
    for opts in ({"check": True}, {}):
        ack = _batch(gym, ("new_shelf", other), *(("new_shelf", shelf) for shelf in shelves), **opts)
        assert_failure(ack, extended=True)
        assert ack["errors"]["writes"].keys() == {"2"}
        assert ack["errors"]["writes"]["2"] == {"errors": ack["errors"]["writes"]["2"]["errors"]} | {
            field: [line] for field in fields
        }
    [one, two] = _done(gym, ("new_shelf", shelves[0]), ("new_shelf", other))["data"]
    # What one gives up another may have, and an undo brings both back.
    free = {field: None if field != "number" else 9 for field in fields}
    ack = _done(gym, ("update_shelf", {"id": one["id"], **free}), ("update_shelf", {"id": two["id"], **shelves[1]}))
    undone = gym.client.call("undo", {"seq": ack["meta"]["seq"]}, {})
    assert undone["ok"], undone
    ack = _done(gym, ("delete_shelf", one), ("new_shelf", shelves[1]), ("delete_shelf", two))
    for _ in range(3):
        ack = gym.client.call("undo", {"seq": ack["meta"]["seq"]}, {})
        assert ack["ok"], ack


def test_new_ones_that_refer_to_one_another_by_a_guess(gym: Gym) -> None:
    first = _booking(gym)["id"] + 1
    new = [{"name": "Friend", "friend": {"id": first - 1}}, {"name": "Friend"}]
    assert [record["friend"] for record in _done(gym, *(("new_booking", one) for one in new))["data"]] == [
        {"id": first - 1, "name": "Mel"}, None,
    ]  # fmt: skip


def test_what_is_made_and_goes_with_another_never_was(gym: Gym, target: Server) -> None:
    slot = gym.new("schedule")
    booking = _booking(gym, schedule=slot)
    other = _booking(gym, friend=booking)
    writes = [
        ("update_booking", {"id": other["id"], "friend": None}),
        ("new_booking", {"name": "New", "schedule": slot}),
        ("new_booking", {"name": "Newer", "about": booking}),
        ("delete_schedule", slot),
    ]
    before = records_of(target, "bookings")
    assert [record["name"] for record in _done(gym, *writes, check=True)["data"][:3]] == ["Mel", "New", "Newer"]
    ack = _done(gym, *writes)
    made = [record["id"] for record in ack["data"][1:3]]
    assert ack["meta"]["revs"] == [ack["meta"]["seq"]] * 4
    for number in made:
        assert gym.client.ok("history", {"channel": "bookings", "id": number}) == []
    assert records_of(target, "bookings") == {other["id"]: other | {"friend": None}} | {
        number: row for number, row in before.items() if number not in (booking["id"], other["id"])
    }
    gym.client.ok("undo", {"seq": ack["meta"]["seq"]})
    assert records_of(target, "bookings") == before
    assert_reconciled(target)


def test_what_referred_to_one_another_in_a_circle_cannot_come_back(gym: Gym, target: Server) -> None:
    one = _booking(gym)
    other = _booking(gym, friend=one)
    gym.client.ok("update_booking", {"id": one["id"], "friend": other})
    ack = _done(
        gym,
        ("update_booking", {"id": one["id"], "friend": None}),
        ("delete_booking", other),
        ("delete_booking", one),
    )
    before = records_of(target, "bookings")
    undone = gym.client.call("undo", {"seq": ack["meta"]["seq"]}, {})
    assert_failure(undone, extended=True)
    assert undone["meta"]["code"] == "invalid" and "circle" in undone["errors"]["errors"]
    assert records_of(target, "bookings") == before
