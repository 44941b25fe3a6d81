"""usernames are found by their folded form

Revision ID: 0004
Revises: 0003
"""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

from server.accounts.usernames import keys

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

accounts = sa.table(
    "accounts",
    sa.column("id", sa.Integer()),
    sa.column("username", sa.String()),
    sa.column("former_coach_id", sa.Integer()),
    sa.column("folded", sa.Text()),
    sa.column("outline", sa.Text()),
)


def upgrade() -> None:
    connection = op.get_bind()
    found = defaultdict(list)
    # Those that only wait for an undo come last, and give way.
    query = sa.select(accounts.c.id, accounts.c.username, accounts.c.former_coach_id)
    for row in connection.execute(query.order_by(accounts.c.former_coach_id.is_not(None), accounts.c.id)).all():
        found[keys(row.username)["folded"]].append(row)
    for first, *others in found.values():
        for row in others:
            if row.former_coach_id is None:
                raise CommandError(
                    f"The usernames {first.username!r} and {row.username!r} are the same from this version on: "
                    "rename or remove one of them with the version that you come from, and start again."
                )
            connection.execute(sa.delete(accounts).where(accounts.c.id == row.id))
    # Columns are added as they are: a table that is rewritten would be dropped, with what refers to it.
    op.add_column("accounts", sa.Column("folded", sa.Text(), server_default="", nullable=False))
    op.add_column("accounts", sa.Column("outline", sa.Text(), server_default="", nullable=False))
    for first, *_ in found.values():
        connection.execute(sa.update(accounts).where(accounts.c.id == first.id).values(keys(first.username)))
    op.create_index(op.f("ix_accounts_folded"), "accounts", ["folded"], unique=True)
    op.create_index(op.f("ix_accounts_outline"), "accounts", ["outline"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_accounts_outline"), table_name="accounts")
    op.drop_index(op.f("ix_accounts_folded"), table_name="accounts")
    op.drop_column("accounts", "outline")
    op.drop_column("accounts", "folded")
