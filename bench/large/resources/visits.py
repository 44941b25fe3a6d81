"""Visits: as many as there are."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, ma
from server.fields import Reference, Text
from server.realtime.resource.resource import Resource


class Visit(db.Model):
    """Somebody came to a coach."""

    __tablename__ = "visits"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(String(200), server_default="")
    coach_id: Mapped[int] = mapped_column(ForeignKey("coaches.id"), index=True)
    coach = relationship("Coach")


class VisitSchema(ma.SQLAlchemyAutoSchema):
    """With the coach's name."""

    class Meta:
        model = Visit

    name = Text(2, 40, required=True)
    coach = Reference("CoachSchema", only=("id", "name"), required=True)


resource = Resource("visit", Visit, VisitSchema, whole=False)
