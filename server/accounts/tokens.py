"""Tokens: signed, expiring, revocable. A token names a sign-in; what it is worth is in the database."""

import time
import uuid
from collections.abc import Collection
from typing import Any

from itsdangerous import BadSignature
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import Connection
from sqlalchemy import Row
from sqlalchemy import delete
from sqlalchemy import insert
from sqlalchemy import select
from sqlalchemy import update

from server.accounts.models import Account
from server.accounts.models import SignIn
from server.accounts.usernames import folded
from server.realtime.protocol.caller import Caller

LIFETIME_SECONDS = 30 * 24 * 3600
# An account's row with what is shown of its coach.
AccountRow = Row[*tuple[Any, ...]]
_account = select(
    Account.id, Account.username, Account.password_hash, Account.role, Account.coach_id, Account.former_coach_id
)


class Tokens:
    """Makes, reads and revokes tokens."""

    def __init__(self, secret_key: str) -> None:
        self._serializer = URLSafeTimedSerializer(secret_key, salt="sign-in")

    def issue(self, connection: Connection, account_id: int) -> tuple[str, str]:
        """A new sign-in: its id, and the token that the client keeps."""
        number = str(uuid.uuid4())
        now = int(time.time())
        connection.execute(delete(SignIn).where(SignIn.ends_at < now))
        ends_at = now + LIFETIME_SECONDS
        connection.execute(insert(SignIn).values(id=number, account_id=account_id, ends_at=ends_at))
        connection.execute(update(Account).where(Account.id == account_id).values(last_seen=now))
        return number, self._serializer.dumps(number)

    def revoke_all(self, connection: Connection, account_id: int, but: str | None = None) -> None:
        """End every sign-in of an account, except the one that is to go on."""
        ends = (SignIn.account_id == account_id) & SignIn.id.is_distinct_from(but)
        connection.execute(delete(SignIn).where(ends))

    def revoke(self, connection: Connection, sign_in: str) -> None:
        """End a sign-in: its token is worth nothing any more."""
        connection.execute(delete(SignIn).where(SignIn.id == sign_in))

    def read(self, connection: Connection, token: object) -> tuple[str, AccountRow] | None:
        """The sign-in that a token names and its account; None for whatever is not, or no longer, a token of ours."""
        if not isinstance(token, str) or len(token) > 500:
            return None
        try:
            number = str(self._serializer.loads(token, max_age=LIFETIME_SECONDS))
        except (BadSignature, UnicodeError):
            return None
        row = self.accounts(connection, [number]).get(number)
        return None if row is None else (number, row)

    def accounts(self, connection: Connection, sign_ins: Collection[str]) -> dict[str, AccountRow]:
        """The accounts of those sign-ins that are still worth something."""
        query = _account.add_columns(SignIn.id.label("sign_in")).join(SignIn, SignIn.account_id == Account.id)
        rows = connection.execute(query.where(SignIn.id.in_(sign_ins), SignIn.ends_at >= int(time.time())))
        return {row.sign_in: row for row in rows if usable(row)}


def find_account(connection: Connection, username: str) -> AccountRow | None:
    """The account that can sign in under this name."""
    row = connection.execute(_account.where(Account.folded == folded(username))).first()
    return None if row is None or not usable(row) else row


def usable(row: AccountRow) -> bool:
    """Whether somebody can sign in: not with the account of a coach who was deleted."""
    return row.former_coach_id is None


def caller_of(row: AccountRow, coach: dict[str, object] | None, address: str, sign_in: str) -> Caller:
    """The caller that an account makes, with the `user` that its client is shown."""
    name = coach["name"] if coach else row.username
    user = {
        "id": row.coach_id,
        "name": name,
        "picture": coach["picture"] if coach else "",
        "username": row.username,
        "role": row.role,
    }
    return Caller(address, row.username, str(name), row.role, user, sign_in)
