"""The front desk: the parts of `accounts`, put together."""

import sys
from functools import partial

from sqlalchemy import Engine

from server.accounts import demo
from server.accounts.attempts import Attempts
from server.accounts.companion import claim_username
from server.accounts.companion import end_sign_ins
from server.accounts.listing import AccountList
from server.accounts.manage import delete_request
from server.accounts.manage import new_request
from server.accounts.manage import set_request
from server.accounts.own_password import OwnPassword
from server.accounts.rights import Rights
from server.accounts.service import Accounts
from server.accounts.service import refused_login
from server.accounts.sessions import Sessions
from server.accounts.setup import SetUp
from server.accounts.tokens import Tokens
from server.config import Config
from server.realtime.gateway import Gateway
from server.realtime.resource import Resource
from server.realtime.snapshots import Snapshots


class Desk:
    """Says who a client is (`accounts`) and what it may (`rights`); `attach` it to the gateway that asks."""

    def __init__(self, config: Config, engine: Engine, snapshots: Snapshots) -> None:
        self.tokens = Tokens(config.secret_key)
        self.rights = Rights(config.access)
        self._access = config.access
        self._set_up = SetUp()
        self.accounts = Accounts(engine, self.tokens, snapshots, Attempts(bool(config.rate_limit)), self._set_up)
        self._own_password = OwnPassword(engine, self.tokens, self.accounts.attempts)
        self.listing = AccountList(engine, snapshots)
        self._engine = engine
        companion = Resource.registry["coaches"].companion
        assert companion is not None, "a coach's username and password are an account's"
        companion.on_change = partial(end_sign_ins, self.tokens)
        companion.claim = claim_username

    def attach(self, gateway: Gateway) -> None:
        """Serve the events of accounts, and let the gateway know when somebody is not who he was."""
        gateway.serve("login", self.accounts.login, unhurried=True, refused=refused_login)
        gateway.serve("logout", self.accounts.logout)
        gateway.serve("accounts", self.listing)
        gateway.write("new_account", partial(new_request, tokens=self.tokens))
        gateway.write("set_password", self._own_password)
        gateway.write("set_account", partial(set_request, tokens=self.tokens))
        gateway.write("delete_account", partial(delete_request, tokens=self.tokens))
        lobby = gateway.lobby
        self.accounts.become = lobby.become
        self._sessions = Sessions(self._engine, self.tokens, lambda: lobby.clients, self.accounts.caller, lobby.change)

    def start(self) -> None:
        """Watch the sign-ins from now on. If nobody could ever sign in to write, say on the console how to.

        Where signing in matters, an account with a password that everybody knows ends the process with one line.
        """
        if self._access != "open":
            if names := demo.in_use(self._engine):
                sys.exit(demo.refusal(names, self._access))
            demo.forget_passwords(self._engine)
            if offer := self._set_up.offer(self._engine):
                # Not logged: logs are kept, and sent to other places.
                print(offer, flush=True)
        self._sessions.start()
