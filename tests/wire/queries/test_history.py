"""`history`: what happened to a record, newest first."""

from typing import Any

import pytest

from server.resources import schedules
from tests.support.acks import assert_failure
from tests.support.catalogue import NAMES, RESOURCES
from tests.support.gym import Gym
from tests.support.server import Server
from tests.support.socketio_client import NEW_PASSWORD, PASSWORD, Client

ENTRY_KEYS = {"seq", "at", "actor", "event", "channel", "id", "label", "type", "changes"}
CHANNELS: tuple[Any, ...] = (None, "", "coach", "nonsense", 5, [], {}, "__class__", "Coaches")
IDS: tuple[Any, ...] = ("", "x", 0, -1, 1.5, True, [], {}, 10**40)
LIMITS: tuple[Any, ...] = ("x", 0, -1, 1.5, True, [], {}, 10**40)
BEFORES: tuple[Any, ...] = ("x", 1.5, True, [], {})
BAD: tuple[tuple[Any, ...], ...] = (
    *((), (None,), ("coaches",), (5,), ([],)),
    *(({"channel": channel, "id": 1},) for channel in CHANNELS),
    *(({"channel": "coaches", "id": identifier},) for identifier in IDS),
    *(({"channel": "coaches", "id": 1, "limit": limit},) for limit in LIMITS),
    *(({"channel": "coaches", "id": 1, "before": before},) for before in BEFORES),
    *(({"channel": "coaches", "limit": limit},) for limit in LIMITS),
    *(({"before": before},) for before in BEFORES),
)


def _history(client: Client, channel: str, identifier: int, **page: int) -> list[dict[str, Any]]:
    """A record's."""
    entries = _entries(client, channel=channel, id=identifier, **page)
    assert {(entry["channel"], entry["id"]) for entry in entries} <= {(channel, identifier)}
    seqs = [entry["seq"] for entry in entries]
    assert seqs == sorted(set(seqs), reverse=True), "newest first"
    return entries


def _entries(client: Client, **asked: Any) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = client.ok("history", asked)
    for entry in entries:
        assert set(entry) == ENTRY_KEYS, entry
        assert type(entry["seq"]) is int
        assert isinstance(entry["at"], str | int | float)
        for change in entry["changes"].values():
            assert isinstance(change, list) and len(change) == 2, entry
    seqs = [entry["seq"] for entry in entries]
    assert seqs == sorted(seqs, reverse=True), "newest first"
    return entries


@pytest.mark.parametrize("name", NAMES)
def test_a_new_record_has_one_entry(name: str, gym: Gym) -> None:
    record = gym.new(name)
    (entry,) = _history(gym.client, RESOURCES[name].channel, record["id"])
    for field in RESOURCES[name].fields:
        if field not in ("password", "username"):
            assert entry["changes"][field][0] is None
            assert entry["changes"][field][1] is not None


def test_each_change_from_and_to(gym: Gym) -> None:
    coach = gym.new("coach", name="First", age=20)
    gym.update("coach", id=coach["id"], name="Second")
    gym.update("coach", id=coach["id"], name="Third", age=30)
    gym.update("coach", id=coach["id"], name="Third")
    changes = [entry["changes"] for entry in _history(gym.client, "coaches", coach["id"])]
    assert changes[0] == {"name": ["Second", "Third"], "age": [20, 30]}
    assert changes[1] == {"name": ["First", "Second"]}
    assert len(changes) == 3


def test_pages(gym: Gym) -> None:
    coach = gym.new("coach")["id"]
    for index in range(10):
        gym.update("coach", id=coach, name=f"Name {index}")
    whole = _history(gym.client, "coaches", coach)
    assert len(whole) == 11
    first = _history(gym.client, "coaches", coach, limit=4)
    second = _history(gym.client, "coaches", coach, limit=4, before=first[-1]["seq"])
    third = _history(gym.client, "coaches", coach, limit=4, before=second[-1]["seq"])
    assert first + second + third == whole
    assert _history(gym.client, "coaches", coach, before=whole[-1]["seq"]) == []


