"""The accounts of a seeded gym."""

from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from server.accounts.models import Account
from server.accounts.passwords import demo as demos
from server.accounts.usernames import folded, keys
from server.values.passwords import hash_password


def clear(connection: Connection) -> None:
    """Delete the demo accounts, and those that belong or belonged to a coach, but for admins. Other accounts stay."""
    is_demo = Account.folded.in_(demos.NAMES)
    waits = Account.former_coach_id.is_not(None)
    connection.execute(update(Account).where(Account.role == "admin", ~is_demo).values(coach_id=None))
    connection.execute(delete(Account).where(or_(is_demo, waits, Account.coach_id.is_not(None))))


def write(connection: Connection, usernames: list[str], *, demo: bool) -> None:
    """Give the coaches, whose ids count from 1, these accounts, and add the demo accounts if `demo`.

    A coach whose username is a demo account's gets that one. A coach whose username an account already has gets none.
    """
    taken = set(connection.scalars(select(Account.folded)))
    rows: list[dict[str, Any]] = [
        {"username": username, "coach_id": coach, "role": "coach", "password_hash": None}
        for coach, username in enumerate(usernames, 1)
        if folded(username) not in taken
    ]
    coaches = {row["username"]: row for row in rows}
    hashed = hash_password(demos.PASSWORD) if demo else None
    for role in demos.NAMES if demo else ():
        row = coaches.get(role)
        if row is None:
            rows.append(row := {"username": role, "coach_id": None})
        row.update(role=role, password_hash=hashed)
    connection.execute(insert(Account), [row | keys(row["username"]) for row in rows])
