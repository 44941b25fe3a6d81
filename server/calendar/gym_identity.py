"""Who a gym is, for those who keep what they read of it: the same on whatever database its rows are."""

import uuid

from sqlalchemy import Connection, String, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import db

_CURRENT = 1


class Gym(db.Model):
    """Row 1 has the gym's identity: made with the table, and part of every backup and copy of the rows.

    The journal's epoch does not do: it is a new one after a restore. The other rows are earlier identities.
    """

    __tablename__ = "gym"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    identity: Mapped[str] = mapped_column(String(36))


def identity_of(connection: Connection) -> str | None:
    """The gym's identity, if it has one."""
    return connection.scalar(select(Gym.identity).where(Gym.id == _CURRENT))


def renew_identity(connection: Connection) -> None:
    """Make this another gym, whose ids begin anew. The caller's transaction must be a writing one."""
    before = connection.scalars(select(Gym.identity).order_by(Gym.id))
    identities = enumerate([str(uuid.uuid4()), *before], _CURRENT)
    connection.execute(delete(Gym))
    connection.execute(insert(Gym), [{"id": number, "identity": identity} for number, identity in identities])
