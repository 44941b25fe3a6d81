"""Tokens: signed, expiring, revocable. A token names a sign-in; whether it is valid is in the database."""

import time
import uuid
from collections.abc import Collection

from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import Connection, delete, insert, update

from server.accounts.models import Account, AccountRow, SignIn, usable_accounts
from server.accounts.usernames import folded

LIFETIME_SECONDS = 30 * 24 * 3600


class Tokens:
    """Makes, reads and revokes tokens."""

    def __init__(self, secret_key: str) -> None:
        self._serializer = URLSafeTimedSerializer(secret_key, salt="sign-in")

    def issue(self, connection: Connection, account_id: int) -> tuple[str, str]:
        """A new sign-in: its id, and the token that the client keeps."""
        sign_in = str(uuid.uuid4())
        now = int(time.time())
        connection.execute(delete(SignIn).where(SignIn.ends_at < now))
        ends_at = now + LIFETIME_SECONDS
        connection.execute(insert(SignIn).values(id=sign_in, account_id=account_id, ends_at=ends_at))
        connection.execute(update(Account).where(Account.id == account_id).values(last_seen=now))
        return sign_in, self._serializer.dumps(sign_in)

    def revoke_all(self, connection: Connection, account_id: int, but: str | None = None) -> None:
        """End every sign-in of an account, except `but`."""
        ends = (SignIn.account_id == account_id) & SignIn.id.is_distinct_from(but)
        connection.execute(delete(SignIn).where(ends))

    def revoke(self, connection: Connection, sign_in: str) -> None:
        """End a sign-in, and with it the validity of its token."""
        connection.execute(delete(SignIn).where(SignIn.id == sign_in))

    def read(self, connection: Connection, token: object) -> tuple[str, AccountRow] | None:
        """The sign-in that a token names and its account; None if it is not a valid token."""
        if not isinstance(token, str) or len(token) > 500:
            return None
        try:
            sign_in = str(self._serializer.loads(token, max_age=LIFETIME_SECONDS))
        except (BadSignature, UnicodeError):
            return None
        row = self.accounts(connection, [sign_in]).get(sign_in)
        return None if row is None else (sign_in, row)

    def accounts(self, connection: Connection, sign_ins: Collection[str]) -> dict[str, AccountRow]:
        """The accounts of those sign-ins that are still valid, by sign-in."""
        query = usable_accounts.add_columns(SignIn.id.label("sign_in")).join(SignIn, SignIn.account_id == Account.id)
        rows = connection.execute(query.where(SignIn.id.in_(sign_ins), SignIn.ends_at >= int(time.time())))
        return {row.sign_in: row for row in rows}


def find_account(connection: Connection, username: str, *, lock: bool = False) -> AccountRow | None:
    """The account that can sign in under this name.

    With `lock` it is as another transaction leaves it that was changing it, and stays so until this one ends.
    """
    query = usable_accounts.where(Account.folded == folded(username))
    # Only PostgreSQL has locks of rows; SQLite lets one transaction write at a time.
    return connection.execute(query.with_for_update(key_share=True) if lock else query).first()
