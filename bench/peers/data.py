"""The gym that the peers serve: the same four tables and the same number of rows as ours."""

import sqlite3
from pathlib import Path

COACHES, MOVES, PLANS, MOVES_PER_PLAN = 20, 200, 50, 6
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

TABLES = """
CREATE TABLE coaches (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER, picture TEXT, username TEXT UNIQUE
);
CREATE TABLE exercise_moves (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, focus TEXT NOT NULL,
    description TEXT NOT NULL, video_link TEXT
);
CREATE TABLE workout_plans (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, difficulty TEXT NOT NULL, description TEXT NOT NULL
);
CREATE TABLE plan_moves (
    plan_id INTEGER NOT NULL REFERENCES workout_plans (id),
    move_id INTEGER NOT NULL REFERENCES exercise_moves (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (plan_id, position)
);
CREATE TABLE schedules (
    id INTEGER PRIMARY KEY, day TEXT NOT NULL, hour TEXT NOT NULL,
    coach_id INTEGER NOT NULL REFERENCES coaches (id),
    workout_plan_id INTEGER NOT NULL REFERENCES workout_plans (id)
);
"""


def make_database(path: Path, schedules: int) -> None:
    """Write a new database with this many schedules. WAL is left to whoever opens it."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.executescript(TABLES)
    connection.executemany(
        "INSERT INTO coaches VALUES (?, ?, ?, ?, ?)",
        [
            (n, f"Coach Number {n}", 20 + n, f"https://example.com/coach/{n}.png", f"coach{n}")
            for n in range(1, COACHES + 1)
        ],
    )
    connection.executemany(
        "INSERT INTO exercise_moves VALUES (?, ?, 'Strength', ?, ?)",
        [
            (
                n,
                f"Move number {n}",
                "Stand with the feet under the hips, brace, and move slowly through the range.",
                f"https://example.com/move/{n}",
            )
            for n in range(1, MOVES + 1)
        ],
    )
    connection.executemany(
        "INSERT INTO workout_plans VALUES (?, ?, 'Intermediate', ?)",
        [
            (n, f"Plan number {n}", "Six moves, three rounds, two minutes of rest between them.")
            for n in range(1, PLANS + 1)
        ],
    )
    connection.executemany(
        "INSERT INTO plan_moves VALUES (?, ?, ?)",
        [
            (plan, (plan * 7 + position) % MOVES + 1, position)
            for plan in range(1, PLANS + 1)
            for position in range(MOVES_PER_PLAN)
        ],
    )
    connection.executemany(
        "INSERT INTO schedules VALUES (?, ?, ?, ?, ?)",
        [(n, DAYS[n % 7], str(600 + n % 15 * 100), n % COACHES + 1, n % PLANS + 1) for n in range(1, schedules + 1)],
    )
    connection.commit()
    connection.close()


def copy_into_pocketbase(source: Path, target: Path) -> None:
    """Put the rows of a database made here into PocketBase's tables, which its migration made."""
    connection = sqlite3.connect(target)
    connection.execute("ATTACH ? AS source", [str(source)])
    connection.executescript("""
INSERT INTO coaches (id, name, age, picture, username) SELECT id, name, age, picture, username FROM source.coaches;
INSERT INTO exercise_moves (id, name, focus, description, video_link)
    SELECT id, name, focus, description, video_link FROM source.exercise_moves;
INSERT INTO workout_plans (id, name, difficulty, description, exercise_moves)
    SELECT id, name, difficulty, description,
        (SELECT json_group_array(CAST(move_id AS TEXT)) FROM source.plan_moves WHERE plan_id = plan.id)
    FROM source.workout_plans AS plan;
INSERT INTO schedules (id, day, hour, coach, workout_plan)
    SELECT id, day, hour, coach_id, workout_plan_id FROM source.schedules;
""")
    connection.commit()
    connection.close()
