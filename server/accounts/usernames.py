"""When two usernames are the same, and when one only looks like another."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import orjson
from sqlalchemy import Connection, delete, or_, select

from server.accounts.models import Account
from server.realtime.protocol.errors import invalid
from server.values.text import normalized, trimmed, without_invisible


def folded(username: str) -> str:
    """Usernames with the same folded form are the same: NFKC, case folding, without characters that show nothing."""
    # Folding may undo the normal form, and the normal form may bring capitals back: a second round settles it.
    once = normalized(normalized(without_invisible(username), "NFKC").casefold(), "NFKC")
    return trimmed(without_invisible(normalized(once.casefold(), "NFKC")))


def outline(username: str) -> str:
    """The folded form with letters of other alphabets replaced by the Latin letters that they look like.

    Two usernames with the same outline look alike. Letters are compared in the case they are typed in: В looks like B,
    в does not.
    """
    shown = normalized(without_invisible(username), "NFKC")
    return folded(shown if shown.isascii() else shown.translate(_lookalikes()))


def keys(username: str) -> dict[str, str]:
    """The columns that a username is found by."""
    return {"folded": folded(username), "outline": outline(username)}


def claim(connection: Connection, username: str, account_id: int | None) -> Mapping[str, str]:
    """Refuse a username that another account has, or that looks like another's; returns its `keys`.

    `account_id` is the account that is to have it, None if it is not made yet. A former coach's account with the same
    username is deleted.
    """
    wanted = keys(username)
    alike = or_(*(getattr(Account, key) == value for key, value in wanted.items()))
    query = select(Account.id, Account.username, Account.folded, Account.former_coach_id).where(alike)
    for row in connection.execute(query).all():
        if row.id == account_id:
            continue
        is_same = row.folded == wanted["folded"]
        if row.former_coach_id is None:
            raise invalid({"username": [_taken(username, row.username, is_same)]})
        if is_same:
            connection.execute(delete(Account).where(Account.id == row.id))
    return wanted


def _taken(username: str, other: str, is_same: bool) -> str:
    if username == other:
        return "This username is taken. Please choose another."
    if is_same:
        return f"This username is the same as {other!r}, which is taken. Please choose another."
    return f"This username looks like {other!r}, which is taken: it has letters of another alphabet. Choose another."


@cache
def _lookalikes() -> dict[int, str]:
    """Letters that are not ASCII and look like one that is, by the tables of Unicode's security mechanisms (UTS 39).

    The library's own functions would keep all of its tables in memory, 18 MB.
    """
    table = orjson.loads(files("confusable_homoglyphs").joinpath("confusables.json").read_bytes())
    found = {}
    for character, alike in table.items():
        latin = [other["c"] for other in alike if re.fullmatch("[0-9A-Za-z]", other["c"])]
        if latin and len(character) == 1 and not character.isascii():
            # A letter before a digit, where both are listed.
            found[ord(character)] = max(latin)
    return found
