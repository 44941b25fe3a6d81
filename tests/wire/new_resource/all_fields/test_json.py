"""JSON in a column: true is not 1, a number is the same whoever wrote and kept it, and keys have no order."""

from typing import Any

import orjson
import pytest

from tests.support.gym import Gym
from tests.support.server import Server
from tests.wire.new_resource.all_fields.columns import new_locker
from tests.wire.new_resource.tables import assert_reconciled, records_of

COLUMNS = ("contents", "extras")
# What is sent, and what everybody is sent of it, to the letter.
NUMBERS = [
    ("1.0", "1"),
    ("-0.0", "0"),
    ("-0", "0"),
    ("1e3", "1000"),
    ("1e17", "100000000000000000"),
    ("1e19", "1e+19"),
    ("9223372036854775807", "9223372036854775807"),
    ("-9223372036854775808", "-9223372036854775808"),
    ("1e20", "1e+20"),
    ("-1.5e300", "-1.5e+300"),
    ("5e-324", "5e-324"),
    ("0.1", "0.1"),
    (
        '{"a":[1.0,{"b":-0.0}],"c":1e300,"d":9223372036854775807}',
        '{"a":[1,{"b":0}],"c":1e+300,"d":9223372036854775807}',
    ),
]
# Values that Python takes for the same.
ALIKE = [([1], [True]), ({"a": 0}, {"a": False}), (1, True), (0, False), ([[1]], [[True]])]


def _text(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


@pytest.mark.parametrize("column", COLUMNS)
def test_a_number_is_the_same_for_all(column: str, gym: Gym, target: Server) -> None:
    made = {}
    for sent, shown in NUMBERS:
        locker = new_locker(gym, **{column: orjson.loads(sent)})
        assert _text(locker[column]) == shown
        ack = gym.client.call("update_locker", locker, {})
        assert _text(ack["data"][column]) == shown
        made[locker["id"]] = shown
    records = records_of(target, "lockers")
    assert {number: _text(records[number][column]) for number in made} == made
    assert_reconciled(target)


@pytest.mark.parametrize(("one", "other"), ALIKE, ids=repr)
def test_what_python_takes_for_the_same_is_a_change(one: Any, other: Any, gym: Gym) -> None:
    locker = new_locker(gym, contents=one)
    edit = gym.client.call("update_locker", {"id": locker["id"], "contents": other}, {})
    [newest, _] = gym.client.ok("history", {"channel": "lockers", "id": locker["id"]})
    assert _text(newest["changes"]) == _text({"contents": [one, other]})
    back = gym.client.ok("undo", {"seq": edit["meta"]["seq"]})
    assert _text(back) == _text(locker)


@pytest.mark.parametrize(("one", "other"), ALIKE, ids=repr)
def test_it_conflicts_and_is_not_undone_over_another(one: Any, other: Any, gym: Gym) -> None:
    locker = gym.client.call("new_locker", {"name": "Locker", "contents": "before"}, {})
    number, rev = locker["data"]["id"], locker["meta"]["rev"]
    edit = gym.client.call("update_locker", {"id": number, "contents": one}, {})
    gym.client.ok("update_locker", {"id": number, "contents": other})
    for event, data, opts in (
        ("update_locker", {"id": number, "contents": one}, {"base": rev}),
        ("undo", {"seq": edit["meta"]["seq"]}, {}),
    ):
        ack = gym.client.call(event, data, opts)
        assert ack["meta"]["code"] == "conflict"
        assert ack["meta"]["fields"] == ["contents"]


def test_the_order_of_keys_is_no_change(gym: Gym) -> None:
    for column in COLUMNS:
        locker = gym.client.call("new_locker", {"name": "Locker", column: {"bb": 1, "a": 2}}, {})
        number, rev = locker["data"]["id"], locker["meta"]["rev"]
        gym.client.ok("update_locker", {"id": number, column: {"a": 2, "bb": 1}})
        *edits, _ = gym.client.ok("history", {"channel": "lockers", "id": number})
        assert [edit["changes"] for edit in edits] in ([], [{}])
        assert gym.client.call("update_locker", {"id": number, column: {"c": 3}}, {"base": rev})["ok"]
