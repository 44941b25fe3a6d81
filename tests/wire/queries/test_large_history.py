"""A commit of more records than a page may have is shown in part, and one of large records too."""

from contextlib import closing
from typing import Any

import pytest

from tests.support.fork_server import fork_server
from tests.support.server import Server
from tests.support.socketio_client import Client

pytestmark = pytest.mark.kinds("sqlite", reason="the seed is the same in each database")


@pytest.fixture(autouse=True)
def observers() -> None:
    """None: they delete what they find."""


def test_a_seed(own_server: Server) -> None:
    fork_server().run(("seed.py", "--replace", "--schedules", "1500"), DATABASE_URL=own_server.database.url)
    seq = own_server.database.newest_commit()
    with closing(Client(own_server.port, auth={"arrays": False})) as client:
        entries: list[dict[str, Any]] = client.ok("history", {"limit": 5})
        assert len(entries) == 1000
        assert {(entry["seq"], entry["event"], entry["actor"]) for entry in entries} == {(seq, "seed", None)}
        assert len({(entry["channel"], entry["id"]) for entry in entries}) == 1000
        assert client.ok("history", {"before": seq}) == []
        one = entries[0]
        assert client.ok("history", {"channel": one["channel"], "id": one["id"]}) == [one]


def test_large_records(own_server: Server) -> None:
    """100 moves of 1.7 kB in each of 40 plans: 7 MB."""
    with closing(Client(own_server.port, auth={"arrays": False})) as client:
        move = {
            "name": "Move",
            "focus": "Legs",
            "description": "é" * 500,
            "video_link": "https://a.example/" + "a" * 480,
        }
        number = client.ok("new_exercise_move", move)["id"]
        plan = {"name": "Plan", "difficulty": "Hard", "description": "Up and down."}
        plan |= {"exercise_moves": [{"id": number}] * 100}
        plans = [ack["data"]["id"] for ack in client.pipeline([("new_workout_plan", plan)] * 40)]
        found: list[int] = []
        before: dict[str, Any] = {}
        while len(found) < 40:
            entries = client.ok("history", {"channel": "workout_plans", **before})
            assert 1 <= len(entries) <= 10
            found += [entry["id"] for entry in entries]
            before = {"before": entries[-1]["seq"]}
        assert found == plans[::-1]
        listed: list[int] = []
        after = None
        while True:
            page = client.ok("list_workout_plans", {"limit": 1000, "after": after})
            assert 1 <= len(page["records"]) <= 10
            listed += [record["id"] for record in page["records"]]
            if (after := page["next"]) is None:
                break
        assert listed == plans
