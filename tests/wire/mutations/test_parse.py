"""Everything in the table of bad inputs, for every writing event: refused, told why, nothing written, nothing sent."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support import packets
from tests.support.acks import assert_failure
from tests.support.bad_inputs import BadInput, bad_deletes, bad_news, bad_updates
from tests.support.catalogue import ALL
from tests.support.gym import Gym
from tests.support.observers import Observers

CHECK = {"check": True}
MOST_BYTES = 60_000
ENOUGH = 90
EVENTS = [f"{verb}_{name}" for verb in ("new", "update", "delete") for name in ALL] + ["new_exercise_moves"]


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


@pytest.mark.parametrize("event", EVENTS)
def test_refused_in_a_batch_as_alone(event: str, gym: Gym, observers: Observers) -> None:
    verb, name = event.split("_", 1)
    name = name.removesuffix("s") if event == "new_exercise_moves" else name
    record = gym.new(name)
    payloads = [case.args[0] for case in _cases(verb, name, gym, record) if len(case.args) == 1]
    with observers.sends():
        alone = gym.client.pipeline((event, payload, CHECK) for payload in payloads)
        # What is no JSON is refused with the frame, whatever is in it.
        pairs = [(payload, ack) for payload, ack in zip(payloads, alone, strict=True) if "meta" in ack]
        assert len(pairs) > ENOUGH
        for some in _in_frames(pairs):
            writes = [{"event": event, "data": payload} for payload, _ in some]
            ack = gym.client.call("batch", {"writes": writes}, CHECK)
            expected = {str(place): refused["errors"] for place, (_, refused) in enumerate(some)}
            assert ack["errors"]["writes"] == expected
            assert ack["meta"] == some[0][1]["meta"]


def _in_frames(pairs: list[tuple[Any, Any]]) -> Iterator[list[tuple[Any, Any]]]:
    """As many at a time as fit into a message."""
    some: list[tuple[Any, Any]] = []
    size = 0
    for pair in pairs:
        more = len(packets.encode(pair[0]))
        if some and size + more > MOST_BYTES:
            yield some
            some, size = [], 0
        some.append(pair)
        size += more
    yield some


def _cases(verb: str, name: str, gym: Gym, record: dict[str, Any]) -> Iterator[BadInput]:
    match verb:
        case "new":
            yield from bad_news(ALL[name], gym.payload(name))
        case "update":
            yield from bad_updates(ALL[name], record)
        case "delete":
            yield from bad_deletes(record)
