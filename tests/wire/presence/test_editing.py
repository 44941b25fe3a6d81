"""The request `editing`: what it takes, and what it answers."""

from typing import Any

import pytest

from tests.support.gym import Gym
from tests.support.presence_lists import presence_lists, wait_until_editing
from tests.support.socketio_client import Client
from tests.wire.conftest import Connect


@pytest.fixture
def coaches(gym: Gym) -> list[int]:
    """Two coaches, made before rose connects."""
    return [gym.new("coach")["id"] for _ in range(2)]


@pytest.fixture
def rose(coaches: list[int], connect: Connect) -> Client:
    """A synced client."""
    return connect(auth={"sync": True})


def test_the_answer(rose: Client, coaches: list[int]) -> None:
    claim = {"channel": "coaches", "id": coaches[0], "on": True}
    assert rose.call("editing", claim) == {"ok": True, "data": None, "errors": {}}
    assert rose.call("editing", claim, {}) == {"ok": True, "data": None, "errors": {}, "meta": {}}
    missing = {**claim, "id": 99_999_999}
    assert rose.call("editing", missing, {})["meta"]["code"] == "not_found"
    assert "id" in rose.fails("editing", missing)
    assert rose.ok("editing", {**missing, "on": False}) is None


@pytest.mark.parametrize(
    ("change", "field"),
    [({"channel": channel}, "channel") for channel in (None, "coach", "", 5, [], {}, "__class__", "schedules ")]
    + [({"id": number}, "id") for number in (None, "", "x", 0, -1, 1.5, True, [], {}, 2**70)]
    + [({"on": on}, "on") for on in (None, 1, 0, "true", "", [], {})],
    ids=repr,
)
def test_what_is_no_claim_changes_nothing(change: dict[str, Any], field: str, rose: Client, coaches: list[int]) -> None:
    claim = {"channel": "coaches", "id": coaches[0], "on": True} | change
    ack = rose.call("editing", claim, {})
    assert ack["meta"]["code"] in ("invalid", "not_found") and field in ack["errors"]
    rose.fails("editing", {key: value for key, value in claim.items() if key != field})
    rose.ok("editing", {"channel": "coaches", "id": coaches[1], "on": True})
    wait_until_editing(rose, rose, "coaches", coaches[1])
    edited = [people[rose.sid]["editing"] for people in presence_lists(rose) if rose.sid in people]
    assert {editing["id"] for editing in edited if editing} == {coaches[1]}


@pytest.mark.parametrize("args", [(), (None,), ([],), ("coaches",), (5,), ({}, {}, {}), ({}, 5)], ids=repr)
def test_what_is_no_object(args: tuple[Any, ...], rose: Client) -> None:
    ack = rose.call("editing", *args)
    assert not ack["ok"] and ack["data"] is None and ack["errors"]["errors"]
