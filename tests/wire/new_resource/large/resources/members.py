"""Members: few, and whole. They embed visits, which are not in memory."""

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, ma
from server.fields import Reference, References, Text
from server.realtime.resource.resource import Resource

best_visits = Table(
    "best_visits",
    db.metadata,
    Column("member_id", ForeignKey("members.id"), primary_key=True),
    Column("visit_id", ForeignKey("visits.id"), primary_key=True),
)


class Member(db.Model):
    """Somebody who comes often."""

    __tablename__ = "members"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    last_visit_id: Mapped[int | None] = mapped_column(ForeignKey("visits.id"))
    last_visit = relationship("Visit")
    best = relationship("Visit", secondary=best_visits)


class MemberSchema(ma.SQLAlchemyAutoSchema):
    """With the last visit, and the best ones."""

    class Meta:
        model = Member

    name = Text(2, 40, required=True)
    last_visit = Reference("VisitSchema", only=("id", "name"))
    best = References("VisitSchema", only=("id", "name", "code"))


resource = Resource("member", Member, MemberSchema)
