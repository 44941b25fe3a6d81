"""Schedules: the weekly class slots of the timetable."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate
from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, ma
from server.fields import Reference, Text
from server.fields.messages import missing
from server.realtime.resource.resource import Resource
from server.values.text import trimmed

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Schedule(db.Model):
    """A class of one coach, every week on the same day at the same hour."""

    __tablename__ = "schedules"
    __table_args__ = (
        CheckConstraint(f"day IN {DAYS}", "day_name"),
        CheckConstraint("length(hour) BETWEEN 3 AND 4", "hour_length"),
        Index(None, "coach_id", "day", "hour"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(String(9))
    hour: Mapped[str] = mapped_column(String(4))
    coach_id: Mapped[int] = mapped_column(ForeignKey("coaches.id"))
    workout_plan_id: Mapped[int] = mapped_column(ForeignKey("workout_plans.id"), index=True)
    coach = relationship("Coach")
    workout_plan = relationship("WorkoutPlan")


class Hour(fields.Field[str]):
    """A time of day: 900, "900", "0900" or "09:00" on the way in; "900" when stored and sent."""

    default_error_messages = missing()
    _FORMS = re.compile(r"([0-9]{1,2}):([0-9]{2})|([0-9]{1,2})([0-9]{2})", re.ASCII)
    _SHOWN = r"^(1?[0-9]|2[0-3])[0-5][0-9]$"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(metadata={"type": "string", "pattern": self._SHOWN, "examples": ["900", "1830"]}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value).zfill(4)
        match = self._FORMS.fullmatch(trimmed(value)) if isinstance(value, str) else None
        if match is None:
            raise ValidationError("Must be a time of day such as 900 or 09:00.")
        hour, minute = int(match[1] or match[3]), int(match[2] or match[4])
        if hour > 23 or minute > 59:
            raise ValidationError("Must be a time of day from 000 to 2359.")
        return f"{hour}{minute:02}"


class ScheduleSchema(ma.SQLAlchemyAutoSchema):
    """The coach and the plan are embedded by what the timetable shows of them."""

    class Meta:
        model = Schedule

    day = Text(required=True, validate=validate.OneOf(DAYS, error="Must be a day from Monday to Sunday."))
    hour = Hour(required=True)
    coach = Reference("CoachSchema", only=("id", "name"), required=True)
    workout_plan = Reference("WorkoutPlanSchema", only=("id", "name", "difficulty"), required=True)


def slot(record: Mapping[str, Any]) -> str:
    """When the class is, as a person says it."""
    hour = record["hour"].zfill(4)
    return f"{record['day']} {hour[:2]}:{hour[2:]}"


def double_booked(record: Mapping[str, Any], find: Callable[..., list[int]]) -> list[str]:
    """A line if the coach has other classes at the same day and hour. Allowed: a gym sometimes means it."""
    coach = record["coach"]
    others = [
        number
        for number in find(coach_id=coach["id"], day=record["day"], hour=record["hour"])
        if number != record["id"]
    ]
    if not others:
        return []
    classes = "another class" if len(others) == 1 else f"{len(others)} other classes"
    return [f"{coach['name']} has {classes} on {slot(record)}."]


resource = Resource("schedule", Schedule, ScheduleSchema, warn=double_booked, label=slot, write=("coach",))
