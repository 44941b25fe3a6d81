"""What holds of all records of one moment, those of exceptions as far as they are given."""

from typing import Any

from tests.support.catalogue import ALL, assert_record, without_own

Arrays = dict[str, list[dict[str, Any]]]


def assert_consistent(arrays: Arrays) -> None:
    """Records in shape, sorted by id, each once; what they embed reads as it does in its own channel."""
    for resource in ALL.values():
        rows = arrays.get(resource.channel, [])
        identifiers = [row["id"] for row in rows]
        assert identifiers == sorted(set(identifiers)), f"{resource.channel} are not sorted by id: {identifiers}"
        for row in rows:
            assert_record(resource, row)
    coaches = {row["id"]: row for row in arrays["coaches"]}
    plans = {row["id"]: row for row in arrays["workout_plans"]}
    moves = {row["id"]: row for row in arrays["exercise_moves"]}
    for schedule in arrays["schedules"]:
        coach = coaches[schedule["coach"]["id"]]
        plan = plans[schedule["workout_plan"]["id"]]
        assert schedule["coach"] == {key: coach[key] for key in ("id", "name")}, f"{schedule} but {coach}"
        assert schedule["workout_plan"] == {key: plan[key] for key in ("id", "name", "difficulty")}, (
            f"{schedule} but {plan}"
        )
    schedules = {row["id"]: row for row in arrays["schedules"]}
    for exception in arrays.get("exceptions", ()):
        for field, known, keys in (("schedule", schedules, ("id", "day", "hour")), ("coach", coaches, ("id", "name"))):
            if (copy := exception[field]) is not None:
                assert copy == {key: known[copy["id"]][key] for key in keys}, f"{exception} but {known[copy['id']]}"
    for plan in arrays["workout_plans"]:
        for move in plan["exercise_moves"]:
            assert without_own(move) == moves[move["id"]], f"{plan} but {moves[move['id']]}"
    names = [coach["username"] for coach in arrays["coaches"] if coach["username"]]
    assert len(names) == len(set(names)), f"a username twice: {names}"
