"""What nobody sends: defaults, what each edit stamps, and what is computed. All of it is in every answer."""

from datetime import datetime
from typing import Any

import pytest

from tests.support.gym import Gym
from tests.support.server import Server
from tests.wire.new_resource.tables import assert_reconciled, records_of

STAMPS = ("edited", "edits")
DEFAULTS = {
    "name": "Day ticket",
    "state": "open",
    "note": "",
    "price": 12.5,
    "seats": 2,
    "tags": [],
    "code": "code",
    "total": 25,
    "edits": 0,
    "title": "Day ticket (2 seats)",
    "is_free": False,
    "length": 10,
    "shouted": "DAY TICKET",
}
WRITTEN = {
    "made": "2000-01-01T00:00:00Z",
    "edited": "x",
    "edits": [],
    "total": "x",
    "title": 1,
    "length": "",
    "shouted": {},
}


def _without_stamps(record: dict[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in record.items() if field not in STAMPS}


def test_what_is_not_given_has_its_default(gym: Gym, target: Server) -> None:
    made = gym.client.ok("new_ticket", {})
    assert {field: made[field] for field in DEFAULTS} == DEFAULTS
    moment = datetime.fromisoformat(made["made"])
    assert moment.utcoffset() is not None
    assert records_of(target, "tickets")[made["id"]] == made
    checked = gym.client.call("new_ticket", {}, {"check": True})
    assert {field: checked["data"][field] for field in DEFAULTS} == DEFAULTS
    assert_reconciled(target)


@pytest.mark.parametrize("field", ["name", "state", "note"])
@pytest.mark.parametrize("empty", [None, "", " "], ids=repr)
def test_an_empty_text_is_not_the_default(field: str, empty: str | None, gym: Gym) -> None:
    if field == "state":
        assert gym.client.ok("new_ticket", {field: "shut"})[field] == "shut"
    assert gym.client.ok("new_ticket", {"name": "A ticket", field: empty})[field] == ""


def test_what_only_the_server_writes_is_ignored(gym: Gym, target: Server) -> None:
    made = gym.client.ok("new_ticket", {"name": "A ticket", **WRITTEN})
    after = gym.client.ok("update_ticket", {"id": made["id"], **WRITTEN})
    assert after == made, "nothing was edited"
    assert made["title"] == "A ticket (2 seats)"
    assert records_of(target, "tickets")[made["id"]] == made


def test_an_edit_is_stamped_and_computed(gym: Gym, target: Server) -> None:
    made = gym.client.ok("new_ticket", {})
    after = gym.client.ok("update_ticket", {**made, "price": 0, "seats": "3", "name": "Free"})
    assert _without_stamps(after) == {
        **_without_stamps(made),
        "price": 0,
        "seats": 3,
        "name": "Free",
        "total": 0,
        "title": "Free (3 seats)",
        "is_free": True,
        "length": 4,
        "shouted": "FREE",
    }
    assert after["edits"] == 1 and after["edited"] >= made["edited"]
    assert records_of(target, "tickets")[made["id"]] == after
    assert_reconciled(target)


def test_an_echo_is_no_edit(gym: Gym) -> None:
    made = gym.client.call("new_ticket", {"tags": [1, {"a": 1.5}], "note": "A note"}, {})
    echoed = gym.client.call("update_ticket", made["data"], {})
    assert (echoed["data"], echoed["meta"]["rev"]) == (made["data"], made["meta"]["rev"])
    assert len(gym.client.ok("history", {"channel": "tickets", "id": made["data"]["id"]})) == 1


def test_edits_of_several_merge_and_conflict_by_what_they_write(gym: Gym) -> None:
    made = gym.client.call("new_ticket", {}, {})
    base, record = {"base": made["meta"]["rev"]}, made["data"]
    gym.client.ok("update_ticket", {"id": record["id"], "seats": 5})
    merged = gym.client.call("update_ticket", {**record, "name": "Merged"}, base)
    assert merged["ok"], merged
    assert (merged["data"]["seats"], merged["data"]["name"], merged["data"]["edits"]) == (5, "Merged", 2)
    refused = gym.client.call("update_ticket", {**record, "name": "Other"}, base)
    assert refused["meta"]["fields"] == ["name"]


def test_an_undo_is_of_what_was_written(gym: Gym, target: Server) -> None:
    made = gym.client.ok("new_ticket", {})
    first = gym.client.call("update_ticket", {"id": made["id"], "name": "First"}, {})
    gym.client.ok("update_ticket", {"id": made["id"], "seats": 7})
    back = gym.client.ok("undo", {"seq": first["meta"]["seq"]})
    assert (back["name"], back["seats"], back["edits"], back["shouted"]) == ("Day ticket", 7, 3, "DAY TICKET")
    assert records_of(target, "tickets")[made["id"]] == back
    gone = gym.client.call("delete_ticket", back, {})
    assert gym.client.ok("undo", {"seq": gone["meta"]["seq"]}) == back, "with its stamps"
    assert records_of(target, "tickets")[made["id"]] == back
    assert_reconciled(target)


def test_a_new_record_that_only_the_server_touched_since_is_taken_back(gym: Gym, target: Server) -> None:
    made = gym.client.call("new_ticket", {"name": "One"}, {})
    edit = gym.client.call("update_ticket", {"id": made["data"]["id"], "name": "Two"}, {})
    refused = gym.client.call("undo", {"seq": made["meta"]["seq"]}, {})
    assert refused["meta"]["fields"] == ["name"]
    gym.client.ok("undo", {"seq": edit["meta"]["seq"]})
    gym.client.ok("undo", {"seq": made["meta"]["seq"]})
    assert made["data"]["id"] not in records_of(target, "tickets")
