"""Coaches. The username shown is that of the account that belongs to the coach."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CheckConstraint, String
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, ma
from server.fields import Password, Text, WebAddress, WholeNumber
from server.realtime.protocol.caller import Caller
from server.realtime.resource.resource import Resource
from server.realtime.resource.rules import Rule


class Coach(db.Model):
    """A person who leads classes."""

    __tablename__ = "coaches"
    __table_args__ = (
        CheckConstraint("length(name) BETWEEN 2 AND 40", "name_length"),
        CheckConstraint("age BETWEEN 18 AND 100", "age_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    age: Mapped[int]
    picture: Mapped[str] = mapped_column(String(500), server_default="")
    account = relationship("Account", uselist=False)
    username: AssociationProxy[str | None] = association_proxy("account", "username")
    password: AssociationProxy[str | None] = association_proxy("account", "password_hash")


class CoachSchema(ma.SQLAlchemyAutoSchema):
    """`password` is write-only; `username` and `password` make or change the coach's account."""

    class Meta:
        model = Coach

    name = Text(2, 40, required=True)
    age = WholeNumber(18, 100, required=True)
    picture = WebAddress()
    username = Text(2, 40)
    password = Password()


def is_own(caller: Caller, record: Mapping[str, Any]) -> bool:
    """Whether it is the record of the caller, a coach."""
    return caller.user is not None and caller.user["id"] == record["id"]


resource = Resource("coach", Coach, CoachSchema, write={"update": Rule(frozenset({"coach"}), is_own)})
