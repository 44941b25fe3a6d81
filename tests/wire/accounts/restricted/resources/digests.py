"""Digests, for all to read: lists of complaints and goals, which are not."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, ma
from server.fields import References, Text, WholeNumber
from server.realtime.resource.resource import Resource

PAIRS = Table(
    "digest_complaints",
    db.metadata,
    Column("digest_id", ForeignKey("digests.id"), primary_key=True),
    Column("complaint_id", ForeignKey("complaints.id"), primary_key=True),
)


class DigestGoal(db.Model):
    """A goal's place in a digest, and how much of it is reached."""

    __tablename__ = "digest_goals"

    digest_id: Mapped[int] = mapped_column(ForeignKey("digests.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goals.id"))
    reached: Mapped[int | None]


class Digest(db.Model):
    """What is to be dealt with."""

    __tablename__ = "digests"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    complaints = relationship("Complaint", secondary=PAIRS, viewonly=True)
    goals = relationship("Goal", secondary="digest_goals", order_by="DigestGoal.position", viewonly=True)


class DigestSchema(ma.SQLAlchemyAutoSchema):
    """Both are embedded by their ids alone; what was reached is the digest's own."""

    class Meta:
        model = Digest

    name = Text(2, 40, required=True)
    complaints = References("ComplaintSchema", only=("id",))
    goals = References("GoalSchema", only=("id",), own={"reached": WholeNumber(0, 100)})


resource = Resource("digest", Digest, DigestSchema, write=("coach", "viewer"))
