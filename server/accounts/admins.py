"""There is always an admin who can sign in."""

from sqlalchemy import Connection, exists, select

from server.accounts.models import Account
from server.realtime.protocol.errors import Code, Refusal

_admin = (Account.role == "admin") & Account.password_hash.is_not(None) & Account.former_coach_id.is_(None)


def has_admin(connection: Connection, besides: int | None = None) -> bool:
    """Whether there is an admin who can sign in, other than the account `besides`."""
    query = exists().where(_admin, Account.id.is_distinct_from(besides))
    return bool(connection.scalar(select(query)))


def keep_an_admin(connection: Connection, account_id: int, field: str) -> None:
    """Raises a Refusal that names `field` if this account is the last admin who can sign in."""
    if not has_admin(connection, besides=account_id):
        line = "This is the last admin who can sign in. Make somebody else admin first."
        raise Refusal(Code.INVALID, line, {field: [line]})
