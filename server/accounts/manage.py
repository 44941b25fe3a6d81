"""How admins change accounts: `set_account` and `delete_account`."""

from collections.abc import Mapping
from dataclasses import dataclass

import orjson
from marshmallow import Schema
from marshmallow import ValidationError
from marshmallow import validate
from sqlalchemy import Connection
from sqlalchemy import delete
from sqlalchemy import insert
from sqlalchemy import select
from sqlalchemy import update

from server.accounts.admins import keep_an_admin
from server.accounts.listing import find
from server.accounts.listing import shown
from server.accounts.models import ROLES
from server.accounts.models import Account
from server.accounts.tokens import AccountRow
from server.accounts.tokens import Tokens
from server.fields import Password
from server.fields import Text
from server.fields import WholeNumber
from server.passwords import hash_password
from server.realtime.ack import Ack
from server.realtime.caller import Authorize
from server.realtime.caller import Caller
from server.realtime.errors import Code
from server.realtime.errors import Refusal
from server.realtime.errors import invalid
from server.realtime.errors import malformed
from server.realtime.mutation import Request
from server.realtime.mutation import digest
from server.realtime.relations import Record
from server.realtime.requests import Options
from server.realtime.work import Work
from server.text import is_clean
from server.text import trimmed

_COACHES = "coaches"
# What `accounts` shows beside what can be set: forms echo it.
_SHOWN_ONLY = ("coach", "last_seen")


class AccountSchema(Schema):
    """`set_account {username, role?, password?, coach_id?}`."""

    error_messages = {"unknown": "There is no such field.", "type": "Must be an object."}

    username = Text(2, 40, required=True)
    role = Text(validate=validate.OneOf(ROLES, error="Must be one of {choices}."))
    password = Password()
    coach_id = WholeNumber(1, 2**31 - 1, allow_none=True)


_schema = AccountSchema()


@dataclass(slots=True)
class Setting:
    """Make or change the account of `username`, by the validated `values` (the password hashed)."""

    tokens: Tokens
    username: str
    values: Record

    def apply(self, work: Work) -> Ack:
        """Carry it out; the answer holds the account as it now is."""
        connection = work.connection
        before = find(connection, self.username)
        coach = before.coach_id if before is not None else None
        coach = self.values.get("coach_id", coach)
        self._check_coach(work, coach, before)
        row = {name: value for name, value in self.values.items() if name != "password"} | self._hash()
        if before is None:
            connection.execute(delete(Account).where(Account.username == self.username))
            role = "viewer" if coach is None else "coach"
            connection.execute(insert(Account).values({"username": self.username, "role": role, **row}))
        else:
            if before.role == "admin" and row.get("role", "admin") != "admin":
                keep_an_admin(connection, before.id, "role")
            if row:
                connection.execute(update(Account).where(Account.id == before.id).values(row))
            if "password_hash" in row:
                self.tokens.revoke_all(connection, before.id)
            if before.coach_id != coach:
                _show_username(work, before.coach_id, None)
        _show_username(work, coach, self.username)
        account = find(connection, self.username)
        return Ack(data=orjson.dumps(shown(account, None if coach is None else work.read(_COACHES, coach))))

    def _hash(self) -> Record:
        return {"password_hash": self.values["password"]} if "password" in self.values else {}

    def _check_coach(self, work: Work, coach: int | None, before: AccountRow | None) -> None:
        if coach is None:
            return
        if work.read(_COACHES, coach) is None:
            raise invalid({"coach_id": [f"There is no coach {coach}. Please choose another."]})
        other = work.connection.scalar(
            select(Account.username).where(Account.coach_id == coach, Account.username != self.username)
        )
        if other is not None:
            raise invalid({"coach_id": [f"This coach has the account {other!r}. Please choose another."]})


@dataclass(slots=True)
class Removal:
    """Delete the account of `username`."""

    tokens: Tokens
    username: str

    def apply(self, work: Work) -> Ack:
        """Carry it out; the answer holds the account as it was."""
        before = find(work.connection, self.username)
        if before is None:
            line = f"There is no account {self.username!r}. It may have been deleted."
            raise Refusal(Code.NOT_FOUND, line, {"username": [line]})
        if before.role == "admin":
            keep_an_admin(work.connection, before.id, "username")
        was = shown(before, None if before.coach_id is None else work.read(_COACHES, before.coach_id))
        self.tokens.revoke_all(work.connection, before.id)
        work.connection.execute(delete(Account).where(Account.id == before.id))
        _show_username(work, before.coach_id, None)
        return Ack(data=orjson.dumps(was))


def _show_username(work: Work, coach: int | None, username: str | None) -> None:
    """Let the coach's record say so. It follows from the account's change, so it is not undone by itself."""
    record = None if coach is None else work.read(_COACHES, coach)
    if coach is not None and record is not None:
        work.put(_COACHES, coach, record | {"username": username or ""}, derived=True)


def set_request(
    event: str, data: object, opts: Options | None, caller: Caller, authorize: Authorize, *, tokens: Tokens
) -> Request:
    """The request for `set_account`; that the caller is an admin was checked before."""
    if not isinstance(data, Mapping):
        raise malformed("Send the account as an object with its fields.")
    fields = {name: value for name, value in data.items() if name not in _SHOWN_ONLY}
    if fields.get("password") in (None, ""):
        fields.pop("password", None)
    try:
        values: Record = _schema.load(fields)
    except ValidationError as error:
        raise invalid(dict(error.messages_dict)) from None
    if "password" in values:
        # Not for what is not going to be written: hashing costs a tenth of a second.
        values["password"] = "only checked" if opts and opts.check else hash_password(values["password"])
    username = values.pop("username")
    fields.pop("password", None)
    return _request(event, caller, Setting(tokens, username, values), opts, fields, username)


def delete_request(
    event: str, data: object, opts: Options | None, caller: Caller, authorize: Authorize, *, tokens: Tokens
) -> Request:
    """The request for `delete_account`."""
    username = data.get("username") if isinstance(data, Mapping) else data
    if not isinstance(username, str) or not 1 <= len(trimmed(username)) <= 40 or not is_clean(trimmed(username)):
        raise invalid({"username": ["Must be the username of an account."]})
    username = trimmed(username)
    return _request(event, caller, Removal(tokens, username), opts, username, username)


def _request(
    event: str, caller: Caller, write: Setting | Removal, opts: Options | None, data: object, username: str
) -> Request:
    op = opts.op if opts else None
    shown_digest = digest(event, data) if op else ""
    return Request(event, caller, write.apply, _nothing, op, shown_digest, subject=f"account {username}")


def _nothing(connection: Connection) -> None:
    """Rights to accounts hang on the event alone, and were checked when it arrived."""
