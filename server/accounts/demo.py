"""The demo accounts: everybody can read their password, so they are for a gym that is open to everybody anyway."""

from sqlalchemy import Engine
from sqlalchemy import select

from server.accounts.models import ROLES
from server.accounts.models import Account
from server.passwords import verify_password

# One account for each role, called like it.
NAMES = ROLES
PASSWORD = "spotter-demo"


def in_use(engine: Engine) -> list[str]:
    """The usernames of demo accounts that can be signed in to with the known password.

    Takes a tenth of a second for each account that is called like a demo account.
    """
    query = select(Account.username, Account.password_hash).where(
        Account.folded.in_(NAMES), Account.password_hash.is_not(None), Account.former_coach_id.is_(None)
    )
    with engine.connect() as connection:
        rows = connection.execute(query.order_by(Account.id)).all()
    return [row.username for row in rows if verify_password(row.password_hash, PASSWORD)]


def refusal(names: list[str], access: str) -> str:
    """The line that ends the start: which accounts they are, and the cure."""
    return (
        f"ACCESS={access} does not go with accounts whose password everybody knows: {', '.join(names)}. "
        "Give each its own with `flask --app server account password NAME`, or remove it with "
        "`flask --app server account remove NAME`."
    )
