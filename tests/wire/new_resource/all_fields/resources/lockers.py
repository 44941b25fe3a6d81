"""Lockers: one column of each kind that a database has, with the fields that follow from the model by themselves."""

from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import JSON, DateTime, Numeric, SmallInteger, String, Text, false
from sqlalchemy import Enum as EnumType
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import db, ma
from server.realtime.resource.resource import Resource


class Size(Enum):
    """Values that differ from their names."""

    SMALL = "S"
    LARGE = "L"


class Floor(Enum):
    """Values that are numbers."""

    GROUND = 0
    FIRST = 1


class Locker(db.Model):
    """A locker. What is optional may be null."""

    __tablename__ = "lockers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    label: Mapped[str | None] = mapped_column(String(20))
    motto: Mapped[str] = mapped_column(String(20), server_default="none")
    notes: Mapped[str | None] = mapped_column(Text)
    size: Mapped[Size | None]
    floor: Mapped[Floor | None]
    wing: Mapped[str | None] = mapped_column(EnumType("east", "west", name="wing"))
    free: Mapped[bool | None]
    broken: Mapped[bool] = mapped_column(server_default=false())
    price: Mapped[Decimal | None] = mapped_column(Numeric(15, 2))
    depth: Mapped[Decimal] = mapped_column(Numeric(5, 3), server_default="0.5")
    weight: Mapped[float | None]
    keys: Mapped[int] = mapped_column(server_default="2")
    hooks: Mapped[int | None] = mapped_column(SmallInteger)
    since: Mapped[date | None]
    until: Mapped[date] = mapped_column(server_default="2030-01-01")
    opens: Mapped[time | None]
    closes: Mapped[time] = mapped_column(server_default="23:00:00.000000")
    cleaned: Mapped[datetime | None]
    opened: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    checked: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default="2026-01-01 00:00:00.000000")
    contents: Mapped[Any | None] = mapped_column(JSON)
    extras: Mapped[Any] = mapped_column(JSON().with_variant(JSONB(), "postgresql"), server_default="[]")


class LockerSchema(ma.SQLAlchemyAutoSchema):
    """All follows from the model."""

    class Meta:
        model = Locker


resource = Resource("locker", Locker, LockerSchema)
