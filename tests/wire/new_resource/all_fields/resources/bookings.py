"""Bookings of a class, and the notes to them: they go with it."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, ma
from server.fields import Reference
from server.realtime.resource.resource import Resource


class Booking(db.Model):
    """Somebody comes to a class. A remark belongs to another booking."""

    __tablename__ = "bookings"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    schedule_id: Mapped[int | None] = mapped_column(ForeignKey("schedules.id"), index=True)
    about_id: Mapped[int | None] = mapped_column(ForeignKey("bookings.id"), index=True)
    friend_id: Mapped[int | None] = mapped_column(ForeignKey("bookings.id"), index=True)
    schedule = relationship("Schedule")
    about = relationship("Booking", foreign_keys=[about_id], remote_side=[id])
    friend = relationship("Booking", foreign_keys=[friend_id], remote_side=[id])


class BookingSchema(ma.SQLAlchemyAutoSchema):
    """It goes with its class, and with the booking that it is about; not with that of a friend."""

    class Meta:
        model = Booking

    schedule = Reference("ScheduleSchema", only=("id", "day", "hour"), owned=True)
    about = Reference("BookingSchema", only=("id",), owned=True)
    friend = Reference("BookingSchema", only=("id", "name"))


resource = Resource("booking", Booking, BookingSchema)
