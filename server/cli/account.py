"""`flask --app server account ...`: accounts from the command line, also while the server runs."""

import getpass
import sys
from collections.abc import Callable

import click
from gevent.event import AsyncResult

from server.accounts.models import ROLES
from server.accounts.passwords.reset_links import PATH
from server.accounts.tokens import find_account
from server.cli.command import Commands, opened
from server.lifecycle import Parts
from server.realtime.gateway.endpoint import MakeRequest
from server.realtime.protocol import audit
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import Refusal

accounts = Commands("account", help="Who may sign in, and what they may do.")
_role = click.Choice(ROLES)


@accounts.command("list")
def list_accounts() -> None:
    """Every account: its username, role and coach."""
    for account in opened().accounts.listing.all():
        coach = account["coach"]
        click.echo(f"{account['username']:40} {account['role']:8} {coach['name'] if coach else '-'}")


@accounts.command()
@click.argument("username")
@click.option("--role", type=_role, default="viewer", show_default=True)
@click.option("--coach", type=int, help="The id of the coach whose account it is.")
def add(username: str, role: str, coach: int | None) -> None:
    """Make an account. The password is asked for, or read from standard input."""
    running = opened()
    if _exists(running, username):
        raise click.ClickException(f"There is an account {username!r} already. Change its role or its password.")
    fields = {"username": username, "role": role, "coach_id": coach, "password": _password()}
    _commit(running, "new_account", running.accounts.requests.new, fields)
    click.echo(f"{username} may sign in, as {role}.")


@accounts.command()
@click.argument("username")
@click.argument("role", type=_role)
def role(username: str, role: str) -> None:
    """Give an account another role."""
    _set(username, "role", lambda: role)
    click.echo(f"{username} is {role} now.")


@accounts.command()
@click.argument("username")
def password(username: str) -> None:
    """Give an account another password, asked for or read from standard input. Ends all its sign-ins."""
    _set(username, "password", _password)
    click.echo(f"{username} has a new password.")


@accounts.command("reset-link")
@click.argument("username")
def reset_link(username: str) -> None:
    """A link by which somebody who forgot the password sets another, within an hour, once."""
    running = opened()
    if not _exists(running, username):
        raise click.ClickException(f"There is no account {username!r}. See `flask --app server account list`.")
    secret, _ = running.accounts.reset_links.make(username)
    audit.wrote(_operator(), "reset_link", None, f"account {username}")
    click.echo(f"Within an hour, at the gym's address: {PATH}{secret}")


@accounts.command()
@click.argument("username")
def remove(username: str) -> None:
    """Remove an account. Ends all its sign-ins; its coach, if it has one, stays."""
    running = opened()
    _commit(running, "delete_account", running.accounts.requests.delete, username)
    click.echo(f"{username} may not sign in any more.")


def _exists(running: Parts, username: str) -> bool:
    with running.engine.connect() as connection:
        return find_account(connection, username) is not None


def _password() -> str:
    """Never an argument: arguments are in the shell's history, and everybody on the machine can see them."""
    if sys.stdin.isatty():
        typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return typed
    return sys.stdin.readline().rstrip("\r\n") or "-"


def _set(username: str, field: str, read: Callable[[], str]) -> None:
    """Set one field of an account to what `read` returns; that is not called if there is no such account."""
    running = opened()
    if not _exists(running, username):
        raise click.ClickException(f"There is no account {username!r}. See `flask --app server account list`.")
    _commit(running, "set_account", running.accounts.requests.set, {"username": username, field: read()})


def _operator() -> Caller:
    """Who may run a program beside the database may do anything."""
    name = getpass.getuser()
    return Caller("command line", name, f"{name} (command line)", "admin")


def _commit(running: Parts, event: str, make_request: MakeRequest, data: object) -> None:
    """Commit a request as the server does. A refusal ends the command with its line."""
    acks: AsyncResult = AsyncResult()
    try:
        request = make_request(event, data, None, _operator(), lambda *_: None)
    except Refusal as refusal:
        raise click.ClickException(refusal.errors["errors"]) from None
    running.group_commit.start()
    running.group_commit.submit(request, acks.set)
    ack: Ack = acks.get()
    running.group_commit.stop(0)
    if not ack.ok:
        raise click.ClickException(ack.errors["errors"])
