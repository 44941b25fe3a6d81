"""Shelves: what must be a record's own, alone and together with something else."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, ma
from server.fields import Reference, References
from server.realtime.resource.resource import Resource


class ShelvedMove(db.Model):
    """A move's place on a shelf: each move once."""

    __tablename__ = "shelved_moves"
    __table_args__ = (UniqueConstraint("shelf_id", "exercise_move_id"),)

    shelf_id: Mapped[int] = mapped_column(ForeignKey("shelves.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    exercise_move_id: Mapped[int] = mapped_column(ForeignKey("exercise_moves.id"))


class Shelf(db.Model):
    """A shelf. A coach's have numbers of their own."""

    __tablename__ = "shelves"
    __table_args__ = (
        UniqueConstraint("number", "coach_id"),
        UniqueConstraint("row", "place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    coach_id: Mapped[int | None] = mapped_column(ForeignKey("coaches.id"))
    row: Mapped[str | None] = mapped_column(String(20))
    place: Mapped[int | None]
    code: Mapped[str | None] = mapped_column(String(20), unique=True)
    sign: Mapped[str | None] = mapped_column(String(20))
    coach = relationship("Coach")
    moves = relationship("ExerciseMove", secondary="shelved_moves", order_by="ShelvedMove.position", viewonly=True)


Index("ix_shelves_sign_folded", func.lower(Shelf.sign), unique=True)


class ShelfSchema(ma.SQLAlchemyAutoSchema):
    """The coach by name, the moves in their order."""

    class Meta:
        model = Shelf

    coach = Reference("CoachSchema", only=("id", "name"))
    moves = References("ExerciseMoveSchema", only=("id", "name"))


resource = Resource("shelf", Shelf, ShelfSchema)
