"""Classes of one coach, and writes whose seq a test needs."""

from typing import Any

from tests.support.gym import Gym


def call(gym: Gym, event: str, data: Any, **opts: Any) -> tuple[Any, int]:
    """What a request that must succeed answers, and its seq."""
    ack = gym.client.call(event, data, opts)
    assert ack["ok"], ack
    return ack["data"], ack["meta"]["seq"]


def classes_of(gym: Gym, coach: int, number: int) -> list[dict[str, Any]]:
    """So many classes of a coach, all at the same time."""
    plan = gym.new("workout_plan")["id"]
    fields = {"day": "Monday", "hour": "900", "coach_id": coach, "workout_plan_id": plan}
    return [ack["data"] for ack in gym.client.pipeline([("new_schedule", fields)] * number)]
