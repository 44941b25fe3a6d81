"""A client that writes, and the valid records it makes."""

import itertools
from datetime import date, timedelta
from typing import Any

from spotter import Replica

from tests.support.catalogue import ALL, USERS_FIRST
from tests.support.socketio_client import Client

Record = dict[str, Any]

A_MONDAY = date(2001, 1, 1)


class Gym:
    """Makes records over `client`. Every text is different from every other, so that no test matches by accident."""

    numbers = itertools.count(1)

    def __init__(self, client: Client) -> None:
        self.client = client

    def payload(self, resource: str, **fields: Any) -> Record:
        """A valid payload with these fields; makes the records it refers to unless they are given."""
        number = next(self.numbers)
        match resource:
            case "coach":
                payload = {
                    "name": f"Coach {number}",
                    # An age that no test changes one to: an update to what is so already would be no commit.
                    "age": 90 + number % 9,
                    "picture": f"https://gym.example/coaches/{number}.jpg",
                }
            case "exercise_move":
                payload = {
                    "name": f"Move {number}",
                    "focus": f"Focus {number}",
                    "description": f"How to do move {number}.",
                    "video_link": f"https://gym.example/moves/{number}.mp4",
                }
            case "workout_plan":
                payload = {
                    "name": f"Plan {number}",
                    "difficulty": f"Level {number}",
                    "description": f"What plan {number} is for.",
                }
                if "exercise_moves" not in fields:
                    payload["exercise_moves"] = [{"id": self.new("exercise_move")["id"], **self.prescription()}]
            case "schedule":
                payload = {
                    "day": "Monday",
                    "hour": "900",
                    "minutes": 30 + number % 31,
                    "room": f"Room {number}",
                    "capacity": 1 + number % 1000,
                }
                for other in ("coach", "workout_plan"):
                    if other not in fields and f"{other}_id" not in fields:
                        payload[other] = {"id": self.new(other)["id"]}
            case "exception":
                payload = {
                    "date": str(A_MONDAY + timedelta(weeks=number)),
                    "cancelled": True,
                    "note": f"Note {number}.",
                }
                if "schedule" not in fields and "schedule_id" not in fields:
                    payload["schedule"] = {"id": self.new("schedule")["id"]}
            case _:
                raise KeyError(resource)
        return {**payload, **fields}

    def prescription(self) -> Record:
        """What is to be done at a move's place in a plan."""
        number = next(self.numbers)
        return {"sets": 1 + number % 100, "reps": f"{number} each", "rest": number % 3601, "notes": f"Note {number}."}

    def new(self, resource: str, **fields: Any) -> Record:
        """A new record, as the ack shows it."""
        record: Record = self.client.ok(f"new_{resource}", self.payload(resource, **fields))
        return record

    def update(self, resource: str, **fields: Any) -> Record:
        """Update a record (`id` and the fields that change); returns it as the ack shows it."""
        record: Record = self.client.ok(f"update_{resource}", fields)
        return record

    def delete(self, resource: str, record: Any) -> Record:
        """Delete a record; returns it as it was."""
        was: Record = self.client.ok(f"delete_{resource}", record)
        return was


def empty(client: Client) -> None:
    """Delete every record, users before what they use. Those that went with others are gone already."""
    snapshot = Replica()
    snapshot.take_sync(client.ok("sync", None))
    requests = [
        (f"delete_{name}", {"id": record["id"]})
        for name in USERS_FIRST
        for record in snapshot.arrays[ALL[name].channel]
    ]
    for ack, request in zip(client.pipeline(requests), requests, strict=True):
        assert ack["ok"], f"{request} after the test: {ack}"
