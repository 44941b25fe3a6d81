"""each coach has an age, and no text is null

Revision ID: 0005
Revises: 0004
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Nobody knows it. 100 is taken for true by nobody either, so that somebody corrects it; 18 would stay.
    op.execute("UPDATE coaches SET age = 100 WHERE age IS NULL")
    op.execute("UPDATE coaches SET picture = '' WHERE picture IS NULL")
    op.execute("UPDATE exercise_moves SET video_link = '' WHERE video_link IS NULL")


def downgrade() -> None:
    op.execute("UPDATE coaches SET picture = NULL WHERE picture = ''")
    op.execute("UPDATE exercise_moves SET video_link = NULL WHERE video_link = ''")
