"""What must be a record's own: refused with the names of the fields, however it comes about."""

from itertools import count
from typing import Any

import pytest

from tests.support.acks import assert_failure
from tests.support.gym import Gym

NUMBERS = count(1)
# Of two shelves: what they share, and what is said of it under which fields.
CLASHES = {
    "code": (["code"], "This code is taken. Please choose another."),
    "sign": (["sign"], "This sign is taken. Please choose another."),
    "coach": (["number", "coach"], "Another shelf has this number and coach. Please change one of them."),
    "row": (["row", "place"], "Another shelf has this row and place. Please change one of them."),
}


def _new(gym: Gym, **fields: Any) -> dict[str, Any]:
    made: dict[str, Any] = gym.client.ok("new_shelf", {"number": next(NUMBERS), **fields})
    return made


def shared(gym: Gym, kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two sets of fields that may not be in two records."""
    number = next(NUMBERS)
    text = f"Text {number}"
    if kind == "code":
        return ({"code": text}, {"code": text})
    if kind == "sign":
        return ({"sign": text}, {"sign": text.upper()})
    if kind == "row":
        return ({"row": text, "place": 1}, {"row": text, "place": "1"})
    coach = gym.new("coach")
    return ({"number": number, "coach": coach}, {"number": number, "coach_id": coach["id"]})


def _assert_named(ack: dict[str, Any], kind: str) -> None:
    fields, line = CLASHES[kind]
    assert_failure(ack, extended=True)
    assert ack["meta"]["code"] == "invalid"
    assert {field: ack["errors"][field] for field in ack["errors"] if field != "errors"} == {
        key: [line] for key in fields
    }


@pytest.mark.parametrize("kind", CLASHES)
def test_a_new_record(kind: str, gym: Gym) -> None:
    one, same = shared(gym, kind)
    made = _new(gym, **one)
    for opts in ({}, {"check": True}):
        _assert_named(gym.client.call("new_shelf", {"number": next(NUMBERS), **same}, opts), kind)
    assert gym.client.ok("update_shelf", made) == made, "a form echoes the whole record"


@pytest.mark.parametrize("kind", CLASHES)
def test_an_edit_of_all_of_it_or_of_a_part(kind: str, gym: Gym) -> None:
    one, same = shared(gym, kind)
    _new(gym, **one)
    other = _new(gym)
    _assert_named(gym.client.call("update_shelf", {"id": other["id"], **same}, {}), kind)
    *most, last = same
    if most:
        gym.client.ok("update_shelf", {"id": other["id"], **{field: same[field] for field in most}})
        _assert_named(gym.client.call("update_shelf", {"id": other["id"], last: same[last]}, {}), kind)


@pytest.mark.parametrize("kind", CLASHES)
def test_an_undo(kind: str, gym: Gym) -> None:
    one, same = shared(gym, kind)
    first = _new(gym, **one)
    free = gym.client.call("update_shelf", {**first, **_new_fields(one)}, {})
    second = _new(gym, **same)
    _assert_named(gym.client.call("undo", {"seq": free["meta"]["seq"]}, {}), kind)
    gone = gym.client.call("delete_shelf", second, {})
    gym.client.ok("undo", {"seq": free["meta"]["seq"]})
    _assert_named(gym.client.call("undo", {"seq": gone["meta"]["seq"]}, {}), kind)


def _new_fields(fields: dict[str, Any]) -> dict[str, Any]:
    """The same fields with values that no record has."""
    return {
        field: None if field == "coach" else next(NUMBERS) if isinstance(value, int) else f"Other {next(NUMBERS)}"
        for field, value in fields.items()
    }


def test_what_is_absent_belongs_to_any_number_of_records(gym: Gym) -> None:
    number = next(NUMBERS)
    for absent in ({}, {"code": "", "row": "", "place": 1, "coach": None}, {"row": "A", "place": None, "code": None}):
        for _ in range(2):
            made = gym.client.ok("new_shelf", {"number": number, **absent})
            assert gym.client.ok("update_shelf", made) == made


def test_a_place_in_a_list(gym: Gym) -> None:
    move, other = gym.new("exercise_move"), gym.new("exercise_move")
    shelf = _new(gym, moves=[other, move])
    for event, data in (("new_shelf", {"number": next(NUMBERS)}), ("update_shelf", {"id": shelf["id"]})):
        ack = gym.client.call(event, {**data, "moves": [move, move]}, {})
        assert_failure(ack, extended=True)
        assert ack["errors"]["moves"] == ["Please choose each of them once."]
    assert gym.client.ok("update_shelf", {"id": shelf["id"], "number": next(NUMBERS)})["moves"] == shelf["moves"]


def test_those_that_wait_together_are_told_apart(gym: Gym, connect: Any) -> None:
    """Requests that are committed together: the first has it, the others are refused, and none is lost."""
    clients = [connect(auth={"sync": True}) for _ in range(4)]
    code = f"Code {next(NUMBERS)}"
    numbers = [client.emit("new_shelf", {"number": next(NUMBERS), "code": code}) for client in clients]
    acks = [client.ack(number) for client, number in zip(clients, numbers, strict=True)]
    assert sorted(ack["ok"] for ack in acks) == [False, False, False, True]
    assert all(ack["ok"] or "code" in ack["errors"] for ack in acks)
