"""Receipts of visits: as many, and they embed them with what these embed."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, ma
from server.fields import Reference, WholeNumber
from server.realtime.resource.resource import Resource


class Receipt(db.Model):
    """What somebody paid."""

    __tablename__ = "receipts"

    id: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[int]
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), index=True)
    visit = relationship("Visit")


class ReceiptSchema(ma.SQLAlchemyAutoSchema):
    """With who came, and to whom."""

    class Meta:
        model = Receipt

    amount = WholeNumber(0, 10_000, required=True)
    visit = Reference("VisitSchema", only=("id", "name", "coach"), required=True)


resource = Resource("receipt", Receipt, ReceiptSchema, whole=False)
