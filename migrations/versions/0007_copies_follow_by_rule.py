"""copies follow by rule: no change is derived from another

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What was derived stays in the journal: it is the newest state, and the rev, of records that nobody edited since.
    with op.batch_alter_table("journal_changes") as changes:
        changes.drop_column("derived")


def downgrade() -> None:
    with op.batch_alter_table("journal_changes") as changes:
        changes.add_column(sa.Column("derived", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("journal_changes") as changes:
        changes.alter_column("derived", existing_type=sa.Boolean(), existing_nullable=False, server_default=None)
