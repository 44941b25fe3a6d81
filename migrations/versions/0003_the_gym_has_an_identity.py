"""the gym has an identity

Revision ID: 0003
Revises: 0002
"""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    gym = op.create_table(
        "gym",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("identity", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gym")),
    )
    # Calendars were told the epoch until now: they go on with it.
    epoch = op.get_bind().scalar(sa.text("SELECT epoch FROM journal_head"))
    op.bulk_insert(gym, [{"id": 1, "identity": epoch or str(uuid.uuid4())}])


def downgrade() -> None:
    op.drop_table("gym")
