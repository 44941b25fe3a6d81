"""ages and texts are never null, and no account's id is given twice

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_LINKS = (("coaches", "picture"), ("exercise_moves", "video_link"))


def upgrade() -> None:
    with op.batch_alter_table("coaches") as coaches:
        coaches.alter_column("age", existing_type=sa.Integer(), nullable=False)
    for table, column in _LINKS:
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, existing_type=sa.String(length=500), nullable=False, server_default="")
    # On SQLite only a new table can be told so.
    with op.batch_alter_table("accounts", recreate="auto", table_kwargs={"sqlite_autoincrement": True}) as accounts:
        accounts.alter_column("username", existing_type=sa.String(length=40), existing_nullable=False)


def downgrade() -> None:
    for table, column in _LINKS:
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, existing_type=sa.String(length=500), nullable=True, server_default=None)
    with op.batch_alter_table("coaches") as coaches:
        coaches.alter_column("age", existing_type=sa.Integer(), nullable=True)
