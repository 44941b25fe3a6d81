"""Exercise moves: what a workout plan is made of."""

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import db, ma
from server.fields import Paragraph, Text, WebAddress
from server.realtime.resource.resource import Resource


class ExerciseMove(db.Model):
    """One exercise, and how to do it."""

    __tablename__ = "exercise_moves"
    __table_args__ = (
        CheckConstraint("length(name) BETWEEN 2 AND 60", "name_length"),
        CheckConstraint("length(focus) BETWEEN 2 AND 30", "focus_length"),
        CheckConstraint("length(description) BETWEEN 10 AND 500", "description_length"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    focus: Mapped[str] = mapped_column(String(30))
    description: Mapped[str] = mapped_column(String(500))
    video_link: Mapped[str] = mapped_column(String(500), server_default="")


class ExerciseMoveSchema(ma.SQLAlchemyAutoSchema):
    """All of a move but its video is required."""

    class Meta:
        model = ExerciseMove

    name = Text(2, 60, required=True)
    focus = Text(2, 30, required=True)
    description = Paragraph(10, 500, required=True)
    video_link = WebAddress()


# Existing clients emit the plural when they make a move.
resource = Resource(
    "exercise_move", ExerciseMove, ExerciseMoveSchema, aliases={"new_exercise_moves": "new"}, write=("coach",)
)
