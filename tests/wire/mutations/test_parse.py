"""Everything in the table of bad inputs, for every writing event: refused, told why, nothing written, nothing sent."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.acks import assert_failure
from tests.support.bad_inputs import BadInput, bad_deletes, bad_news, bad_updates
from tests.support.catalogue import NAMES, RESOURCES
from tests.support.gym import Gym
from tests.support.observers import Observers

EVENTS = [f"{verb}_{name}" for verb in ("new", "update", "delete") for name in NAMES] + ["new_exercise_moves"]


@pytest.mark.parametrize("event", EVENTS)
def test_refused(event: str, gym: Gym, observers: Observers) -> None:
    verb, name = event.split("_", 1)
    name = name.removesuffix("s") if event == "new_exercise_moves" else name
    record = gym.new(name)
    cases = list(_cases(verb, name, gym, record))
    requests: list[tuple[Any, ...]] = []
    for case in cases:
        # After each bad request a good one that changes nothing: its data shows that the record is as it was.
        requests += [(event, *case.args), (f"update_{name}", {"id": record["id"]})]
    with observers.sends():
        acks = gym.client.pipeline(requests)
    problems = []
    for case, refused, accepted in zip(cases, acks[::2], acks[1::2], strict=True):
        try:
            assert_failure(refused, extended=None if len(case.args) > 1 else False)
            blamed = set(refused["errors"]) & set(case.fields)
            assert blamed or not case.fields, f"none of {case.fields} is blamed: {refused['errors']}"
            assert accepted == {"ok": True, "data": record, "errors": {}}, f"the next good request: {accepted}"
        except AssertionError as problem:
            problems.append(f"{case.name}: {str(problem).splitlines()[0]}")
    assert not problems, f"{len(problems)} of {len(cases)} bad inputs:\n" + "\n".join(problems)


def _cases(verb: str, name: str, gym: Gym, record: dict[str, Any]) -> Iterator[BadInput]:
    match verb:
        case "new":
            yield from bad_news(RESOURCES[name], gym.payload(name))
        case "update":
            yield from bad_updates(RESOURCES[name], record)
        case "delete":
            yield from bad_deletes(record)
