"""The tests' own replica obeys the vectors that every client is tested by."""

import json
from pathlib import Path
from typing import Any

import pytest
from spotter import Replica

VECTORS = Path(__file__).parents[1] / "vectors"
FILES = ("arrays.json", "changes.json", "copies.json", "sync.json")
CASES = [case for name in FILES for case in json.loads((VECTORS / name).read_text())]


def test_there_are_vectors() -> None:
    assert len(CASES) >= 20


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_vector(case: dict[str, Any]) -> None:
    replica = Replica(case.get("embeds"))
    replica.cursor = case["state"]["cursor"]
    replica.channels = _rows(case["state"])
    event = case["event"]
    match event["type"]:
        case "changes":
            verdict = replica.take_changes(event["event"])
        case "sync":
            verdict = replica.take_sync(event["answer"])
        case _:
            verdict = replica.take_array(event["channel"], event["records"])
    expected = case.get("expected", case["state"])
    assert (verdict, replica.cursor, replica.channels) == (case["verdict"], expected["cursor"], _rows(expected))


def _rows(state: dict[str, Any]) -> dict[str, dict[int, tuple[int | None, dict[str, Any]]]]:
    return {
        channel: {entry["record"]["id"]: (entry["rev"], entry["record"]) for entry in entries}
        for channel, entries in state["channels"].items()
    }


def test_a_channel_that_came_with_an_upgrade_is_kept() -> None:
    """A client that was connected before has no such channel; its records come in a delta."""
    replica = Replica({"lessons": {"coach": {"channel": "coaches", "fields": ["id", "name"]}}})
    replica.take_sync({"mode": "snapshot", "epoch": "e", "seq": 1, "snapshot": {"lessons": []}})
    change = {"channel": "closed_days", "type": "put", "id": 1, "rev": 2, "record": {"id": 1}}
    replica.take_sync({"mode": "delta", "epoch": "e", "seq": 2, "changes": [change]})
    assert replica.arrays == {"lessons": [], "closed_days": [{"id": 1}]}
