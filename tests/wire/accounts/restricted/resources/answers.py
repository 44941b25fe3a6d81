"""Answers to complaints, for all to read: they show no more of a complaint than that there is one."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, ma
from server.fields import Reference, Text
from server.realtime.resource.resource import Resource


class Answer(db.Model):
    """What is said in public, perhaps about a goal."""

    __tablename__ = "answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"))
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("goals.id"))
    complaint = relationship("Complaint")
    goal = relationship("Goal")


class AnswerSchema(ma.SQLAlchemyAutoSchema):
    """Both are embedded by their ids alone."""

    class Meta:
        model = Answer

    name = Text(2, 40, required=True)
    complaint = Reference("ComplaintSchema", only=("id",))
    goal = Reference("GoalSchema", only=("id",))


resource = Resource("answer", Answer, AnswerSchema, write=("coach", "viewer"))
