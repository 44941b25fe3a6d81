"""A part of a list: filtered, in an order, from where the part before it ended.

Where a part ended is told by the values that its last record is sorted by. What is inserted, changed or deleted
meanwhile moves no other record from one part to another.
"""

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from heapq import nsmallest
from operator import itemgetter
from typing import Any

import orjson
from marshmallow import ValidationError
from sqlalchemy import Select, select
from sqlalchemy.sql.functions import count

from server.fields import whole_number
from server.realtime.protocol.errors import Refusal, invalid
from server.realtime.protocol.json import encode
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource
from server.realtime.selection.order import Order
from server.realtime.selection.where import Where, parse
from server.realtime.selection.where_records import predicate
from server.realtime.selection.where_sql import condition

MOST_RECORDS = 1_000
USUAL_RECORDS = 100
# Eight texts of 500 characters.
_LONGEST_CURSOR = 24_000


@dataclass(frozen=True, slots=True)
class Page:
    """What `list_*` asks for: at most `limit` records, those that come after the place `after` in the order."""

    resource: Resource
    where: Where
    order: Order
    limit: int = USUAL_RECORDS
    after: tuple[Any, ...] | None = None

    @classmethod
    def parse(cls, resource: Resource, asked: Mapping[str, Any]) -> "Page":
        """Read `where`, `order`, `limit` and `after`. Refuses each by its name, and a cursor of another list."""
        where, order = parse(resource, asked.get("where")), Order.parse(resource, asked.get("order"))
        page = cls(resource, where, order, _limit(asked.get("limit")))
        cursor = asked.get("after")
        return page if cursor is None else replace(page, after=page._place(cursor))

    def of(self, records: Iterable[Record]) -> tuple[list[Record], str | None]:
        """This part of the resource's records, in whatever order they come, and the cursor of the next or None.

        An iterator may let others have their turn: of 40,000 records it takes a sixth of a second.
        """
        is_wanted, order = predicate(self.where), self.order
        ranked: Iterator[tuple[Any, Record]] = (
            (order.rank(order.place(record)), record) for record in records if is_wanted(record)
        )
        if self.after is not None:
            last = order.rank(self.after)
            ranked = (one for one in ranked if one[0] > last)
        return self.cut([record for _, record in nsmallest(self.limit + 1, ranked, key=itemgetter(0))])

    def statement(self) -> Select[Any]:
        """The ids of this part's records in their order, and of one more if there are more; then what `place` reads."""
        places = [column.label(f"place_{number}") for number, column in enumerate(self.order.columns)]
        chosen = select(self.resource.table.c.id, *places).where(condition(self.where))
        if self.after is not None:
            chosen = chosen.where(self.order.beyond(self.after))
        return chosen.order_by(*self.order.clauses).limit(self.limit + 1)

    def count(self) -> Select[Any]:
        """How many records there are in all parts together."""
        return select(count()).select_from(self.resource.table).where(condition(self.where))

    def place(self, row: Sequence[Any]) -> tuple[Any, ...]:
        """The place of a row of `statement`."""
        return self.order.sent(row[1:])

    def cut(self, records: Sequence[Record]) -> tuple[list[Record], str | None]:
        """What `of` gives, of the records that `statement` finds."""
        shown = list(records[: self.limit])
        return shown, (self.cursor(shown[-1]) if len(records) > self.limit else None)

    def cursor(self, record: Record) -> str:
        """What leads to the records after this one."""
        return self.cursor_at(self.order.place(record))

    def cursor_at(self, place: Sequence[Any]) -> str:
        """What leads to the records after this place."""
        return base64.urlsafe_b64encode(orjson.dumps([self._mark(place), *place])).decode()

    def _place(self, cursor: object) -> tuple[Any, ...]:
        if not isinstance(cursor, str) or len(cursor) > _LONGEST_CURSOR or not cursor.isascii():
            raise _foreign()
        try:
            mark, *place = orjson.loads(base64.b64decode(cursor, b"-_", validate=True))
            if mark != self._mark(place):
                raise _foreign()
            self.order.read(place)
        except (ValueError, TypeError, ValidationError):
            raise _foreign() from None
        return tuple(place)

    def _mark(self, place: Sequence[Any]) -> str:
        """Tells a cursor of this list from others, and from what nobody gave out. It keeps nothing secret."""
        said = [self.resource.channel, self.where.canonical, self.order.names, list(place)]
        return sha256(encode(said)).hexdigest()[:16]


def _limit(limit: object) -> int:
    try:
        number = USUAL_RECORDS if limit is None else whole_number(limit)
    except ValueError:
        number = 0
    if not 1 <= number <= MOST_RECORDS:
        raise invalid({"limit": [f"Must be a whole number from 1 to {MOST_RECORDS}."]})
    return number


def _foreign() -> Refusal:
    return invalid({"after": ["This cursor is damaged, or of another list: another channel, filter or order."]})
