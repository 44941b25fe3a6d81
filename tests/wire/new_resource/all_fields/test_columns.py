"""What a column of each kind takes, what it shows of that, and what it refuses, if its resource says nothing itself."""

import csv
import io
import json
import math
from typing import Any

import orjson
import pytest

from server.fields import DecimalNumber
from tests.support.acks import assert_failure
from tests.support.gym import Gym
from tests.support.http import ask
from tests.support.json_schema import faults
from tests.support.replica import Replica
from tests.support.server import Server
from tests.wire.new_resource.tables import assert_reconciled, records_of

MISSING = "Please fill this in."
CONTROL = "Must not contain control characters."
UNSENDABLE = "Must not contain half characters, or whole numbers of over 64 bits."
NO_PRICE = "Must be a number from -9999999999999.99 to 9999999999999.99, with at most 2 decimals."
NO_DEPTH = "Must be a number from -99.999 to 99.999, with at most 3 decimals."

# Of each field: what may be sent and what is shown of it, and what is refused and why.
ACCEPTED: dict[str, list[tuple[Any, Any]]] = {
    "label": [
        *[("A", "A"), (" A b ", "A b"), ("e\u0301", "é"), ("Zoë 🏋" * 4, "Zoë 🏋" * 4), ("0", "0"), ("null", "null")],
        *[(None, ""), ("", ""), (" \u2003", "")],
    ],
    "motto": [("A", "A"), ("", ""), (None, "")],
    "notes": [("One.\n\tTwo.", "One.\n\tTwo."), ("long " * 4000 + "end", "long " * 4000 + "end"), (None, ""), ("", "")],
    "size": [("S", "S"), ("L", "L"), (None, None), ("", None)],
    "floor": [(0, 0), (1, 1), (None, None), (" ", None)],
    "wing": [("east", "east"), (None, None), ("", None)],
    "free": [(True, True), (False, False), (None, None)],
    "broken": [(True, True), (False, False)],
    "price": [
        *[(12.5, 12.5), ("12.50", 12.5), (" -0.01 ", -0.01), (3, 3), (0.1, 0.1), (1e3, 1000), ("-0", 0), (-0.0, 0)],
        *[(9999999999999.99, 9999999999999.99), ("-9999999999999.98", -9999999999999.98), ("1.000", 1)],
        *[(None, None), ("", None), (" ", None)],
    ],
    "depth": [("0.125", 0.125), (99.999, 99.999)],
    "weight": [(0.1, 0.1), (3, 3), ("2.5", 2.5), (-0.0, 0), (1e300, 1e300), (None, None), ("", None)],
    "keys": [(0, 0), ("7", 7), (-(2**31) + 1, -(2**31) + 1), (2**31 - 1, 2**31 - 1)],
    "hooks": [(32767, 32767), (None, None), ("", None)],
    "since": [(day, day) for day in ("2026-11-25", "0001-01-01", "9999-12-31", "2024-02-29")]
    + [(" 2026-11-25 ", "2026-11-25"), (None, None), ("", None), (" ", None)],
    "until": [("2026-11-25", "2026-11-25")],
    "opens": [
        ("08:30", "08:30:00"),
        ("08:30:15", "08:30:15"),
        ("08:30:15.5", "08:30:15.500000"),
        ("00:00", "00:00:00"),
        *[(None, None), ("", None), (" ", None)],
    ],
    "closes": [("22:00", "22:00:00")],
    "cleaned": [
        ("2026-11-25T08:30", "2026-11-25T08:30:00"),
        ("2026-11-25 08:30:15.5", "2026-11-25T08:30:15.500000"),
        *[(None, None), ("", None)],
    ],
    "opened": [
        ("2026-11-25T08:30:00Z", "2026-11-25T08:30:00+00:00"),
        ("2026-11-25T08:30:00+02:00", "2026-11-25T06:30:00+00:00"),
        ("2026-11-25T23:30:15.000001-05:30", "2026-11-26T05:00:15.000001+00:00"),
        *[(None, None), ("", None)],
    ],
    "checked": [("2026-11-25T08:30:00Z", "2026-11-25T08:30:00+00:00")],
    "contents": [
        *[
            (value, value)
            for value in ({}, [], "", "text\n", 0, 1.5, True, {"b": [1, {"a": None}], "a": "Zoë 🏋"}, None)
        ],
        *[("\\u0000", "\\u0000"), (2**63 - 1, 2**63 - 1), (-0.0, 0), ({"list": [1e300]}, {"list": [1e300]})],
    ],
    "extras": [(value, value) for value in ({"longer": 1, "b": 2}, [1e300, 1e20], [True, 1, 1.5], False, 0, "")],
}
REFUSED: dict[str, list[tuple[Any, Any]]] = {
    "name": [("", MISSING), (" ", MISSING), (None, MISSING), (5, "Must be text."), (["a"], "Must be text.")],
    "label": [
        *[("x" * 21, "Must have at most 20 characters."), ("a\nb", CONTROL), ("\0", CONTROL), ("\ud800", CONTROL)],
        *[(value, "Must be text.") for value in (1, True, {}, [])],
    ],
    "notes": [("\0", CONTROL), ("\ud800", CONTROL), (1, "Must be text.")],
    "size": [(value, "Must be one of: S, L.") for value in ("SMALL", "s", "M", 1, True, [], {}, ["S"])],
    "floor": [(value, "Must be one of: 0, 1.") for value in (True, False, "FIRST", 2, 0.0, [1])],
    "wing": [
        ("East", "Must be one of: east, west."),
        ("the east", "Must be one of: east, west."),
        (1, "Must be text."),
    ],
    "free": [(value, "Must be true or false.") for value in ("on", "yes", "true", "", 1, 0, 1.0, [], {})],
    "broken": [(None, MISSING), (1, "Must be true or false.")],
    "price": [
        *[(value, NO_PRICE) for value in (1e13, "10000000000000", -1e13, 0.001, "0.005", 0.1 + 0.2, 1e300, 10**18)],
        *[(value, "Must be a number.") for value in ("NaN", "Infinity", "1e3", "1,5", "1_000", "٣", True, [], {})],
    ],
    "depth": [(100, NO_DEPTH), ("0.1234", NO_DEPTH), ("", MISSING), (" ", MISSING), (None, MISSING)],
    "weight": [(value, "Must be a number.") for value in ("NaN", "inf", "1e400", "1_000", "٣", True, [], {})],
    "keys": [("", MISSING), (" ", MISSING), (None, MISSING)]
    + [(value, "Must be a whole number.") for value in (1.5, True, "x", 2**31, -(2**31), 1e300, [])],
    "hooks": [(value, "Must be a whole number from -32768 to 32767.") for value in (32768, -32769)],
    "since": [
        (value, "Must be a date such as 2026-12-31.")
        for value in ("2026-02-30", "25.11.2026", "2026-1-1", "20261125", "2026-W48-3", "2026-11-25T00:00", 5, True, [])
    ],
    "until": [("", MISSING), (" ", MISSING), (None, MISSING)],
    "opens": [
        (value, "Must be a time of day such as 18:30.")
        for value in ("25:00", "8:30", "0830", "08", "08:30Z", "08:30+02:00", "T08:30", 830, True, {})
    ],
    "closes": [("", MISSING), (None, MISSING)],
    "cleaned": [
        (value, "Must be a date and a time such as 2026-12-31T18:30.")
        for value in ("2026-11-25T08:30Z", "2026-11-25T08:30+02:00", "2026-11-25T25:00", "2026-11-25", 0, [])
    ],
    "opened": [
        (value, "Must be a date and a time with its zone, such as 2026-12-31T18:30:00Z.")
        for value in ("2026-11-25T08:30", "2026-11-25", "0001-01-01T00:00+02:00", "9999-12-31T23:00-02:00", 0, True, {})
    ],
    "checked": [("", MISSING), (None, MISSING)],
    **{
        field: [
            *[
                (value, UNSENDABLE)
                for value in ("\ud800", ["\udfff"], {"a": ["\ud83d"]}, {"\ud800": 1}, [10**400, "\ud800"], 2**63)
            ],
            *[(value, "Must not contain the character 0.") for value in ("\0", {"a": ["\\\0"]}, {"\0": 1})],
        ]
        for field in ("contents", "extras")
    },
}


def _rows(table: dict[str, list[tuple[Any, Any]]]) -> list[Any]:
    """The cases of all fields, each named."""
    return [
        pytest.param(field, sent, answer, id=f"{field}={sent!a:.40}")
        for field, cases in table.items()
        for sent, answer in cases
    ]


def new_locker(gym: Gym, **fields: Any) -> dict[str, Any]:
    """A locker as its ack shows it."""
    locker: dict[str, Any] = gym.client.ok("new_locker", {"name": "Locker", **fields})
    return locker


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
