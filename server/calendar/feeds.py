"""`feed`: an account's private calendar address, which a calendar program can subscribe to without signing in.

The secret in it is made of the server's key and of a random text that the database has. So its owner can be shown it
again, and who reads the database alone does not get to know it.
"""

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, delete, insert, select

from server.accounts.models import Account, AccountRow, Feed, usable_accounts
from server.accounts.tokens import Tokens
from server.database.engines import writing
from server.database.postgresql import within
from server.realtime.protocol import audit
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import split
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import invalid, malformed, unauthorized
from server.realtime.transport.client import Client

PATH = "/feed"
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


class Feeds:
    """Makes and renews addresses, and finds whose one is.

    `make_caller(account, address, sign_in)` is the caller of an account, `base(host)` the server's own address as seen
    by who reaches it by this name.
    """

    def __init__(
        self,
        engine: Engine,
        tokens: Tokens,
        secret_key: str,
        make_caller: Callable[[AccountRow, str, str], Caller],
        base: Callable[[str], str],
    ) -> None:
        self._engine = engine
        self._tokens = tokens
        self._key = secret_key.encode()
        self._make_caller = make_caller
        self._base = base

    def __call__(self, client: Client, args: Sequence[Any]) -> Ack:
        """The service for `feed {renew?}`: the address, made if there is none; with `renew` another one."""
        data, opts = split(args, required=False)
        renew = _parse(data)
        if opts is not None and opts.check:
            return Ack(data=b'{"url":null}')
        sign_in = client.caller.sign_in or ""
        with self._engine.connect() as connection:
            account = self._account(connection, sign_in)
            secret = None if renew else self._secret_of(connection, account.id)
        if secret is None:
            with writing(self._engine) as connection:
                secret = self._renewed(connection, sign_in, renew)
            audit.wrote(client.caller, "feed", None, f"account {account.username}")
        return Ack(data=orjson.dumps({"url": f"{self._base(client.socket.host)}{PATH}/{secret}/timetable.ics"}))

    def owner(self, secret: str, address: str) -> Caller | None:
        """Whose address has this secret, as the account is now; None if nobody's."""
        if not _SECRET.fullmatch(secret):
            return None
        query = usable_accounts.add_columns(Feed.nonce).join(Feed, Feed.account_id == Account.id)
        with within(), self._engine.connect() as connection:
            row = connection.execute(query.where(Feed.digest == _digest(secret))).first()
        if row is None or not hmac.compare_digest(self._secret(row.nonce), secret):
            return None
        return self._make_caller(row, address, "")

    def _account(self, connection: Connection, sign_in: str) -> AccountRow:
        account = self._tokens.accounts(connection, [sign_in]).get(sign_in)
        if account is None:
            raise unauthorized()
        return account

    def _secret_of(self, connection: Connection, account: int) -> str | None:
        """The account's secret; None if it has none, or one of another key of the server."""
        row = connection.execute(select(Feed.nonce, Feed.digest).where(Feed.account_id == account)).first()
        secret = None if row is None else self._secret(row.nonce)
        return secret if secret is not None and row is not None and _digest(secret) == row.digest else None

    def _renewed(self, connection: Connection, sign_in: str, renew: bool) -> str:
        """A new secret, unless another request has just made one and this is not to `renew` it."""
        account = self._account(connection, sign_in)
        # The account's other requests wait.
        connection.execute(select(Account.id).where(Account.id == account.id).with_for_update())
        if not renew and (known := self._secret_of(connection, account.id)) is not None:
            return known
        nonce = secrets.token_urlsafe(32)
        secret = self._secret(nonce)
        connection.execute(delete(Feed).where(Feed.account_id == account.id))
        connection.execute(insert(Feed).values(account_id=account.id, nonce=nonce, digest=_digest(secret)))
        return secret

    def _secret(self, nonce: str) -> str:
        made = hmac.digest(self._key, f"calendar feed {nonce}".encode(), "sha256")
        return urlsafe_b64encode(made).rstrip(b"=").decode()


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _parse(data: object) -> bool:
    """Whether the payload asks for another address."""
    if data is None:
        return False
    if not isinstance(data, Mapping):
        raise malformed("Send an object {renew}, or nothing.")
    if unknown := sorted(str(key)[:80] for key in data if key != "renew")[:10]:
        raise invalid({key: ["There is no such field; there is renew."] for key in unknown})
    renew = data.get("renew")
    if renew is not None and not isinstance(renew, bool):
        raise invalid({"renew": ["Must be true or false."]})
    return bool(renew)
