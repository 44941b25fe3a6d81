"""Visits: too many to be sent whole. They embed coaches, moves and other visits, and belong to a class."""

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, ma
from server.fields import Reference, References, Text
from server.realtime.resource.resource import Resource

visit_moves = Table(
    "visit_moves",
    db.metadata,
    Column("visit_id", ForeignKey("visits.id"), primary_key=True),
    Column("exercise_move_id", ForeignKey("exercise_moves.id"), primary_key=True, index=True),
)


class Visit(db.Model):
    """Somebody came, perhaps to a class, perhaps with a friend."""

    __tablename__ = "visits"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), index=True)
    code: Mapped[str | None] = mapped_column(String(20), unique=True)
    coach_id: Mapped[int | None] = mapped_column(ForeignKey("coaches.id"), index=True)
    schedule_id: Mapped[int | None] = mapped_column(ForeignKey("schedules.id"), index=True)
    friend_id: Mapped[int | None] = mapped_column(ForeignKey("visits.id"), index=True)
    coach = relationship("Coach")
    schedule = relationship("Schedule")
    friend = relationship("Visit", remote_side=[id])
    moves = relationship("ExerciseMove", secondary=visit_moves)


class VisitSchema(ma.SQLAlchemyAutoSchema):
    """It goes with its class."""

    class Meta:
        model = Visit

    name = Text(2, 40, required=True)
    coach = Reference("CoachSchema", only=("id", "name"))
    schedule = Reference("ScheduleSchema", only=("id", "day"), owned=True)
    friend = Reference("VisitSchema", only=("id", "name"))
    moves = References("ExerciseMoveSchema", only=("id", "name"))


resource = Resource("visit", Visit, VisitSchema, write=("coach",), whole=False)
