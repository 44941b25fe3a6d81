"""The extensions, made once and bound to the application in `app.create_app`."""

from flask_cors import CORS
from flask_marshmallow import Marshmallow
from flask_migrate import Migrate
from flask_socketio import SocketIO
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData, Table, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import DeclarativeBase

from server.fields import RecordSchema

# Alembic can only drop a constraint that has a name (SQLite needs the table rewritten around it).
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The base of every model. An id is never given twice, also when the newest record was deleted."""

    metadata = MetaData(naming_convention=NAMING)


@event.listens_for(Table, "after_parent_attach")
def _never_give_an_id_twice(table: Table, parent: MetaData) -> None:
    """Make SQLite's tables AUTOINCREMENT where the database chooses the ids, also in new migrations."""
    chosen = table.autoincrement_column if parent is Base.metadata else None
    # AUTOINCREMENT goes with this type only.
    if chosen is not None and chosen.type.compile(sqlite.dialect()) == "INTEGER":
        table.dialect_options["sqlite"]["autoincrement"] = True


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
ma = Marshmallow()
ma.SQLAlchemyAutoSchema = RecordSchema
migrate = Migrate()
cors = CORS()
socketio = SocketIO()
