"""the journal writes fewer pages

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_HAS_OP = sa.text("op IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("journal_commits") as commits:
        commits.drop_index("ix_journal_commits_at")
        commits.drop_constraint("uq_journal_commits_op", type_="unique")
    # Few commits have one: the others need not be in the index.
    op.create_index(
        "ix_journal_commits_op", "journal_commits", ["op"], unique=True, sqlite_where=_HAS_OP, postgresql_where=_HAS_OP
    )
    # On SQLite a row is in one tree instead of two.
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("journal_changes", recreate="always", table_kwargs={"sqlite_with_rowid": False}):
            pass


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("journal_changes", recreate="always", table_kwargs={"sqlite_with_rowid": True}):
            pass
    op.drop_index("ix_journal_commits_op", "journal_commits")
    with op.batch_alter_table("journal_commits") as commits:
        commits.create_unique_constraint("uq_journal_commits_op", ["op"])
        commits.create_index("ix_journal_commits_at", ["at"])
