"""What a change of a coach's record does to the coach's account."""

from collections.abc import Collection
from collections.abc import Mapping

from sqlalchemy import Connection
from sqlalchemy import select

from server.accounts.models import Account
from server.accounts.tokens import Tokens
from server.accounts.usernames import claim


def end_sign_ins(tokens: Tokens, connection: Connection, coach: int, fields: Collection[str]) -> None:
    """A new password ends every sign-in of the account, and so does the end of coach or username (all fields)."""
    if "password" in fields:
        account = connection.scalar(select(Account.id).where(Account.coach_id == coach))
        if account is not None:
            tokens.revoke_all(connection, account)


def claim_username(connection: Connection, username: str, coach: int) -> Mapping[str, str]:
    """`usernames.claim` for the account of a coach, which may be yet to be made."""
    return claim(connection, username, connection.scalar(select(Account.id).where(Account.coach_id == coach)))
