"""Complaints: who is signed in may make one; coaches deal with them."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, ma
from server.fields import Reference, Text
from server.realtime.resource.resource import Resource


class Complaint(db.Model):
    """What somebody is not content with, perhaps a coach."""

    __tablename__ = "complaints"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    coach_id: Mapped[int | None] = mapped_column(ForeignKey("coaches.id"))
    coach = relationship("Coach")


class ComplaintSchema(ma.SQLAlchemyAutoSchema):
    """The coach is embedded by name."""

    class Meta:
        model = Complaint

    name = Text(2, 40, required=True)
    coach = Reference("CoachSchema", only=("id", "name"))


resource = Resource(
    "complaint",
    Complaint,
    ComplaintSchema,
    read=("coach",),
    write={"new": ("coach", "viewer"), "update": ("coach",), "delete": ("coach",)},
)
