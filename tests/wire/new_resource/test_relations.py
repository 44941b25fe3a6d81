"""References that may be absent, a record that refers to its own kind or to itself, and a list without an order."""

from typing import Any

import pytest

from tests.support.acks import assert_failure
from tests.support.gym import Gym
from tests.support.server import Server
from tests.wire.new_resource.tables import assert_reconciled, records_of
from tests.wire.new_resource.test_guest import new_guest

ABSENT = (None, "", " ", {"id": None}, {"id": ""})


def _call(gym: Gym, event: str, data: Any) -> tuple[Any, int]:
    ack = gym.client.call(event, data, {})
    assert ack["ok"], ack
    return ack["data"], ack["meta"]["seq"]


def _update(gym: Gym, guest: dict[str, Any], **fields: Any) -> dict[str, Any]:
    after: dict[str, Any] = gym.client.ok("update_guest", {"id": guest["id"], **fields})
    return after


def _embedded(record: dict[str, Any]) -> dict[str, Any]:
    return {"id": record["id"], "name": record["name"]}


@pytest.mark.parametrize("absent", ABSENT, ids=repr)
def test_an_optional_reference_is_null_under_both_spellings(absent: Any, gym: Gym, target: Server) -> None:
    move = gym.new("exercise_move")
    flat = absent["id"] if isinstance(absent, dict) else absent
    for field, value in (("favourite", absent), ("favourite_id", flat)):
        guest = new_guest(gym, favourite={"id": move["id"]})
        assert guest["favourite"] == _embedded(move)
        assert _update(gym, guest, name="Melanie")["favourite"] == _embedded(move), "what is absent stays"
        after = _update(gym, guest, **{field: value})
        assert after == {**guest, "name": "Melanie", "favourite": None}
        assert records_of(target, "guests")[guest["id"]] == after
        assert new_guest(gym, **{field: value})["favourite"] is None
    assert _update(gym, guest, favourite_id=str(move["id"]))["favourite"] == _embedded(move)


@pytest.mark.parametrize("absent", [None, "", " "], ids=repr)
def test_a_required_reference_says_so_under_its_field(absent: Any, gym: Gym) -> None:
    for field in ("coach", "coach_id"):
        for event, data in (("new_guest", {"name": "Mel"}), ("update_guest", {"id": new_guest(gym)["id"]})):
            errors = gym.client.fails(event, {**data, field: absent})
            assert errors == {"coach": ["Please choose one."], "errors": "Coach: Please choose one."}


def test_two_spellings_that_differ_are_refused(gym: Gym) -> None:
    move = gym.new("exercise_move")
    guest = new_guest(gym, favourite={"id": move["id"]})
    for flat in (None, "", move["id"] + 1):
        ack = gym.client.call("update_guest", {**guest, "favourite_id": flat})
        assert_failure(ack)
        assert "favourite" in ack["errors"]
    assert _update(gym, guest, favourite=None, favourite_id="")["favourite"] is None


def test_a_record_that_refers_to_itself(gym: Gym, target: Server) -> None:
    guest = new_guest(gym)
    after = _update(gym, guest, buddy={"id": guest["id"]})
    assert after["buddy"] == _embedded(guest)
    renamed = _update(gym, guest, name="Renamed")
    assert renamed["buddy"] == _embedded(renamed)
    both = _update(gym, guest, name="Both", buddy_id=guest["id"])
    assert both["buddy"] == _embedded(both)
    assert records_of(target, "guests")[guest["id"]] == both
    was, seq = _call(gym, "delete_guest", {"id": guest["id"]})
    assert was == both
    assert guest["id"] not in records_of(target, "guests")
    assert _call(gym, "undo", {"seq": seq})[0] == both
    assert records_of(target, "guests")[guest["id"]] == both


