"""The events of accounts, for the generated description of the wire."""

from typing import Any

from server.accounts.manage import AccountSchema
from server.accounts.manage import NewAccountSchema
from server.accounts.models import ROLES
from server.accounts.own_password import PasswordSchema
from server.realtime.gateway import json_schema
from server.realtime.gateway.events import ID
from server.realtime.gateway.events import NULL
from server.realtime.gateway.events import TEXT
from server.realtime.gateway.events import TIME
from server.realtime.gateway.events import ClientEvent
from server.realtime.gateway.events import Json
from server.realtime.gateway.events import listing
from server.realtime.gateway.events import named
from server.realtime.gateway.events import nullable
from server.realtime.gateway.events import thing

_NAME: Json = {"type": "string", "minLength": 1, "maxLength": 200}
_PASSWORD = _NAME | {"format": "password"}


def schemas() -> dict[str, Json]:
    """What the events share, by name."""
    role: Json = {"enum": list(ROLES)}
    user = {"id": nullable(ID), "name": TEXT, "picture": TEXT, "username": TEXT, "role": role}
    coach = nullable(thing({"id": ID, "name": TEXT}))
    account = {"username": TEXT, "role": role, "coach": coach, "last_seen": nullable(TIME)}
    return {"user": thing(user), "account": thing(account)}


def asked() -> list[ClientEvent]:
    """The events that clients emit."""
    # What writes an account takes an op, as every write does; none takes a base.
    writes: dict[str, Any] = {"data": named("account"), "opts": named("op_opts")}
    return [
        ClientEvent(
            "login",
            "Sign in. Keep the token, and send it in the auth object of the next CONNECT.",
            thing({"username": _NAME, "password": _PASSWORD}),
            named("user"),
            named("opts"),
            {"user": named("user"), "token": TEXT},
        ),
        ClientEvent("logout", "Sign out; the token is worth nothing any more.", None, NULL, named("opts")),
        ClientEvent("accounts", "Every account, for admins.", None, listing(named("account")), named("opts")),
        ClientEvent("new_account", "Make an account, for admins.", json_schema.written(NewAccountSchema()), **writes),
        ClientEvent(
            "set_password",
            "Choose another password of one's own. This session goes on, others of the account end.",
            json_schema.written(PasswordSchema()),
            NULL,
            named("op_opts"),
        ),
        ClientEvent(
            "set_account",
            "Change an account, for admins.",
            json_schema.written(AccountSchema()),
            **writes,
        ),
        ClientEvent("delete_account", "Delete an account, for admins.", thing({"username": _NAME}), **writes),
    ]
