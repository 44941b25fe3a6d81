"""Whether the database holds a gym already, and writing another in its place."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, text

from server import resources
from server.calendar.gym_identity import renew_identity
from server.extensions import Base, db
from server.realtime.journal import journal
from server.realtime.journal.reconcile import new_epoch
from server.realtime.resource.resource import Resource
from server.seeds import accounts
from server.seeds.gym import Gym

_CHUNK = 20_000


def is_empty(connection: Connection) -> bool:
    """Whether no channel has a record and nobody an account: a gym that was emptied on purpose is not filled again."""
    tables = [table for table in [*_tables(), db.metadata.tables["accounts"]] if "id" in table.c]
    return not any(connection.execute(select(table.c.id).limit(1)).first() for table in tables)


def missing() -> list[str]:
    """The channels of the demo that were removed from this application."""
    return sorted(set(resources.GYM) - Resource.registry.keys())


def replace(connection: Connection, gym: Gym, today: date, report: Callable[[str], None], *, demo: bool) -> None:
    """Delete all records and write the gym. Running servers and their clients get it within a second of the commit.

    The caller's transaction must be a writing one. `demo`: with the demo accounts. `report` gets the progress, a line
    at a time. `today` is the gym's.
    """
    # On PostgreSQL this keeps the servers from writing until the end; SQLite is locked already.
    journal.head(connection, lock=True)
    accounts.clear(connection)
    for table in reversed(_tables()):
        connection.execute(delete(table))
    written = _rows(gym, today)
    for table in _tables():
        rows = written.get(table.name, [])
        if "id" in table.c:
            rows = [{"id": number, **row} for number, row in enumerate(rows, 1)]
            _restart_ids(connection, table, len(rows))
        for start in range(0, len(rows), _CHUNK):
            connection.execute(insert(table), rows[start : start + _CHUNK])
            if len(rows) > _CHUNK:
                report(f"{table.name}: {min(start + _CHUNK, len(rows)):,} of {len(rows):,}")
    accounts.write(connection, [coach.username for coach in gym.coaches], demo=demo)
    report("the change log")
    new_epoch(connection)
    renew_identity(connection)


def _tables() -> list[Table]:
    """The tables of all resources, referenced ones first; not those of accounts, the journal and the gym's identity."""
    mappers = Base.registry.mappers
    kept = {mapper.local_table for mapper in mappers if not mapper.class_.__module__.startswith(resources.__name__)}
    return [table for table in db.metadata.sorted_tables if table not in kept]


def _rows(gym: Gym, today: date) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table that gets some, without ids."""
    moves = {move.name: number for number, move in enumerate(gym.moves, 1)}
    return {
        "coaches": [{"name": coach.name, "age": coach.age, "picture": ""} for coach in gym.coaches],
        "exercise_moves": [{**move._asdict(), "video_link": ""} for move in gym.moves],
        "workout_plans": [
            {"name": plan.name, "difficulty": plan.difficulty, "description": plan.description} for plan in gym.plans
        ],
        "planned_moves": [
            {"workout_plan_id": number, "position": position, "exercise_move_id": moves[move.name]}
            | {"sets": move.sets, "reps": move.reps, "rest": move.rest, "notes": move.notes}
            for number, plan in enumerate(gym.plans, 1)
            for position, move in enumerate(plan.moves)
        ],
        "schedules": [
            {"day": slot.day, "hour": slot.hour, "coach_id": slot.coach + 1, "workout_plan_id": slot.plan + 1}
            | {"minutes": slot.minutes, "room": slot.room, "capacity": slot.capacity}
            for slot in gym.week
        ],
        "exceptions": [
            {"date": one.date(today), "cancelled": one.coach is None, "note": one.note}
            | {"schedule_id": _id(one.slot), "coach_id": _id(one.coach)}
            for one in gym.dates
        ],
    }


def _id(index: int | None) -> int | None:
    return None if index is None else index + 1


def _restart_ids(connection: Connection, table: Table, used: int) -> None:
    """Make `used` + 1 the next id of the table."""
    if connection.dialect.name == "sqlite":
        # The ids that are about to be written count; what was there before must not.
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
        return
    sequence = func.pg_get_serial_sequence(table.name, "id")
    connection.execute(select(func.setval(sequence, used + 1, False)))
