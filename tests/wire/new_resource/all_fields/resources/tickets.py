"""Tickets: what the server writes by itself, at a new record and at each edit, and what it makes of what there is."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from marshmallow import fields
from sqlalchemy import JSON, Computed, DateTime, Numeric, String, func, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import db, ma
from server.fields import Text
from server.realtime.resource.resource import Resource


def now() -> datetime:
    """To the millisecond."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


class Ticket(db.Model):
    """A ticket for the gym, with defaults of all sorts."""

    __tablename__ = "tickets"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(40), default="Day ticket")
    state: Mapped[str] = mapped_column(String(20), server_default="open")
    note: Mapped[str | None] = mapped_column(String(40))
    price: Mapped[Decimal] = mapped_column(Numeric(8, 2), default=Decimal("12.50"))
    seats: Mapped[int] = mapped_column(server_default="2")
    tags: Mapped[Any] = mapped_column(JSON, default=list)
    code: Mapped[str] = mapped_column(String(40), default=func.lower("CODE"))
    total: Mapped[Decimal] = mapped_column(Numeric(10, 2), Computed("price * seats"))
    made: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    edited: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now, onupdate=now)
    edits: Mapped[int] = mapped_column(default=0, onupdate=text("edits + 1"))

    @hybrid_property
    def title(self) -> str:
        """As it is printed."""
        return f"{self.name} ({self.described()})"

    @property
    def is_free(self) -> bool:
        """Whether nothing is to be paid."""
        return self.price == 0

    def described(self) -> str:
        """For other fields."""
        return f"{self.seats} seats"


class TicketSchema(ma.SQLAlchemyAutoSchema):
    """What is computed is read-only."""

    class Meta:
        model = Ticket
        dump_only = ("made",)

    title = Text(dump_only=True)
    is_free = fields.Boolean(dump_only=True)
    length = fields.Method("length_of")
    shouted = fields.Function(lambda ticket: ticket.name.upper())

    def length_of(self, ticket: Ticket) -> int:
        """Of the name."""
        return len(ticket.name or "")


resource = Resource("ticket", Ticket, TicketSchema)
