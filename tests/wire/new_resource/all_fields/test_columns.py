"""A column of each kind: what it takes is shown everywhere, and what it refuses is named."""

import csv
import io
import json
import math
from typing import Any

import orjson
import pytest
from spotter import Replica

from server.fields import DecimalNumber
from tests.support.acks import assert_failure
from tests.support.gym import Gym
from tests.support.http import ask
from tests.support.json_schema import faults
from tests.support.server import Server
from tests.wire.new_resource.all_fields.columns import ACCEPTED, REFUSED, new_locker
from tests.wire.new_resource.tables import assert_reconciled, records_of


def _rows(table: dict[str, list[tuple[Any, Any]]]) -> list[Any]:
    """The cases of all fields, each named."""
    return [
        pytest.param(field, sent, answer, id=f"{field}={sent!a:.40}")
        for field, cases in table.items()
        for sent, answer in cases
    ]


def _same(one: Any, other: Any) -> bool:
    """Whether two values are the same in JSON too: 1 is not true, and -0.0 not 0."""
    if one != other or isinstance(one, bool) != isinstance(other, bool):
        return False
    return bool(one) or not isinstance(one, float) or math.copysign(1, one) == math.copysign(1, other)


@pytest.mark.parametrize(("field", "sent", "shown"), _rows(ACCEPTED))
def test_what_is_taken_is_shown_everywhere(field: str, sent: Any, shown: Any, gym: Gym, target: Server) -> None:
    made, plain = new_locker(gym, **{field: sent}), new_locker(gym)
    replica = Replica()
    replica.take_sync(gym.client.ok("sync", None))
    assert _same(made[field], shown)
    checked = gym.client.call("update_locker", {"id": plain["id"], field: sent}, {"check": True})
    assert checked["ok"], checked
    assert checked["data"] == {**made, "id": plain["id"]}
    ack = gym.client.call("update_locker", {"id": plain["id"], field: sent}, {})
    assert ack["ok"], ack
    assert ack["data"] == {**made, "id": plain["id"]}
    assert gym.client.ok("update_locker", made) == made, "a form echoes the whole record"
    replica.take_sync(gym.client.ok("sync", replica.cursor))
    assert replica.channels["lockers"][plain["id"]][1] == ack["data"]
    assert replica.channels["lockers"][made["id"]][1] == made
    fresh = records_of(target, "lockers")
    assert fresh[made["id"]] == made
    assert fresh[plain["id"]] == ack["data"]
    if not _same(plain[field], shown):
        [newest, *_] = gym.client.ok("history", {"channel": "lockers", "id": plain["id"]})
        assert newest["changes"] == {field: [plain[field], shown]}
        assert gym.client.ok("undo", {"seq": ack["meta"]["seq"]}) == plain
    gone = gym.client.call("delete_locker", made, {})
    assert gone["data"] == made
    assert gym.client.ok("undo", {"seq": gone["meta"]["seq"]}) == made
    assert records_of(target, "lockers")[made["id"]] == made


@pytest.mark.parametrize(("field", "sent", "why"), _rows(REFUSED))
def test_what_is_refused_is_named(field: str, sent: Any, why: str, gym: Gym, target: Server) -> None:
    locker = new_locker(gym)
    before = records_of(target, "lockers")
    for event, data in (("new_locker", {"name": "Locker"}), ("update_locker", locker)):
        ack = gym.client.call(event, {**data, field: sent}, {})
        assert_failure(ack, extended=True)
        assert ack["meta"]["code"] == "invalid"
        assert set(ack["errors"]) == {field, "errors"}
        assert ack["errors"][field] == [why]
    assert records_of(target, "lockers") == before


def test_tables_and_models_read_afresh_have_what_was_written(gym: Gym, target: Server) -> None:
    """`reconcile` reads everything through both: nothing may differ."""
    for field, cases in ACCEPTED.items():
        for sent, _ in cases:
            new_locker(gym, **{field: sent})
    assert_reconciled(target)


