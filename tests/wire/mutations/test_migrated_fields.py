"""After a migration that added or removed a field: edits and undos of records as they were before it."""

from typing import Any

import pytest

from tests.support.acks import assert_failure
from tests.support.gym import Gym
from tests.support.older_journal import rewrite_journal
from tests.support.server import Server
from tests.wire.conftest import Connect

PAST = "https://gym.example/past.jpg"


@pytest.fixture
def after(own_server: Server, gym: Gym, connect: Connect) -> Any:
    """`after(change)`: a client of the server to which the journal's coaches are older than a migration."""

    def migrate(change: Any) -> Gym:
        rewrite_journal(own_server, "coaches", change)
        return Gym(connect())

    return migrate


def _without_picture(record: dict[str, Any]) -> None:
    record.pop("picture", None)


def _call(gym: Gym, event: str, data: Any, **opts: Any) -> tuple[Any, Any]:
    ack = gym.client.call(event, data, opts)
    if not ack["ok"]:
        assert_failure(ack, extended=True)
        return ack["meta"]["code"], ack["meta"].get("fields") or ack["errors"]
    return ack["data"], ack["meta"]["seq"]


def test_a_field_that_came(gym: Gym, after: Any) -> None:
    """One restart serves all: edits with a base, undos, and the history, of coaches that had no picture then."""
    names = ("edited", "theirs", "deleted", "history", "undone", "touched", "back")
    made = {name: _call(gym, "new_coach", gym.payload("coach", picture=PAST)) for name in names}
    _, updated = _call(gym, "update_coach", {"id": made["touched"][0]["id"], "name": "Renamed"})
    _, gone = _call(gym, "delete_coach", {"id": made["back"][0]["id"]})
    gym = after(_without_picture)
    _assert_bases_are_good(gym, made)
    _assert_undo_is_good(gym, made, updated, gone)
    migrated, first = gym.client.ok("history", {"channel": "coaches", "id": made["history"][0]["id"]})
    assert migrated["changes"] == {"picture": [None, PAST]}
    assert "picture" not in first["changes"]
    assert _call(gym, "undo", {"seq": migrated["seq"]})[0] == "invalid"


def _assert_bases_are_good(gym: Gym, made: dict[str, Any]) -> None:
    """Where nobody has touched the new field, what is written is written, whichever field it is."""
    coach, rev = made["edited"]
    mine = f"{PAST}?mine"
    assert _call(gym, "update_coach", {"id": coach["id"], "name": "Renamed"}, base=rev)[0]["name"] == "Renamed"
    assert _call(gym, "update_coach", {"id": coach["id"], "picture": mine}, base=rev)[0]["picture"] == mine
    coach, rev = made["theirs"]
    gym.update("coach", id=coach["id"], picture=f"{PAST}?theirs")
    assert _call(gym, "update_coach", {"id": coach["id"], "picture": PAST}, base=rev) == ("conflict", ["picture"])
    assert _call(gym, "update_coach", {"id": coach["id"], "age": 50}, base=rev)[0]["age"] == 50
    assert _call(gym, "delete_coach", {"id": coach["id"]}, base=rev) == ("conflict", ["age", "picture"])
    coach, rev = made["deleted"]
    assert _call(gym, "delete_coach", {"id": coach["id"]}, base=rev)[0] == coach


def _assert_undo_is_good(gym: Gym, made: dict[str, Any], updated: int, gone: int) -> None:
    coach, seq = made["touched"]
    assert _call(gym, "undo", {"seq": updated})[0] == coach
    gym.update("coach", id=coach["id"], picture=f"{PAST}?theirs")
    assert _call(gym, "undo", {"seq": seq}) == ("conflict", ["picture"])
    coach, seq = made["undone"]
    assert _call(gym, "undo", {"seq": seq})[0] == coach
    back, _ = _call(gym, "undo", {"seq": gone})
    assert back["name"] == made["back"][0]["name"]
    assert not back["picture"], "the journal did not know of it"


def test_a_field_that_is_gone(gym: Gym, after: Any) -> None:
    coach, rev = _call(gym, "new_coach", gym.payload("coach", age=30))
    _, both = _call(gym, "update_coach", {"id": coach["id"], "age": 40, "name": "Renamed"})
    only, _ = _call(gym, "new_coach", gym.payload("coach", age=30))
    _, shoes = _call(gym, "update_coach", {"id": only["id"], "age": 40})
    gone, _ = _call(gym, "new_coach", gym.payload("coach"))
    _, deleted = _call(gym, "delete_coach", {"id": gone["id"]})

    def with_shoes(record: dict[str, Any]) -> None:
        """The size follows the age; of one commit it is all that is left."""
        record["shoe_size"] = record["age"]
        if record["id"] == only["id"]:
            record["age"] = 40

    gym = after(with_shoes)
    assert _call(gym, "undo", {"seq": deleted})[0] == gone
    assert _call(gym, "undo", {"seq": both})[0] == coach
    assert _call(gym, "update_coach", {"id": coach["id"], "name": "Again"}, base=rev)[0]["name"] == "Again"
    assert "shoe_size" in gym.client.ok("history", {"channel": "coaches", "id": gone["id"]})[-1]["changes"]
    code, errors = _call(gym, "undo", {"seq": shoes})
    assert code == "invalid"
    assert "no longer there" in errors["errors"]
