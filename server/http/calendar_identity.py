"""Which gym it is, wherever its data goes: other programs know its records by it."""

import uuid

from sqlalchemy import Connection
from sqlalchemy import String
from sqlalchemy import delete
from sqlalchemy import insert
from sqlalchemy import select
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from server.extensions import db

_ONLY = 1


class Gym(db.Model):
    """Row 1, made with the table. A backup that is put back, or rows that are copied elsewhere, take it along.

    The journal's epoch does not do: it is a new one after each of these. The rows after it are identities of before.
    """

    __tablename__ = "gym"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    identity: Mapped[str] = mapped_column(String(36))


def read(connection: Connection) -> str | None:
    """The identity; None if its row is gone."""
    return connection.scalar(select(Gym.identity).where(Gym.id == _ONLY))


def renew(connection: Connection) -> None:
    """Say that this is another gym, whose ids begin anew. The caller's transaction must be a writing one."""
    before = list(connection.scalars(select(Gym.identity).order_by(Gym.id)))
    identities = [str(uuid.uuid4()), *before]
    connection.execute(delete(Gym))
    connection.execute(insert(Gym), [{"id": _ONLY + place, "identity": one} for place, one in enumerate(identities)])
