"""Some records of each channel that refer to each other, with texts and numbers of every kind."""

from itertools import zip_longest
from typing import Any

from tests.support.filters import TEXTS

SAMPLE: dict[str, list[dict[str, Any]]] = {
    "coaches": [
        {"name": name * 2, "age": 18 + 3 * place, "picture": "https://example.org/É.png" if place % 2 else ""}
        | {"username": f"{name}{place}" if name.isalpha() and place % 3 else ""}
        for place, name in enumerate(TEXTS[:12])
    ],
    "exercise_moves": [{"name": name * 2, "focus": f"{name}Σ", "description": "x" * 10} for name in TEXTS[11:17]],
    "workout_plans": [
        {"name": name * 2, "difficulty": "hard", "description": "x" * 10}
        | {"exercise_moves": [{"id": 1 + place % 5}, {"id": 1 + place % 3}, {"id": 1 + place % 5}]}
        for place, name in enumerate(TEXTS[17:24])
    ],
    "schedules": [
        {"day": "Monday" if place % 2 else "Friday", "hour": hour, "coach_id": 1 + place, "workout_plan_id": 1 + place}
        for place, hour in enumerate(("900", "1830", "000", "1000", "930", "2359"))
    ],
    "guests": [
        {"name": "One guest", "coach_id": 1, "mood": "ΟΔΟΣ"},
        {"name": "İki", "coach_id": 2, "visits": 3, "favourite_id": 2, "buddy_id": 1, "plans": [{"id": 4}, {"id": 1}]},
        {"name": "straße", "coach_id": 1, "visits": 0, "favourite_id": 1, "buddy_id": 2, "plans": [{"id": 2}]},
    ],
    "bookings": [
        {"name": "May", "schedule_id": 1},
        {"name": "may", "schedule_id": 2, "about_id": 1, "friend_id": 1},
        {"name": "MAY", "friend_id": 2},
    ],
    "routines": [
        {"name": "None"},
        {"name": "Some", "moves": [{"id": 1, "sets": 3}, {"id": 2}, {"id": 1}]},
        {"name": "Other", "moves": [{"id": 5}]},
    ],
    "lockers": [
        {"name": name, "label": label, "weight": weight, "opened": opened, "contents": contents, "price": price}
        for name, label, weight, opened, contents, price in zip_longest(
            TEXTS[:20],
            TEXTS[20::-1],
            (0, -0.0, 0.1, 3, 1e300),
            ("2026-11-25T08:30:00Z", "2026-11-25T10:30+02:00", None, "2026-11-25T08:30:00.000001Z"),
            ({}, [], "", 0, False, True, 1, 1.5, {"a": 1, "b": [None]}, {"b": [None], "a": 1.0}),
            (0, 12.5, "-0.01", 0.3),
        )
        if name
    ],
}
