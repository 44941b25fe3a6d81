"""The demo accounts. Their password is public, so they are for ACCESS=open only."""

import logging
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from server.accounts.models import ROLES, Account
from server.database.engines import writing
from server.values.passwords import verify_password

logger = logging.getLogger("spotter.passwords")

# One account for each role, with the role as its username.
NAMES = ROLES
PASSWORD = "spotter-demo"


def in_use(engine: Engine) -> list[str]:
    """The usernames of demo accounts that still have the public password.

    Takes 0.1 s for each account with such a username.
    """
    with engine.connect() as connection:
        return [row.username for row in _with_demo_password(connection, former=False)]


def forget_passwords(engine: Engine) -> None:
    """Remove the public password from demo accounts that an undo would bring back; it is logged.

    Raises what the database raises.
    """
    with engine.connect() as connection:
        rows = _with_demo_password(connection, former=True)
    if not rows:
        return
    with writing(engine) as connection:
        for row in rows:
            unchanged = (Account.id == row.id) & (Account.password_hash == row.password_hash)
            connection.execute(update(Account).where(unchanged).values(password_hash=None))
    names = ", ".join(repr(row.username) for row in rows)
    logger.warning("an undo would bring back %s with a password that everybody knows: it was removed", names)


def _with_demo_password(connection: Connection, *, former: bool) -> list[Any]:
    """Rows with id, username and hash; `former`: of accounts whose coach was deleted."""
    query = select(Account.id, Account.username, Account.password_hash).where(
        Account.folded.in_(NAMES),
        Account.password_hash.is_not(None),
        Account.former_coach_id.is_not(None).is_(former),
    )
    rows = connection.execute(query.order_by(Account.id)).all()
    return [row for row in rows if verify_password(row.password_hash, PASSWORD)]


def refusal(names: list[str], access: str) -> str:
    """The line that ends the start: the accounts, and the cure."""
    return (
        f"ACCESS={access} does not go with accounts whose password everybody knows: {', '.join(names)}. "
        "Give each its own with `flask --app server account password NAME`, or remove it with "
        "`flask --app server account remove NAME`."
    )
