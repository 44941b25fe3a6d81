"""Exceptions: what is different on one date, of one class or of the whole gym."""

import datetime
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, ma
from server.fields import Day, Reference, Text, TrueOrFalse
from server.realtime.resource.resource import Resource
from server.values.week import day_of, slot

_OF_THE_GYM = text("schedule_id IS NULL")


class DateException(db.Model):
    """A class on one date, or without a class the day on which the gym is closed."""

    __tablename__ = "exceptions"
    __table_args__ = (
        UniqueConstraint("schedule_id", "date"),
        # Null is never equal to null in the constraint above.
        Index("uq_exceptions_closed_date", "date", unique=True, sqlite_where=_OF_THE_GYM, postgresql_where=_OF_THE_GYM),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    date: Mapped[datetime.date]
    schedule_id: Mapped[int | None] = mapped_column(ForeignKey("schedules.id"))
    cancelled: Mapped[bool] = mapped_column(server_default=false())
    coach_id: Mapped[int | None] = mapped_column(ForeignKey("coaches.id"), index=True)
    note: Mapped[str] = mapped_column(String(200), server_default="")
    schedule = relationship("Schedule")
    coach = relationship("Coach")


class DateExceptionSchema(ma.SQLAlchemyAutoSchema):
    """It goes with its class; the coach is the one who gives the class on that date."""

    class Meta:
        model = DateException

    date = Day(required=True)
    schedule = Reference("ScheduleSchema", only=("id", "day", "hour"), owned=True)
    cancelled = TrueOrFalse(load_default=False)
    coach = Reference("CoachSchema", only=("id", "name"))
    note = Text(maximum=200)


def flaws(record: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is wrong with it, by field: a class has the weekday of its date, and something is different about it."""
    scheduled, cancelled, coach = record["schedule"], record["cancelled"], record["coach"]
    if scheduled is None:
        errors = {} if cancelled else {"cancelled": ["Must be true without a class: the gym is closed that day."]}
        return errors | ({"coach": ["Choose a class for this coach as well."]} if coach else {})
    errors = {}
    day = day_of(datetime.date.fromisoformat(record["date"]))
    if day != scheduled["day"]:
        errors["date"] = [f"Must be a {scheduled['day']}, as the class is: {record['date']} is a {day}."]
    if cancelled and coach:
        errors["coach"] = ["Nobody gives a class that is cancelled. Leave the coach out."]
    elif not (cancelled or coach or record["note"]):
        errors["cancelled"] = ["Say what is different: the class is cancelled, another coach gives it, or a note."]
    return errors


def label(record: Mapping[str, Any]) -> str:
    """The date, and the class if it is about one."""
    scheduled = record["schedule"]
    return f"{record['date']} {'closed' if scheduled is None else slot(scheduled['day'], scheduled['hour'])}"


resource = Resource(
    "exception", DateException, DateExceptionSchema, check=flaws, label=label, write=("coach",), arrays=False
)
