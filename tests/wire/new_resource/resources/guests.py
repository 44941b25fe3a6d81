"""Guests: people who come with somebody. All that the server is told of them is in this file."""

from typing import Any

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, ma
from server.fields import Reference, References, Text, WholeNumber
from server.realtime.resource.resource import Resource

followed_plans = Table(
    "followed_plans",
    db.metadata,
    Column("guest_id", ForeignKey("guests.id"), primary_key=True),
    Column("workout_plan_id", ForeignKey("workout_plans.id"), primary_key=True),
)


class Guest(db.Model):
    """A guest, with a coach of his or her own, and perhaps plans, a favourite move, and a guest to train with."""

    __tablename__ = "guests"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    visits: Mapped[int | None]
    mood: Mapped[str | None] = mapped_column(String(20))
    coach_id: Mapped[int] = mapped_column(ForeignKey("coaches.id"))
    favourite_id: Mapped[int | None] = mapped_column(ForeignKey("exercise_moves.id"))
    buddy_id: Mapped[int | None] = mapped_column(ForeignKey("guests.id"))
    coach = relationship("Coach")
    favourite = relationship("ExerciseMove")
    buddy = relationship("Guest", remote_side=[id])
    plans = relationship("WorkoutPlan", secondary=followed_plans)


class Mood(Text):
    """A field with a bug, so that a test can see what becomes of a crash in the middle of a request."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if value == "crash":
            raise ZeroDivisionError("SELECT secret FROM /etc/passwd")
        return super()._deserialize(value, attr, data, **kwargs)


class GuestSchema(ma.SQLAlchemyAutoSchema):
    """The coach is embedded by name."""

    class Meta:
        model = Guest

    name = Text(2, 40, required=True)
    visits = WholeNumber(0, 10_000, allow_none=True)
    mood = Mood(2, 20)
    coach = Reference("CoachSchema", only=("id", "name"), required=True)
    favourite = Reference("ExerciseMoveSchema", only=("id", "name"))
    buddy = Reference("GuestSchema", only=("id", "name"))
    plans = References("WorkoutPlanSchema", only=("id", "name"))


resource = Resource("guest", Guest, GuestSchema)
