"""Accounts, the sign-ins that their tokens name, and their private calendar addresses."""

from importlib.util import find_spec
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Row, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import db

ROLES = ("admin", "coach", "viewer")
# The coaches are a resource as any other: an application may be without.
_OF_COACHES = [ForeignKey("coaches.id")] if find_spec("server.resources.coaches") else []


class Account(db.Model):
    """A username, a password and a role; it may belong to a coach.

    The account of a coach who was deleted, or lost the username, is kept with `former_coach_id` in case that is undone:
    nobody can sign in with it meanwhile, and its username is free. `folded` and `outline`: see `usernames.keys`.
    """

    __tablename__ = "accounts"
    __table_args__ = (
        CheckConstraint("length(username) BETWEEN 2 AND 40", "username_length"),
        CheckConstraint(f"role IN {ROLES}", "role_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(40), unique=True)
    folded: Mapped[str] = mapped_column(Text, unique=True, index=True, server_default="")
    outline: Mapped[str] = mapped_column(Text, index=True, server_default="")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(10), default="coach")
    coach_id: Mapped[int | None] = mapped_column(*_OF_COACHES, unique=True)
    former_coach_id: Mapped[int | None] = mapped_column(index=True)
    last_seen: Mapped[int | None] = mapped_column(BigInteger)


class SignIn(db.Model):
    """One sign-in of an account. Its token is valid while this row exists, until `ends_at` (seconds since 1970)."""

    __tablename__ = "sign_ins"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    ends_at: Mapped[int] = mapped_column(BigInteger)


class Feed(db.Model):
    """An account's private calendar address: what its secret is made of with the server's key, and its SHA-256."""

    __tablename__ = "feeds"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    nonce: Mapped[str] = mapped_column(String(43))
    digest: Mapped[str] = mapped_column(String(64), unique=True)


# A row of `usable_accounts`.
AccountRow = Row[*tuple[Any, ...]]
# The accounts that somebody can sign in with.
usable_accounts = select(
    Account.id, Account.username, Account.password_hash, Account.role, Account.coach_id, Account.last_seen
).where(Account.former_coach_id.is_(None))
