"""`update_*` of every resource."""

from typing import Any

import pytest

from tests.support.catalogue import NAMES, PRESCRIPTION, RESOURCES
from tests.support.gym import Gym, Record
from tests.support.observers import Observers

FIELDS = [(resource.name, field) for resource in RESOURCES.values() for field in resource.fields if field != "password"]


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_one_field_alone(name: str, field: str, gym: Gym, observers: Observers) -> None:
    """What is absent stays."""
    record = gym.new(name)
    value, shown = _another(gym, name, field)
    with observers.sends(RESOURCES[name].channel):
        after = gym.update(name, id=record["id"], **{field: value})
    assert after == {**record, field: shown}
    assert observers.plain.replica.arrays[RESOURCES[name].channel] == [after]


@pytest.mark.parametrize("name", NAMES)
def test_an_echo_of_the_whole_record_changes_nothing(name: str, gym: Gym, observers: Observers) -> None:
    """Forms send back the record that they were given, embedded copies and all."""
    record = gym.new(name)
    with observers.sends():
        assert gym.update(name, **record) == record


@pytest.mark.parametrize("name", NAMES)
def test_an_id_alone_changes_nothing(name: str, gym: Gym, observers: Observers) -> None:
    record = gym.new(name)
    with observers.sends():
        assert gym.update(name, id=record["id"]) == record


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_an_echo_with_one_field_changed(name: str, field: str, gym: Gym) -> None:
    record = gym.new(name)
    value, shown = _another(gym, name, field)
    assert gym.update(name, **{**record, field: value}) == {**record, field: shown}


@pytest.mark.parametrize("name", NAMES)
def test_the_id_as_a_string(name: str, gym: Gym) -> None:
    record = gym.new(name)
    assert gym.update(name, id=str(record["id"])) == record


@pytest.mark.parametrize("name", NAMES)
def test_only_the_record_that_was_meant(name: str, gym: Gym, observers: Observers) -> None:
    records = [gym.new(name) for _ in range(3)]
    field = "day" if name == "schedule" else "name"
    with observers.sends(RESOURCES[name].channel):
        after = gym.update(name, id=records[1]["id"], **{field: "Friday"})
    rows = {row["id"]: row for row in observers.plain.replica.arrays[RESOURCES[name].channel]}
    assert [rows[record["id"]] for record in records] == [records[0], after, records[2]]


@pytest.mark.parametrize("name", NAMES)
def test_a_deleted_record_cannot_be_updated(name: str, gym: Gym, observers: Observers) -> None:
    record = gym.new(name)
    gym.delete(name, record)
    with observers.sends():
        errors = gym.client.fails(f"update_{name}", record)
    assert "id" in errors


@pytest.mark.parametrize("field", ["picture", "username"])
@pytest.mark.parametrize("blank", ["", None])
def test_an_optional_field_can_be_emptied(field: str, blank: str | None, gym: Gym) -> None:
    coach = gym.new("coach", age=30, picture="https://gym.example/a.png")
    assert gym.update("coach", id=coach["id"], **{field: blank}) == {**coach, field: ""}


@pytest.mark.parametrize("name", NAMES)
def test_one_bad_field_and_nothing_of_the_others_is_written(name: str, gym: Gym, observers: Observers) -> None:
    """One request is one transaction."""
    record = gym.new(name)
    good, bad = next(iter(RESOURCES[name].fields)), list(RESOURCES[name].fields)[1]
    value, _ = _another(gym, name, good)
    with observers.sends():
        errors = gym.client.fails(f"update_{name}", {"id": record["id"], good: value, bad: []})
    assert set(errors) == {"errors", bad}
    assert gym.update(name, id=record["id"]) == record


def _another(gym: Gym, name: str, field: str) -> tuple[Any, Any]:
    """A value that the record does not have, and how it will be shown."""
    if field == "username":
        return "another.user", "another.user"
    if field in ("coach", "workout_plan"):
        other = gym.new(field)
        keys = ("id", "name") if field == "coach" else ("id", "name", "difficulty")
        return {"id": other["id"]}, {key: other[key] for key in keys}
    if field == "exercise_moves":
        moves: list[Record] = [gym.new("exercise_move") | gym.prescription() for _ in range(2)]
        return [{"id": move["id"], **{key: move[key] for key in PRESCRIPTION}} for move in moves], moves
    if name == "schedule" and field in ("day", "hour"):
        return ("Friday", "Friday") if field == "day" else ("1730", "1730")
    value = gym.payload(name)[field]
    return value, value
