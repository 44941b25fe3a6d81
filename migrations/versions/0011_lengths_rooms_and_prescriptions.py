"""classes have a length, a room and a capacity; moves of a plan have sets, reps, rest and notes

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_PLANNED = ("sets", "reps", "rest", "notes")


def upgrade() -> None:
    with op.batch_alter_table("schedules") as schedules:
        schedules.add_column(sa.Column("minutes", sa.Integer(), nullable=False, server_default="60"))
        schedules.add_column(sa.Column("room", sa.String(length=40), nullable=False, server_default=""))
        schedules.add_column(sa.Column("capacity", sa.Integer(), nullable=True))
        schedules.create_check_constraint("minutes_range", "minutes BETWEEN 5 AND 480")
        schedules.create_check_constraint("capacity_range", "capacity BETWEEN 1 AND 1000")
        schedules.create_index("ix_schedules_room_day", ["room", "day"])
    with op.batch_alter_table("planned_moves") as planned:
        planned.add_column(sa.Column("sets", sa.Integer(), nullable=True))
        planned.add_column(sa.Column("reps", sa.String(length=20), nullable=True))
        planned.add_column(sa.Column("rest", sa.Integer(), nullable=True))
        planned.add_column(sa.Column("notes", sa.String(length=200), nullable=True))
        planned.create_check_constraint("sets_range", "sets BETWEEN 1 AND 100")
        planned.create_check_constraint("rest_range", "rest BETWEEN 0 AND 3600")


def downgrade() -> None:
    with op.batch_alter_table("planned_moves") as planned:
        planned.drop_constraint(op.f("ck_planned_moves_sets_range"))
        planned.drop_constraint(op.f("ck_planned_moves_rest_range"))
        for column in _PLANNED:
            planned.drop_column(column)
    with op.batch_alter_table("schedules") as schedules:
        schedules.drop_index("ix_schedules_room_day")
        schedules.drop_constraint(op.f("ck_schedules_minutes_range"))
        schedules.drop_constraint(op.f("ck_schedules_capacity_range"))
        for column in ("minutes", "room", "capacity"):
            schedules.drop_column(column)
