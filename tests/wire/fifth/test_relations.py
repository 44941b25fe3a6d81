"""References that may be absent, a record that refers to its own kind or to itself, and a list without an order."""

from typing import Any

import pytest

from tests.support.acks import assert_failure
from tests.support.flask import flask
from tests.support.gym import Gym
from tests.support.server import Server
from tests.wire.fifth.test_member import members_of
from tests.wire.fifth.test_member import new_member

ABSENT = (None, "", " ", {"id": None}, {"id": ""})


def _call(gym: Gym, event: str, data: Any) -> tuple[Any, int]:
    ack = gym.client.call(event, data, {})
    assert ack["ok"], ack
    return ack["data"], ack["meta"]["seq"]


def _update(gym: Gym, member: dict[str, Any], **fields: Any) -> dict[str, Any]:
    after: dict[str, Any] = gym.client.ok("update_member", {"id": member["id"], **fields})
    return after


def _embedded(record: dict[str, Any]) -> dict[str, Any]:
    return {"id": record["id"], "name": record["name"]}


@pytest.mark.parametrize("absent", ABSENT, ids=repr)
def test_an_optional_reference_is_null_under_both_spellings(absent: Any, gym: Gym, target: Server) -> None:
    move = gym.new("exercise_move")
    flat = absent["id"] if isinstance(absent, dict) else absent
    for field, value in (("favourite", absent), ("favourite_id", flat)):
        member = new_member(gym, favourite={"id": move["id"]})
        assert member["favourite"] == _embedded(move)
        assert _update(gym, member, name="Melanie")["favourite"] == _embedded(move), "what is absent stays"
        after = _update(gym, member, **{field: value})
        assert after == {**member, "name": "Melanie", "favourite": None}
        assert members_of(target)[member["id"]] == after
        assert new_member(gym, **{field: value})["favourite"] is None
    assert _update(gym, member, favourite_id=str(move["id"]))["favourite"] == _embedded(move)


@pytest.mark.parametrize("absent", [None, "", " "], ids=repr)
def test_a_required_reference_says_so_under_its_field(absent: Any, gym: Gym) -> None:
    for field in ("coach", "coach_id"):
        for event, data in (("new_member", {"name": "Mel"}), ("update_member", {"id": new_member(gym)["id"]})):
            errors = gym.client.fails(event, {**data, field: absent})
            assert errors == {"coach": ["Please choose one."], "errors": "Coach: Please choose one."}


def test_two_spellings_that_differ_are_refused(gym: Gym) -> None:
    move = gym.new("exercise_move")
    member = new_member(gym, favourite={"id": move["id"]})
    for flat in (None, "", move["id"] + 1):
        ack = gym.client.call("update_member", {**member, "favourite_id": flat})
        assert_failure(ack)
        assert "favourite" in ack["errors"]
    assert _update(gym, member, favourite=None, favourite_id="")["favourite"] is None


def test_a_record_that_refers_to_itself(gym: Gym, target: Server) -> None:
    member = new_member(gym)
    after = _update(gym, member, buddy={"id": member["id"]})
    assert after["buddy"] == _embedded(member)
    renamed = _update(gym, member, name="Renamed")
    assert renamed["buddy"] == _embedded(renamed)
    both = _update(gym, member, name="Both", buddy_id=member["id"])
    assert both["buddy"] == _embedded(both)
    assert members_of(target)[member["id"]] == both
    was, seq = _call(gym, "delete_member", {"id": member["id"]})
    assert was == both
    assert member["id"] not in members_of(target)
    assert _call(gym, "undo", {"seq": seq})[0] == both
    assert members_of(target)[member["id"]] == both


def test_one_that_another_refers_to_is_not_deleted(gym: Gym) -> None:
    member = new_member(gym)
    other = new_member(gym, buddy_id=member["id"])
    errors = gym.client.fails("delete_member", member)
    assert f"1 member ({other['name']})" in errors["errors"]
    _update(gym, other, buddy=None)
    gym.client.ok("delete_member", member)


@pytest.mark.parametrize("absent", [[], None, ""], ids=repr)
def test_a_list_may_be_empty_and_is_never_null(absent: Any, gym: Gym, target: Server) -> None:
    plan = gym.new("workout_plan")
    assert new_member(gym, plans=absent)["plans"] == []
    member = new_member(gym, plans=[{"id": plan["id"]}])
    assert member["plans"] == [_embedded(plan)]
    after = _update(gym, member, plans=absent)
    assert after["plans"] == []
    assert members_of(target)[member["id"]] == after
    assert _update(gym, member, name="Melanie")["plans"] == []
    gym.delete("workout_plan", plan)


def test_a_list_without_an_order_holds_each_record_once_by_id(gym: Gym, target: Server) -> None:
    plans = [gym.new("workout_plan") for _ in range(3)]
    first, second, third = plans
    member = new_member(gym, plans=[{"id": plan["id"]} for plan in (third, first, third)])
    assert member["plans"] == [_embedded(first), _embedded(third)]
    _, seq = _call(gym, "update_member", {"id": member["id"], "plans": [{"id": plan["id"]} for plan in plans[::-1]]})
    gym.update("workout_plan", id=second["id"], name="Renamed")
    assert [plan["name"] for plan in members_of(target)[member["id"]]["plans"]] == [
        first["name"],
        "Renamed",
        third["name"],
    ]
    assert gym.client.fails("delete_workout_plan", second)
    assert _call(gym, "undo", {"seq": seq})[0] == member
    was, seq = _call(gym, "delete_member", {"id": member["id"]})
    assert was == member
    assert _call(gym, "undo", {"seq": seq})[0] == member
    assert members_of(target)[member["id"]] == member


def test_what_was_written_is_what_the_models_make_of_the_tables(gym: Gym, target: Server) -> None:
    """`reconcile` reads everything through both: nothing may differ."""
    member = new_member(gym, plans=[{"id": gym.new("workout_plan")["id"]} for _ in range(2)])
    _update(gym, member, buddy_id=member["id"], favourite=gym.new("exercise_move"))
    new_member(gym)
    said = flask(target.database.url, "journal", "reconcile", app="tests.wire.fifth.extended")
    assert said.startswith("0 records differed"), said


def test_an_id_is_never_given_twice(gym: Gym) -> None:
    last = new_member(gym)
    gym.client.ok("delete_member", last)
    assert new_member(gym)["id"] > last["id"]
