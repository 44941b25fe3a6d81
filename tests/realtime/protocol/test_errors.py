"""The one line for a person, whatever the fields at fault are called."""

import pytest

from server.realtime.protocol.errors import invalid


@pytest.mark.parametrize(
    "key", ["a\rb", "a\nb", "a\u2028b", "a\x85b", "a\x1eb", "x" * 5_000, "\n", "\ud800", "__class__", "", "a\tb"]
)
def test_a_key_of_the_clients_making_leaves_it_one_short_line(key: str) -> None:
    refusal = invalid({key: ["There is no such field."]})
    line = refusal.errors["errors"]
    assert len(line.splitlines()) == 1 and len(line) < 100
    assert line.endswith("There is no such field.")
    assert refusal.errors[key] == ["There is no such field."], "the field is named as it was sent"


def test_the_line_names_the_first_field_and_counts_the_others() -> None:
    refusal = invalid({"workout_plan": {"id": ["Please choose one."]}, "day": ["Must be a day."], "hour": ["No."]})
    assert refusal.errors["errors"] == "Workout plan: Please choose one. (2 more to correct.)"