def test_one_that_another_refers_to_is_not_deleted(gym: Gym) -> None:
    guest = new_guest(gym)
    other = new_guest(gym, buddy_id=guest["id"])
    errors = gym.client.fails("delete_guest", guest)
    assert f"1 guest ({other['name']})" in errors["errors"]
    _update(gym, other, buddy=None)
    gym.client.ok("delete_guest", guest)


@pytest.mark.parametrize("absent", [[], None, ""], ids=repr)
def test_a_list_may_be_empty_and_is_never_null(absent: Any, gym: Gym, target: Server) -> None:
    plan = gym.new("workout_plan")
    assert new_guest(gym, plans=absent)["plans"] == []
    guest = new_guest(gym, plans=[{"id": plan["id"]}])
    assert guest["plans"] == [_embedded(plan)]
    after = _update(gym, guest, plans=absent)
    assert after["plans"] == []
    assert records_of(target, "guests")[guest["id"]] == after
    assert _update(gym, guest, name="Melanie")["plans"] == []
    gym.delete("workout_plan", plan)


def test_a_list_without_an_order_holds_each_record_once_by_id(gym: Gym, target: Server) -> None:
    plans = [gym.new("workout_plan") for _ in range(3)]
    first, second, third = plans
    guest = new_guest(gym, plans=[{"id": plan["id"]} for plan in (third, first, third)])
    assert guest["plans"] == [_embedded(first), _embedded(third)]
    _, seq = _call(gym, "update_guest", {"id": guest["id"], "plans": [{"id": plan["id"]} for plan in plans[::-1]]})
    gym.update("workout_plan", id=second["id"], name="Renamed")
    assert [plan["name"] for plan in records_of(target, "guests")[guest["id"]]["plans"]] == [
        first["name"],
        "Renamed",
        third["name"],
    ]
    assert gym.client.fails("delete_workout_plan", second)
    assert _call(gym, "undo", {"seq": seq})[0] == guest
    was, seq = _call(gym, "delete_guest", {"id": guest["id"]})
    assert was == guest
    assert _call(gym, "undo", {"seq": seq})[0] == guest
    assert records_of(target, "guests")[guest["id"]] == guest


def test_another_order_of_a_list_without_one_is_no_edit(gym: Gym) -> None:
    plans = [gym.new("workout_plan") for _ in range(3)]
    guest = new_guest(gym, plans=plans[:2])
    base = {"base": _rev(gym, guest)}
    _update(gym, guest, name="Renamed", plans=plans[1::-1])
    [newest, _] = gym.client.ok("history", {"channel": "guests", "id": guest["id"]})
    assert newest["changes"] == {"name": ["Mel", "Renamed"]}
    added = gym.client.call("update_guest", {"id": guest["id"], "plans": plans}, base)
    assert added["ok"], "nobody else edited the plans"
    echoed = gym.client.call("update_guest", {**guest, "mood": "good", "plans": guest["plans"][::-1]}, base)
    assert echoed["ok"], "only the mood is an edit"
    assert [plan["id"] for plan in echoed["data"]["plans"]] == [plan["id"] for plan in plans]
    assert gym.client.ok("undo", {"seq": newest["seq"]})["plans"] == echoed["data"]["plans"]


def _rev(gym: Gym, guest: dict[str, Any]) -> int:
    """Of the record as it is."""
    rev: int = gym.client.call("update_guest", {"id": guest["id"]}, {})["meta"]["rev"]
    return rev


def test_what_was_written_is_what_the_models_make_of_the_tables(gym: Gym, target: Server) -> None:
    """`reconcile` reads everything through both: nothing may differ."""
    guest = new_guest(gym, plans=[{"id": gym.new("workout_plan")["id"]} for _ in range(2)])
    _update(gym, guest, buddy_id=guest["id"], favourite=gym.new("exercise_move"))
    new_guest(gym)
    assert_reconciled(target, "tests.wire.new_resource.extended")


def test_an_id_is_never_given_twice(gym: Gym) -> None:
    last = new_guest(gym)
    gym.client.ok("delete_guest", last)
    assert new_guest(gym)["id"] > last["id"]