def test_of_a_channel_and_of_everything(gym: Gym) -> None:
    schedule = gym.new("schedule", day="Friday", hour="1830")
    coach, plan = schedule["coach"], schedule["workout_plan"]
    gym.update("coach", id=coach["id"], name="Émile")
    made, moved, gone = (
        f"{plan['name']}, Friday {hour}, {name}"
        for hour, name in (("18:30", coach["name"]), ("07:00", "Émile"), ("07:00", "Émile"))
    )
    gym.update("schedule", id=schedule["id"], hour="700")
    gym.delete("schedule", schedule["id"])
    gym.delete("coach", coach["id"])
    of_schedules = _entries(gym.client, channel="schedules", limit=3)
    assert [(entry["event"], entry["type"], entry["id"], entry["label"]) for entry in of_schedules] == [
        ("delete_schedule", "del", schedule["id"], gone),
        ("update_schedule", "put", schedule["id"], moved),
        ("new_schedule", "put", schedule["id"], made),
    ]
    assert of_schedules[1]["changes"] == {"hour": ["1830", "700"]}
    everything = _entries(gym.client, limit=8)
    assert [(entry["event"], entry["channel"], entry["label"]) for entry in everything[:5]] == [
        ("delete_coach", "coaches", "Émile"),
        ("delete_schedule", "schedules", gone),
        ("update_schedule", "schedules", moved),
        ("update_coach", "coaches", "Émile"),
        ("new_schedule", "schedules", made),
    ]
    assert {entry["channel"] for entry in everything[5:]} == {"coaches", "exercise_moves", "workout_plans"}
    assert _entries(gym.client, channel=None, id=None, before=None, limit=8) == everything
    of_plan = _history(gym.client, "workout_plans", plan["id"])
    assert of_plan == [entry for entry in everything if entry["channel"] == "workout_plans"]


def test_a_class_is_called_by_no_more_than_it_holds() -> None:
    """A gym that keeps its coaches from some embeds their ids alone."""
    record = {"day": "Monday", "hour": "900", "coach": {"id": 1}, "workout_plan": {"id": 2, "name": "Push Day"}}
    assert schedules.label(record) == "Push Day, Monday 09:00"


def test_pages_of_everything(gym: Gym) -> None:
    for _ in range(3):
        gym.new("schedule")
    whole = _entries(gym.client, limit=12)
    parts: list[dict[str, Any]] = []
    while len(parts) < 12:
        before = {"before": parts[-1]["seq"]} if parts else {}
        parts += _entries(gym.client, limit=5, **before)
    assert parts[:12] == whole


def test_a_deleted_record_still_has_its_history(gym: Gym) -> None:
    coach = gym.new("coach", name="Gone")
    gym.delete("coach", coach)
    entries = _history(gym.client, "coaches", coach["id"])
    assert len(entries) == 2
    assert entries[0]["changes"]["name"] == ["Gone", None]
    assert entries[0]["type"] != entries[1]["type"]


def test_a_password_leaves_no_value_in_it(gym: Gym) -> None:
    """The client looks for the passwords and their hashes in every frame; here there is something to find."""
    coach = gym.new("coach", username="ada", password=PASSWORD)
    gym.update("coach", id=coach["id"], password=NEW_PASSWORD)
    for entry in _history(gym.client, "coaches", coach["id"]):
        for value in entry["changes"].get("password", []):
            assert value in (None, True, False, "")


def test_it_survives_a_restart(own_server: Server, gym: Gym) -> None:
    coach = gym.new("coach")
    gym.update("coach", id=coach["id"], name="Renamed")
    before = _history(gym.client, "coaches", coach["id"])
    own_server.restart()
    client = Client(own_server.port)
    assert _history(client, "coaches", coach["id"]) == before
    client.close()


def test_a_record_that_never_was_has_none_or_is_not_found(gym: Gym) -> None:
    ack = gym.client.call("history", {"channel": "coaches", "id": 999_999_999})
    assert not ack["ok"] or ack["data"] == []


def test_bad_requests(gym: Gym) -> None:
    gym.new("coach")
    for args in BAD:
        ack = gym.client.call("history", *args)
        try:
            assert_failure(ack, extended=None)
        except AssertionError as problem:
            raise AssertionError(f"history {args}: {problem}") from None
