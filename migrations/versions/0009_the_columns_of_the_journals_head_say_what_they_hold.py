"""the columns of the journal's head say what they hold

Revision ID: 0009
Revises: 0008
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_NAMES = {"floor": "oldest_delta_seq", "shape": "schema_fingerprint", "home": "database_identity"}


def upgrade() -> None:
    for old, new in _NAMES.items():
        op.execute(f"ALTER TABLE journal_head RENAME COLUMN {old} TO {new}")


def downgrade() -> None:
    for old, new in _NAMES.items():
        op.execute(f"ALTER TABLE journal_head RENAME COLUMN {new} TO {old}")
