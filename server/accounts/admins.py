"""There is always somebody who can let others in."""

from sqlalchemy import Connection
from sqlalchemy import exists
from sqlalchemy import select

from server.accounts.models import Account
from server.realtime.protocol.errors import Code
from server.realtime.protocol.errors import Refusal

_admin = (Account.role == "admin") & Account.password_hash.is_not(None) & Account.former_coach_id.is_(None)


def has_admin(connection: Connection, besides: int | None = None) -> bool:
    """Whether there is an admin who can sign in, other than the account `besides`."""
    query = exists().where(_admin) if besides is None else exists().where(_admin, Account.id != besides)
    return bool(connection.scalar(select(query)))


def keep_an_admin(connection: Connection, account_id: int, field: str) -> None:
    """Refuse, with blame on `field`, to let this account be no admin any more if it is the last one."""
    if not has_admin(connection, besides=account_id):
        line = "This is the last admin who can sign in. Make somebody else admin first."
        raise Refusal(Code.INVALID, line, {field: [line]})
