"""`reset_link` and `reset_password`: who forgot the password sets another by a link that an admin hands over."""

import hashlib
import time
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import orjson
from itsdangerous import BadSignature, URLSafeTimedSerializer
from marshmallow import Schema, ValidationError
from sqlalchemy import Connection, Engine, update

from server.accounts.account_requests import existing, username_of
from server.accounts.models import Account, AccountRow, usable_accounts
from server.accounts.tokens import Tokens
from server.database.postgresql import within
from server.fields import Password, Text
from server.fields.messages import OF_SCHEMAS
from server.realtime.mutations.mutation import Request
from server.realtime.mutations.unit_of_work import UnitOfWork
from server.realtime.protocol import audit
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import Options, split
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import Code, Refusal, invalid, malformed
from server.realtime.resource.rights import Authorize
from server.realtime.transport.client import Client
from server.values.passwords import hash_password

SECONDS = 3600
# The page reads the secret from the address's fragment, which browsers keep to themselves: it is in no log.
PATH = "/reset-password#"
_OVER = "This link was used, or is older than an hour. Ask an admin for another."


class NewPasswordSchema(Schema):
    """`reset_password {secret, new_password}`."""

    error_messages = OF_SCHEMAS

    secret = Text(1, 500, required=True)
    new_password = Password(required=True)


_schema = NewPasswordSchema()


class ResetLinks:
    """A link is valid for an hour, and until its account has another password: so it is used once.

    It is kept nowhere: the secret is signed, and names the account and the password that it replaces.
    """

    def __init__(self, secret_key: str, engine: Engine, tokens: Tokens) -> None:
        self._serializer = URLSafeTimedSerializer(secret_key, salt="reset-link")
        self._engine = engine
        self._tokens = tokens

    def offer(self, client: Client, args: Sequence[Any]) -> Ack:
        """The service for `reset_link`; the rights are checked before. The password stays as it is until it is used."""
        username = username_of(split(args)[0])
        secret, ends_at = self.make(username)
        audit.wrote(client.caller, "reset_link", None, f"account {username}")
        return Ack(data=orjson.dumps({"secret": secret, "ends_at": ends_at * 1000}))

    def make(self, username: str) -> tuple[str, int]:
        """A secret for the account, and when it ends, in seconds since 1970. Refuses a name that nobody has."""
        with within(), self._engine.connect() as connection:
            account = existing(connection, username)
        return self._serializer.dumps([account.id, _fingerprint(account)]), int(time.time()) + SECONDS

    def use(self, event: str, data: object, opts: Options | None, caller: Caller, authorize: Authorize) -> Request:
        """Makes the request for `reset_password`. It ends every sign-in of the account."""
        if not isinstance(data, Mapping):
            raise malformed("Send an object {secret, new_password}.")
        try:
            values = _schema.load(data)
        except ValidationError as error:
            raise invalid(dict(error.messages_dict)) from None
        with within(), self._engine.connect() as connection:
            account = self._named_by(connection, values["secret"])
        # Whoever has no link makes the server compute no hash. A retry of an op that committed is answered before.
        hashed = None if account is None else hash_password(values["new_password"], keep=not (opts and opts.check))
        apply = partial(self._change, secret=values["secret"], hashed=hashed)
        return Request(event, caller, apply, subject=f"account {account.username if account else '?'}")

    def _change(self, work: UnitOfWork, secret: str, hashed: str | None) -> Ack:
        account = self._named_by(work.connection, secret)
        if account is None or hashed is None:
            raise Refusal(Code.INVALID, _OVER, {"secret": [_OVER]})
        work.connection.execute(update(Account).where(Account.id == account.id).values(password_hash=hashed))
        self._tokens.revoke_all(work.connection, account.id)
        return Ack()

    def _named_by(self, connection: Connection, secret: str) -> AccountRow | None:
        """The account whose password may be replaced with this secret."""
        try:
            number, fingerprint = self._serializer.loads(secret, max_age=SECONDS)
        except (BadSignature, UnicodeError):
            return None
        account = connection.execute(usable_accounts.where(Account.id == number)).first()
        return account if account is not None and _fingerprint(account) == fingerprint else None


def _fingerprint(account: AccountRow) -> str:
    """Of the password's hash, which has a salt of its own: it tells nothing about the password."""
    return hashlib.sha256((account.password_hash or "").encode()).hexdigest()[:32]
