"""the history of a channel

Revision ID: 0010
Revises: 0009
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The newest changes of a channel with few among a million of others.
    op.create_index("ix_journal_changes_channel_seq", "journal_changes", ["channel", "seq"])


def downgrade() -> None:
    op.drop_index("ix_journal_changes_channel_seq", "journal_changes")