def _cell(field: str, value: Any) -> str:
    """What a table for spreadsheets has of a value."""
    if field in ("contents", "extras"):
        return "" if value is None else orjson.dumps(value).decode()
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def test_a_table_for_spreadsheets_has_them(gym: Gym, target: Server) -> None:
    made = [(new_locker(gym, **{field: sent}), field) for field, cases in ACCEPTED.items() for sent, _ in cases]
    text = ask(target, "/export/lockers.csv")[2].decode("utf-8-sig")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    for locker, field in made:
        assert rows[str(locker["id"])][field] == _cell(field, locker[field]), field


def _two(field: str) -> tuple[Any, Any]:
    """Two values that the field takes, and shows as they are, and that are not its default."""
    first, second, *_ = [sent for sent, shown in ACCEPTED[field] if _same(sent, shown) and shown not in (None, "")]
    return first, second


TWICE = [
    field
    for field, cases in ACCEPTED.items()
    if len([sent for sent, shown in cases if _same(sent, shown) and shown not in (None, "")]) > 1
]


@pytest.mark.parametrize("field", TWICE)
def test_edits_of_others_merge_and_those_of_the_same_field_conflict(field: str, gym: Gym) -> None:
    first, second = _two(field)
    made = gym.client.call("new_locker", {"name": "Locker", field: first}, {})
    number, base = made["data"]["id"], {"base": made["meta"]["rev"]}
    edit = gym.client.call("update_locker", {"id": number, field: second}, {})
    merged = gym.client.call("update_locker", {**made["data"], "name": "Merged"}, base)
    assert merged["data"] == {**edit["data"], "name": "Merged"}, "the rest of what a form echoes is no edit"
    assert gym.client.call("update_locker", {"id": number, field: second}, base)["ok"], "both want the same"
    other = gym.client.call("update_locker", {"id": number, field: first, "name": "Locker"}, {})
    again = gym.client.call("update_locker", {"id": number, field: second}, {})
    for event, data, opts in (
        ("delete_locker", {"id": number}, base),
        ("undo", {"seq": other["meta"]["seq"]}, {}),
    ):
        refused = gym.client.call(event, data, opts)
        assert refused["meta"]["code"] == "conflict"
        assert field in refused["meta"]["fields"]
    third = gym.client.call("update_locker", {"id": number, field: first}, {"base": edit["meta"]["rev"]})
    assert third["ok"], "it is again what this edit started from"
    refused = gym.client.call("update_locker", {"id": number, field: second}, {"base": again["meta"]["rev"]})
    assert refused["ok"], "it did not change what it started from"


@pytest.mark.parametrize("field", ACCEPTED)
def test_the_description_has_them(field: str, gym: Gym, target: Server) -> None:
    document = json.loads(ask(target, "/asyncapi.json")[2])
    messages = document["channels"]["gym"]["messages"]
    for sent, shown in ACCEPTED[field]:
        payload = {"name": "Locker", field: shown}
        if shown is not None:
            assert faults(document, messages["new_locker.request"]["payload"], payload) == []
        ack = gym.client.call("new_locker", {"name": "Locker", field: sent}, {})
        assert faults(document, messages["new_locker.ack"]["payload"], ack) == []
    assert faults(document, messages["lockers.event"]["payload"], list(records_of(target, "lockers").values())) == []


def test_a_value_inside_that_only_python_takes_for_the_same_is_an_edit(gym: Gym) -> None:
    locker = gym.client.call("new_locker", {"name": "Locker", "contents": {"a": [1]}}, {})
    rev, number = locker["meta"]["rev"], locker["data"]["id"]
    gym.client.ok("update_locker", {"id": number, "name": "Renamed"})
    ack = gym.client.call("update_locker", {"id": number, "contents": {"a": [True]}}, {"base": rev})
    assert ack["ok"], ack
    assert ack["data"]["contents"]["a"][0] is True


@pytest.mark.parametrize(("digits", "places"), [(0, 0), (16, 2), (2, 3)])
def test_a_decimal_that_would_not_be_exact_is_not_declared(digits: int, places: int) -> None:
    with pytest.raises(TypeError, match="needs 1 to 15 digits"):
        DecimalNumber(digits, places)
