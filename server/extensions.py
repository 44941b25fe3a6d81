"""The extensions, made once and bound to the application in `app.create_app`."""

from flask_cors import CORS
from flask_marshmallow import Marshmallow
from flask_migrate import Migrate
from flask_socketio import SocketIO
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData
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
# An id is never given twice, also when the newest record was deleted: SQLite alone has to be told.
UNIQUE_FOREVER = {"sqlite_autoincrement": True}


class Base(DeclarativeBase):
    """The base of every model."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
ma = Marshmallow()
ma.SQLAlchemyAutoSchema = RecordSchema
migrate = Migrate()
cors = CORS()
socketio = SocketIO()
