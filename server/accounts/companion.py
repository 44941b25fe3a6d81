"""What a change of a coach's record does to the coach's account."""

from collections.abc import Collection

from sqlalchemy import Connection
from sqlalchemy import select

from server.accounts.models import Account
from server.accounts.tokens import Tokens


def end_sign_ins(tokens: Tokens, connection: Connection, coach: int, fields: Collection[str]) -> None:
    """A new password ends every sign-in of the account, and so does the end of the coach (all fields)."""
    if "password" in fields:
        account = connection.scalar(select(Account.id).where(Account.coach_id == coach))
        if account is not None:
            tokens.revoke_all(connection, account)
