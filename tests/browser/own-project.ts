/** A copy of this project in which somebody has added resources of an application's own: one small, and one that is big. */
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

const members = `"""Members."""

import datetime
import decimal

from sqlalchemy import Numeric, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import db, ma
from server.realtime.resource.resource import Resource


class Member(db.Model):
    __tablename__ = "members"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    joined: Mapped[datetime.date | None]
    paid: Mapped[bool] = mapped_column(server_default=false())
    fee: Mapped[decimal.Decimal | None] = mapped_column(Numeric(12, 2))
    notes: Mapped[str] = mapped_column(Text, server_default="")


class MemberSchema(ma.SQLAlchemyAutoSchema):
    class Meta:
        model = Member


resource = Resource("member", Member, MemberSchema)
`;

const visits = `"""Visits."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, ma
from server.fields import Reference
from server.realtime.resource.resource import Resource


class Visit(db.Model):
    __tablename__ = "visits"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    member = relationship("Member")


class VisitSchema(ma.SQLAlchemyAutoSchema):
    class Meta:
        model = Visit

    member = Reference("MemberSchema", only=("id", "name"), required=True)


resource = Resource("visit", Visit, VisitSchema, whole=False, write=("coach",))
`;

const migration = `import sqlalchemy as sa
from alembic import op

revision = "own"
down_revision = "HEAD"


def upgrade():
    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("joined", sa.Date()),
        sa.Column("paid", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("fee", sa.Numeric(12, 2)),
        sa.Column("notes", sa.Text(), server_default="", nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "visits",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("member_id", sa.Integer(), sa.ForeignKey("members.id"), nullable=False, index=True),
        sqlite_autoincrement=True,
    )
`;

/** Where it is; its page is the one that this project has built. `without` are the gym's resources that it has not. */
export function makeProject(without: readonly string[] = []): string {
  const project = mkdtempSync(join(tmpdir(), "spotter-own-"));
  for (const part of ["server", "migrations", "pyproject.toml"]) {
    cpSync(join(root, part), join(project, part), {
      recursive: true,
      filter: (from) => basename(from) !== "__pycache__",
    });
  }
  symlinkSync(join(root, "client"), join(project, "client"));
  for (const name of without) rmSync(join(project, `server/resources/${name}.py`));
  writeFileSync(join(project, "server/resources/members.py"), members);
  writeFileSync(join(project, "server/resources/visits.py"), visits);
  const before = newest(join(project, "migrations/versions"));
  const text = migration.replace("HEAD", before);
  writeFileSync(join(project, "migrations/versions/own.py"), text);
  return project;
}

/** The revision that no other follows: they are counted. */
function newest(folder: string): string {
  const numbers = readdirSync(folder).flatMap((name) => /^(\d{4})_/.exec(name)?.[1] ?? []);
  return numbers.toSorted().at(-1) ?? "";
}
