"""Schedules: the weekly class slots of the timetable."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import ValidationError, fields, validate
from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    String,
    and_,
    bindparam,
    case,
    cast,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, ma
from server.fields import ByNumber, Reference, Text, WholeNumber
from server.fields.messages import missing
from server.realtime.resource.resource import Find, Resource
from server.values.text import trimmed
from server.values.week import DAYS, clock, minute_of, slot


class Schedule(db.Model):
    """A class of one coach, every week on the same day at the same hour."""

    __tablename__ = "schedules"
    __table_args__ = (
        CheckConstraint(f"day IN {DAYS}", "day_name"),
        CheckConstraint("length(hour) BETWEEN 3 AND 4", "hour_length"),
        CheckConstraint("minutes BETWEEN 5 AND 480", "minutes_range"),
        CheckConstraint("capacity BETWEEN 1 AND 1000", "capacity_range"),
        Index(None, "coach_id", "day", "hour"),
        Index(None, "room", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(String(9))
    hour: Mapped[str] = mapped_column(String(4))
    coach_id: Mapped[int] = mapped_column(ForeignKey("coaches.id"))
    workout_plan_id: Mapped[int] = mapped_column(ForeignKey("workout_plans.id"), index=True)
    minutes: Mapped[int] = mapped_column(server_default="60")
    room: Mapped[str] = mapped_column(String(40), server_default="")
    capacity: Mapped[int | None]
    coach = relationship("Coach")
    workout_plan = relationship("WorkoutPlan")


class Hour(fields.Field[str]):
    """A time of day: 900, "900", "0900" or "09:00" on the way in; "900" when stored and sent."""

    default_error_messages = missing()
    sort_key = ByNumber()
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

    def in_table(self, sent: str) -> str:
        """`09:00`."""
        return clock(minute_of(sent))


class ScheduleSchema(ma.SQLAlchemyAutoSchema):
    """The coach and the plan are embedded by what the timetable shows of them."""

    class Meta:
        model = Schedule

    day = Text(required=True, validate=validate.OneOf(DAYS, error="Must be a day from Monday to Sunday."))
    hour = Hour(required=True)
    coach = Reference("CoachSchema", only=("id", "name"), required=True)
    workout_plan = Reference("WorkoutPlanSchema", only=("id", "name", "difficulty"), required=True)
    minutes = WholeNumber(5, 480, blank=60)
    room = Text(maximum=40)
    capacity = WholeNumber(1, 1000, allow_none=True)


def label(record: Mapping[str, Any]) -> str:
    """Which class it is, as a person says it: its plan, when it is, its coach; no more than the record holds."""
    plan, coach = (record.get(field) or {} for field in ("workout_plan", "coach"))
    return ", ".join(filter(None, (plan.get("name"), slot(record["day"], record["hour"]), coach.get("name"))))


def overlaps(record: Mapping[str, Any], find: Find) -> list[str]:
    """A line for each class at the same time by the same coach, or in the same room: some, if there are many.

    Allowed: a gym sometimes means it.
    """
    begin = minute_of(record["hour"])
    end = begin + record["minutes"]
    today = DAYS.index(record["day"])
    times = {
        "record": record["id"],
        "begin": begin,
        "end": end,
        "today": DAYS[today],
        # The days on which other classes that meet this one may begin.
        "before": DAYS[today - 1 if begin < _LONGEST else today],
        "after": DAYS[(today + 1) % len(DAYS) if end > _DAY else today],
    }
    coach, room = record["coach"], record["room"]
    lines = _told(f"{coach['name']} teaches", find(_BY_COACH, _NAMED + 1, coach=coach["id"], **times))
    if room:
        lines += _told(f"{room} has", find(_IN_ROOM, _NAMED + 1, room=room, **times))
    return lines


def _told(who: str, classes: Sequence[Mapping[str, Any]]) -> list[str]:
    lines = [f"{who} {one['workout_plan']['name']} on {one['day']} {_span(one)}." for one in classes[:_NAMED]]
    return [*lines, f"{who} more classes at that time."] if len(classes) > _NAMED else lines


def _span(record: Mapping[str, Any]) -> str:
    begin = minute_of(record["hour"])
    return f"from {clock(begin)} to {clock((begin + record['minutes']) % _DAY)}"


def _at_that_time() -> ColumnElement[bool]:
    """Other classes that share a minute with one that is from `begin` to `end`, in minutes of the day `today`."""
    hour = cast(Schedule.hour, Integer)
    midnight = case((Schedule.day == bindparam("today"), 0), (Schedule.day == bindparam("before"), -_DAY), else_=_DAY)
    begins = hour - hour // 100 * 40 + midnight
    return and_(
        Schedule.day.in_([bindparam("today"), bindparam("before"), bindparam("after")]),
        Schedule.id != bindparam("record"),
        begins < bindparam("end"),
        begins + Schedule.minutes > bindparam("begin"),
    )


_DAY, _LONGEST = 24 * 60, 480
# So many are told by name.
_NAMED = 3
_BY_COACH = and_(Schedule.coach_id == bindparam("coach"), _at_that_time())
_IN_ROOM = and_(Schedule.room == bindparam("room"), _at_that_time())

resource = Resource("schedule", Schedule, ScheduleSchema, warn=overlaps, label=label, write=("coach",))
