"""Workout plans: exercise moves in an order."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, ma
from server.fields import Paragraph, References, Text, WholeNumber
from server.realtime.resource.resource import Resource


class PlannedMove(db.Model):
    """A move's place in a plan, and what is to be done there. The same move may stand in several places."""

    __tablename__ = "planned_moves"
    __table_args__ = (
        CheckConstraint("sets BETWEEN 1 AND 100", "sets_range"),
        CheckConstraint("rest BETWEEN 0 AND 3600", "rest_range"),
    )

    workout_plan_id: Mapped[int] = mapped_column(ForeignKey("workout_plans.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    exercise_move_id: Mapped[int] = mapped_column(ForeignKey("exercise_moves.id"), index=True)
    sets: Mapped[int | None]
    reps: Mapped[str | None] = mapped_column(String(20))
    rest: Mapped[int | None]
    notes: Mapped[str | None] = mapped_column(String(200))


class WorkoutPlan(db.Model):
    """What a class does."""

    __tablename__ = "workout_plans"
    __table_args__ = (
        CheckConstraint("length(name) BETWEEN 2 AND 40", "name_length"),
        CheckConstraint("length(difficulty) BETWEEN 2 AND 20", "difficulty_length"),
        CheckConstraint("length(description) BETWEEN 10 AND 300", "description_length"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    difficulty: Mapped[str] = mapped_column(String(20))
    description: Mapped[str] = mapped_column(String(300))
    exercise_moves = relationship(
        "ExerciseMove", secondary="planned_moves", order_by="PlannedMove.position", viewonly=True
    )


# Of a move in a plan: how often, what a set is (8-12, AMRAP, 30 s), and the seconds between two sets.
PRESCRIPTION = {
    "sets": WholeNumber(1, 100),
    "reps": Text(maximum=20),
    "rest": WholeNumber(0, 3600),
    "notes": Text(maximum=200),
}


class WorkoutPlanSchema(ma.SQLAlchemyAutoSchema):
    """All of a plan is required, its moves in its order."""

    class Meta:
        model = WorkoutPlan

    name = Text(2, 40, required=True)
    difficulty = Text(2, 20, required=True)
    description = Paragraph(10, 300, required=True)
    exercise_moves = References("ExerciseMoveSchema", required=True, own=PRESCRIPTION)


resource = Resource("workout_plan", WorkoutPlan, WorkoutPlanSchema, write=("coach",))
