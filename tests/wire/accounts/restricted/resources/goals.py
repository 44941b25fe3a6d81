"""Goals: each is a coach's own, who may let others see it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, ma
from server.fields import Reference, Text
from server.realtime.protocol.caller import Caller
from server.realtime.resource.resource import Resource


class Goal(db.Model):
    """What a coach wants to reach, perhaps as a step to another goal."""

    __tablename__ = "goals"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    shared: Mapped[bool] = mapped_column(server_default=false())
    coach_id: Mapped[int] = mapped_column(ForeignKey("coaches.id"))
    step_to_id: Mapped[int | None] = mapped_column(ForeignKey("goals.id"))
    coach = relationship("Coach")
    step_to = relationship("Goal", remote_side=[id])


class GoalSchema(ma.SQLAlchemyAutoSchema):
    """Of another goal the id alone is shown: who may see this one need not see that."""

    class Meta:
        model = Goal

    name = Text(2, 40, required=True)
    coach = Reference("CoachSchema", only=("id", "name"), required=True)
    step_to = Reference("GoalSchema", only=("id",))


def is_own(caller: Caller, record: Mapping[str, Any]) -> bool:
    """Whether the goal is the caller's."""
    return caller.user is not None and caller.user["id"] == record["coach"]["id"]


def is_for(caller: Caller, record: Mapping[str, Any]) -> bool:
    """Whether the caller may see the goal."""
    return bool(record["shared"]) or is_own(caller, record)


resource = Resource("goal", Goal, GoalSchema, read=is_for, write=is_own)
