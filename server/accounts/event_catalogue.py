"""The events of accounts, for the generated description of the wire."""

from typing import Any

from server.accounts.account_requests import AccountSchema, NewAccountSchema
from server.accounts.models import ROLES
from server.accounts.passwords.own_password import PasswordSchema
from server.accounts.passwords.reset_links import NewPasswordSchema
from server.realtime.gateway import json_schema
from server.realtime.gateway.event_types import (
    FLAG,
    ID,
    NULL,
    TEXT,
    TIME,
    ClientEvent,
    Json,
    array_of,
    object_of,
    or_null,
    ref,
)

_NAME: Json = {"type": "string", "minLength": 1, "maxLength": 200}
_PASSWORD = _NAME | {"format": "password"}


def schemas() -> dict[str, Json]:
    """The schemas that the events share, by name."""
    role: Json = {"enum": list(ROLES)}
    user = {"id": or_null(ID), "name": TEXT, "picture": TEXT, "username": TEXT, "role": role}
    coach = or_null(object_of({"id": ID, "name": TEXT}))
    account = {"username": TEXT, "role": role, "coach": coach, "last_seen": or_null(TIME)}
    return {"user": object_of(user), "account": object_of(account)}


def client_events() -> list[ClientEvent]:
    """The events that clients emit."""
    # What writes an account takes an op, as every write does; none takes a base.
    writes: dict[str, Any] = {"data": ref("account"), "opts": ref("op_opts")}
    return [
        ClientEvent(
            "login",
            "Sign in. Keep the token, and send it in the auth object of the next CONNECT.",
            object_of({"username": _NAME, "password": _PASSWORD}),
            ref("user"),
            ref("opts"),
            {"user": ref("user"), "token": TEXT},
        ),
        ClientEvent("logout", "Sign out; the token is not valid any more.", None, NULL, ref("opts")),
        ClientEvent("accounts", "Every account, for admins.", None, array_of(ref("account")), ref("opts")),
        ClientEvent("new_account", "Make an account, for admins.", json_schema.written(NewAccountSchema()), **writes),
        ClientEvent(
            "set_password",
            "Choose another password of one's own. This session goes on, others of the account end.",
            json_schema.written(PasswordSchema()),
            NULL,
            ref("op_opts"),
        ),
        ClientEvent(
            "reset_link",
            "A secret by which somebody who forgot the password sets another, within an hour, once, for admins."
            " Hand over the page's address /reset-password#SECRET.",
            object_of({"username": _NAME}),
            object_of({"secret": TEXT, "ends_at": TIME}),
            ref("opts"),
        ),
        ClientEvent(
            "reset_password",
            "Choose another password by such a secret. All sessions of the account end.",
            json_schema.written(NewPasswordSchema()),
            NULL,
            ref("op_opts"),
        ),
        ClientEvent(
            "feed",
            "The private calendar address of one's own account; with `renew` another one, and the old one is closed.",
            or_null(object_of({}, {"renew": or_null(FLAG)}, closed=True)),
            object_of({"url": {"type": "string", "format": "uri"}}),
            ref("opts"),
        ),
        ClientEvent(
            "set_account",
            "Change an account, for admins.",
            json_schema.written(AccountSchema()),
            **writes,
        ),
        ClientEvent("delete_account", "Delete an account, for admins.", object_of({"username": _NAME}), **writes),
    ]
