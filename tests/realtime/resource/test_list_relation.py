"""What a list stores in its table of pairs."""

from sqlalchemy import Column, ForeignKey, Integer, Table, create_engine, insert, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from server.fields import IntegerColumn
from server.realtime.resource.list_relation import Many


def test_a_surrogate_id_of_the_table_is_given_by_the_database() -> None:
    """It is not the id of the record in the place, which may be in several lists."""

    class Base(DeclarativeBase):
        pass

    class Thing(Base):
        __tablename__ = "things"
        id: Mapped[int] = mapped_column(primary_key=True)
        others = relationship(
            "Thing",
            "pairs",
            primaryjoin="Thing.id == pairs.c.thing_id",
            secondaryjoin="Thing.id == pairs.c.other_id",
        )

    Table(
        "pairs",
        Base.metadata,
        Column("id", Integer, primary_key=True),
        Column("thing_id", ForeignKey("things.id")),
        Column("other_id", ForeignKey("things.id")),
        Column("since", Integer),
    )
    link = inspect(Thing).relationships["others"]
    others = Many("things", "others", "things", ["id"], link, {"since": IntegerColumn(allow_none=True)})
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(Thing), [{"id": 1}, {"id": 2}])
        for owner, since in ((1, 1990), (2, 2000)):
            others.write(connection, owner, [{"id": 1, "since": since}])
        assert others.stored_own(connection, 1, 2) == {1: [{"since": 1990}], 2: [{"since": 2000}]}
