"""what is different on one date: a class is cancelled or given by another coach, or the gym is closed

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_OF_THE_GYM = sa.text("schedule_id IS NULL")


def upgrade() -> None:
    op.create_table(
        "exceptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("schedule_id", sa.Integer(), nullable=True),
        sa.Column("cancelled", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("coach_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(["coach_id"], ["coaches.id"], name=op.f("fk_exceptions_coach_id")),
        sa.ForeignKeyConstraint(["schedule_id"], ["schedules.id"], name=op.f("fk_exceptions_schedule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exceptions")),
        sa.UniqueConstraint("schedule_id", "date", name=op.f("uq_exceptions_schedule_id_date")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_exceptions_coach_id", "exceptions", ["coach_id"])
    op.create_index(
        "uq_exceptions_closed_date",
        "exceptions",
        ["date"],
        unique=True,
        sqlite_where=_OF_THE_GYM,
        postgresql_where=_OF_THE_GYM,
    )


def downgrade() -> None:
    op.drop_table("exceptions")
