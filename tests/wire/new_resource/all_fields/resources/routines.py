"""Routines: moves in an order, each with what is to be done there; and who teaches them, for how long."""

from decimal import Decimal

from sqlalchemy import ForeignKey, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, ma
from server.fields import DecimalNumber, References, Text, WholeNumber
from server.realtime.resource.resource import Resource


class RoutineMove(db.Model):
    """A move's place in a routine."""

    __tablename__ = "routine_moves"

    routine_id: Mapped[int] = mapped_column(ForeignKey("routines.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    exercise_move_id: Mapped[int] = mapped_column(ForeignKey("exercise_moves.id"))
    sets: Mapped[int | None]
    reps: Mapped[str | None] = mapped_column(String(20))
    weight: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))


class RoutineCoach(db.Model):
    """Who teaches a routine, and how long already."""

    __tablename__ = "routine_coaches"

    routine_id: Mapped[int] = mapped_column(ForeignKey("routines.id"), primary_key=True)
    coach_id: Mapped[int] = mapped_column(ForeignKey("coaches.id"), primary_key=True)
    years: Mapped[int | None]


class Routine(db.Model):
    """A routine."""

    __tablename__ = "routines"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    moves = relationship("ExerciseMove", secondary="routine_moves", order_by="RoutineMove.position", viewonly=True)
    coaches = relationship("Coach", secondary="routine_coaches", viewonly=True)


class RoutineSchema(ma.SQLAlchemyAutoSchema):
    """The moves with what is to be done, the coaches with their years."""

    class Meta:
        model = Routine

    moves = References(
        "ExerciseMoveSchema",
        only=("id", "name"),
        own={"sets": WholeNumber(1, 100), "reps": Text(1, 20), "weight": DecimalNumber(6, 2)},
    )
    coaches = References("CoachSchema", own={"years": WholeNumber(0, 80)})


resource = Resource("routine", Routine, RoutineSchema)
