"""the gym, its accounts and the journal

Revision ID: 0001
Revises:
Create Date: 2026-11-21 07:27:20.955554
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "coaches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("picture", sa.String(length=500), nullable=True),
        sa.CheckConstraint("age BETWEEN 18 AND 100", name=op.f("ck_coaches_age_range")),
        sa.CheckConstraint("length(name) BETWEEN 2 AND 40", name=op.f("ck_coaches_name_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaches")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "exercise_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("focus", sa.String(length=30), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=False),
        sa.Column("video_link", sa.String(length=500), nullable=True),
        sa.CheckConstraint("length(description) BETWEEN 10 AND 500", name=op.f("ck_exercise_moves_description_length")),
        sa.CheckConstraint("length(focus) BETWEEN 2 AND 30", name=op.f("ck_exercise_moves_focus_length")),
        sa.CheckConstraint("length(name) BETWEEN 2 AND 60", name=op.f("ck_exercise_moves_name_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_moves")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "journal_commits",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event", sa.String(length=80), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=True),
        sa.Column("op", sa.String(length=36), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal_commits")),
        sa.UniqueConstraint("op", name=op.f("uq_journal_commits_op")),
    )
    with op.batch_alter_table("journal_commits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_commits_at"), ["at"], unique=False)

    op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("epoch", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("floor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shape", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_head")),
    )
    op.create_table(
        "workout_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("difficulty", sa.String(length=20), nullable=False),
        sa.Column("description", sa.String(length=300), nullable=False),
        sa.CheckConstraint("length(description) BETWEEN 10 AND 300", name=op.f("ck_workout_plans_description_length")),
        sa.CheckConstraint("length(difficulty) BETWEEN 2 AND 20", name=op.f("ck_workout_plans_difficulty_length")),
        sa.CheckConstraint("length(name) BETWEEN 2 AND 40", name=op.f("ck_workout_plans_name_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workout_plans")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("coach_id", sa.Integer(), nullable=True),
        sa.Column("former_coach_id", sa.Integer(), nullable=True),
        sa.Column("last_seen", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("role IN ('admin', 'coach', 'viewer')", name=op.f("ck_accounts_role_name")),
        sa.CheckConstraint("length(username) BETWEEN 2 AND 40", name=op.f("ck_accounts_username_length")),
        sa.ForeignKeyConstraint(["coach_id"], ["coaches.id"], name=op.f("fk_accounts_coach_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("coach_id", name=op.f("uq_accounts_coach_id")),
        sa.UniqueConstraint("username", name=op.f("uq_accounts_username")),
    )
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accounts_former_coach_id"), ["former_coach_id"], unique=False)

    op.create_table(
        "journal_changes",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("derived", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["journal_commits.seq"], name=op.f("fk_journal_changes_seq")),
        sa.PrimaryKeyConstraint("seq", "place", name=op.f("pk_journal_changes")),
    )
    with op.batch_alter_table("journal_changes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_journal_changes_channel_record_id_seq"), ["channel", "record_id", "seq"], unique=False
        )

    op.create_table(
        "planned_moves",
        sa.Column("workout_plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("exercise_move_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exercise_move_id"], ["exercise_moves.id"], name=op.f("fk_planned_moves_exercise_move_id")
        ),
        sa.ForeignKeyConstraint(
            ["workout_plan_id"], ["workout_plans.id"], name=op.f("fk_planned_moves_workout_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workout_plan_id", "position", name=op.f("pk_planned_moves")),
    )
    with op.batch_alter_table("planned_moves", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planned_moves_exercise_move_id"), ["exercise_move_id"], unique=False)

    op.create_table(
        "schedules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(length=9), nullable=False),
        sa.Column("hour", sa.String(length=4), nullable=False),
        sa.Column("coach_id", sa.Integer(), nullable=False),
        sa.Column("workout_plan_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "day IN ('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday')",
            name=op.f("ck_schedules_day_name"),
        ),
        sa.CheckConstraint("length(hour) BETWEEN 3 AND 4", name=op.f("ck_schedules_hour_length")),
        sa.ForeignKeyConstraint(["coach_id"], ["coaches.id"], name=op.f("fk_schedules_coach_id")),
        sa.ForeignKeyConstraint(["workout_plan_id"], ["workout_plans.id"], name=op.f("fk_schedules_workout_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedules")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("schedules", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_schedules_coach_id_day_hour"), ["coach_id", "day", "hour"], unique=False)
        batch_op.create_index(batch_op.f("ix_schedules_workout_plan_id"), ["workout_plan_id"], unique=False)

    op.create_table(
        "sign_ins",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_sign_ins_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
    )
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_ins_account_id"), ["account_id"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_ins_account_id"))

    op.drop_table("sign_ins")
    with op.batch_alter_table("schedules", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_schedules_workout_plan_id"))
        batch_op.drop_index(batch_op.f("ix_schedules_coach_id_day_hour"))

    op.drop_table("schedules")
    with op.batch_alter_table("planned_moves", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_planned_moves_exercise_move_id"))

    op.drop_table("planned_moves")
    with op.batch_alter_table("journal_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_changes_channel_record_id_seq"))

    op.drop_table("journal_changes")
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_accounts_former_coach_id"))

    op.drop_table("accounts")
    op.drop_table("workout_plans")
    op.drop_table("journal_head")
    with op.batch_alter_table("journal_commits", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_commits_at"))

    op.drop_table("journal_commits")
    op.drop_table("exercise_moves")
    op.drop_table("coaches")
