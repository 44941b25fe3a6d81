"""${message}

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}
Create Date: ${create_date}
"""

# Alembic writes lines as long as they come; take this out to have them formatted.
# fmt: off

import sqlalchemy as sa
from alembic import op
% if imports:
${imports}
% endif

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ## Inside of a variant Alembic names the type of a JSONB without its module.
    ${(upgrades or "pass").replace("=Text()", "=sa.Text()")}


def downgrade() -> None:
    ${(downgrades or "pass").replace("=Text()", "=sa.Text()")}
