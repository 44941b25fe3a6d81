"""Remarks on answers, which go with them: some are for few to see, and some for few to delete."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, ma
from server.fields import Reference, Text
from server.realtime.protocol.caller import Caller
from server.realtime.resource.resource import Resource
from server.realtime.resource.rules import Rule


class Remark(db.Model):
    """What somebody says of an answer, or of another remark."""

    __tablename__ = "remarks"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    secret: Mapped[bool] = mapped_column(server_default=false())
    locked: Mapped[bool] = mapped_column(server_default=false())
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answers.id"), index=True)
    remark_id: Mapped[int | None] = mapped_column(ForeignKey("remarks.id"), index=True)
    answer = relationship("Answer")
    remark = relationship("Remark", remote_side=[id])


class RemarkSchema(ma.SQLAlchemyAutoSchema):
    """It goes with what it is about."""

    class Meta:
        model = Remark

    name = Text(2, 40, required=True)
    answer = Reference("AnswerSchema", only=("id", "name"), owned=True)
    remark = Reference("RemarkSchema", only=("id",), owned=True)


def is_open(caller: Caller, record: Mapping[str, Any]) -> bool:
    """Whether it is for everybody to see."""
    return not record["secret"]


def is_free(caller: Caller, record: Mapping[str, Any]) -> bool:
    """Whether coaches and viewers may write it."""
    return not record["locked"]


resource = Resource("remark", Remark, RemarkSchema, read=is_open, write=Rule(frozenset({"coach", "viewer"}), is_free))
