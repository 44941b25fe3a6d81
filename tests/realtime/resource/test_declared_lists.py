"""Of a list, what its table of pairs or its relationship says and nobody would do is refused, with the cure."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import DeclarativeBase, mapped_column, relationship

from server.fields import IntegerColumn, References
from server.realtime.resource.binding import bind, connect
from server.realtime.resource.declaration import Undeclarable
from tests.realtime.resource.things import Body, following, listing, new_base, thing

pytestmark = pytest.mark.usefixtures("no_resources")

SINCE = {"since": IntegerColumn()}


def _children(base: type[DeclarativeBase]) -> tuple[Body, Body]:
    columns = {"parent_id": mapped_column(ForeignKey("things.id")), "children": relationship("Thing")}
    return columns, {"children": References("ThingSchema", only=("id",))}


# What is declared, given a base for the tables, and the line.
REFUSED: dict[str, tuple[Callable[[type[DeclarativeBase]], tuple[Body, Body]], str]] = {
    "a column that no field writes": (
        lambda base: listing(base, Column("since", Integer)),
        "Thing.others: a list that is written anew would lose pairs.since; say own=",
    ),
    "a field without a column": (
        lambda base: listing(base, own=SINCE),
        "Thing.others: since is no column of pairs, or hides one of the record; rename it",
    ),
    "an order by the records": (
        lambda base: listing(base, order_by="Thing.name"),
        "Thing.others: a list can only be ordered by one column of pairs",
    ),
    "a descending order": (
        lambda base: listing(base, Column("position", Integer), order_by="pairs.c.position.desc()"),
        "Thing.others: a list can only be ordered by one column of pairs",
    ),
    "no table of pairs": (
        _children,
        "Thing.children: a list is kept in a table of pairs; give the relationship a secondary",
    ),
}


@pytest.mark.parametrize("declared", REFUSED)
def test_it_is_refused(declared: str) -> None:
    declare, line = REFUSED[declared]
    base = new_base()
    resource = thing(*declare(base), base)
    with pytest.raises(Undeclarable, match=f"^{line}"):
        bind(resource)


@pytest.mark.parametrize("options", [{"default": 3}, {"server_default": "3"}, {"onupdate": 3}])
def test_a_default_of_a_place_is_refused(options: dict[str, Any]) -> None:
    base = new_base()
    resource = thing(*listing(base, Column("since", Integer, **options), own=SINCE), base)
    line = r"^pairs.since: a place in a list is written with all .*; leave the column's"
    with pytest.raises(Undeclarable, match=line):
        bind(resource)


def test_a_list_with_fields_of_its_own_is_not_copied() -> None:
    """The own fields of a place are not in copies of the owner's record."""
    base = new_base()
    others, next_one = listing(base, Column("since", Integer), own=SINCE), following()
    resource = thing(others[0] | next_one[0], others[1] | next_one[1], base)
    bind(resource)
    connect(resource)
    resource.ones["next"].only = ("id", "others")
    with pytest.raises(Undeclarable, match=r"^things\.next would show things\.others without its own fields: leave it"):
        connect(resource)
