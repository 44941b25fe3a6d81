"""Workout plans: exercise moves in an order."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, ma
from server.fields import Paragraph, References, Text
from server.realtime.resource.resource import Resource


class PlannedMove(db.Model):
    """A move's place in a plan. The same move may stand in several places."""

    __tablename__ = "planned_moves"

    workout_plan_id: Mapped[int] = mapped_column(ForeignKey("workout_plans.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    exercise_move_id: Mapped[int] = mapped_column(ForeignKey("exercise_moves.id"), index=True)


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


class WorkoutPlanSchema(ma.SQLAlchemyAutoSchema):
    """All of a plan is required, its moves in its order."""

    class Meta:
        model = WorkoutPlan

    name = Text(2, 40, required=True)
    difficulty = Text(2, 20, required=True)
    description = Paragraph(10, 300, required=True)
    exercise_moves = References("ExerciseMoveSchema", required=True)


resource = Resource("workout_plan", WorkoutPlan, WorkoutPlanSchema, write=("coach",))
