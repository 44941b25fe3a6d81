"""The journal's tables: one head row, the commits, and what each commit changed."""

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import db

# SQLite gives its row ids to INTEGER alone, which holds 64 bits there.
_Seq = BigInteger().with_variant(Integer, "sqlite")
_HAS_OP = text("op IS NOT NULL")


class Head(db.Model):
    """The one row that every writer locks: the newest `seq`, and the oldest cursor that a delta can start from.

    `epoch` changes when the data is no continuation of what clients know: a reseed, a restored backup.
    `schema_fingerprint` is a hash of the fields that the records had when they were last written, `database_identity`
    the database that they were written to (see restore_check.py).
    """

    __tablename__ = "journal_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    epoch: Mapped[str] = mapped_column(String(36))
    seq: Mapped[int] = mapped_column(_Seq)
    oldest_delta_seq: Mapped[int] = mapped_column(_Seq)
    schema_fingerprint: Mapped[str] = mapped_column(String(64))
    database_identity: Mapped[str] = mapped_column(String(120), server_default="")


class CommitRow(db.Model):
    """One committed request; with an `op`, its answer is kept so that a retry gets it again."""

    __tablename__ = "journal_commits"
    # Few have an `op`, and each further page that a commit writes costs as much as a statement.
    __table_args__ = (Index(None, "op", unique=True, sqlite_where=_HAS_OP, postgresql_where=_HAS_OP),)

    seq: Mapped[int] = mapped_column(_Seq, primary_key=True, autoincrement=False)
    at: Mapped[int] = mapped_column(_Seq)
    event: Mapped[str] = mapped_column(String(80))
    actor: Mapped[str | None] = mapped_column(String(80))
    op: Mapped[str | None] = mapped_column(String(36))
    digest: Mapped[str | None] = mapped_column(String(64))
    answer: Mapped[str | None] = mapped_column(Text)


class ChangeRow(db.Model):
    """One record's state after a commit (null: deleted), and before it. The newest one of a record is never trimmed."""

    __tablename__ = "journal_changes"
    __table_args__ = (
        Index(None, "channel", "record_id", "seq"),
        Index(None, "channel", "seq"),
        {"sqlite_with_rowid": False},
    )

    seq: Mapped[int] = mapped_column(ForeignKey("journal_commits.seq"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel: Mapped[str] = mapped_column(String(80))
    record_id: Mapped[int] = mapped_column()
    record: Mapped[str | None] = mapped_column(Text)
    before: Mapped[str | None] = mapped_column(Text)


HEAD_COLUMNS = (Head.epoch, Head.seq, Head.oldest_delta_seq, Head.schema_fingerprint, Head.database_identity)
COMMIT_COLUMNS = (CommitRow.seq, CommitRow.at, CommitRow.event, CommitRow.actor, CommitRow.op)
CHANGE_COLUMNS = (ChangeRow.channel, ChangeRow.record_id, ChangeRow.record, ChangeRow.before)
