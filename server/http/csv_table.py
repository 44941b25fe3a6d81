"""A channel as a table for spreadsheet programs (CSV, RFC 4180)."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import orjson
from marshmallow.fields import Nested

from server.fields import Json, ShownInTables
from server.realtime.resource.resource import Resource

# Excel takes text without it for the system's old code page, and mangles "Zoë"; all others skip it.
_BOM = "\ufeff"
# What a spreadsheet program would take for a formula, and evaluate: also after a semicolon, a tab or a line break,
# where programs of some countries begin a new cell whatever the quotes say. The last four are the wide forms. What
# begins with apostrophes before such a sign gets one more, so that one can be taken away again.
_FORMULA = re.compile(r"^(?='*[\t\r])|(?:^|[;\t\r\n])(?='*[^\S\t\r\n]*[=+\-@\uff1d\uff0b\uff0d\uff20])")

# The fields of embedded lists that get a cell, besides the own fields of their places: whole texts would be too long.
_OF_LISTS = ("id", "name")
_LIST_SEPARATOR = "; "
_QUOTED = re.compile(r'[;"\r\n]|^\s|\s$')

Column = Callable[[dict[str, Any]], Any]


def csv_lines(resource: Resource, records: Iterable[bytes]) -> Iterator[str]:
    """The lines of the table, its head first. `records` are encoded as in the snapshots, and keep their order.

    An embedded record has a column for each of its fields (`coach_id`, `coach_name`), a list one for the ids, the names
    and each own field of its places. One line of a record may be several lines of text. A null is an empty cell.
    """
    columns = dict(_columns(resource))
    writer = csv.writer(_Line())
    yield _BOM + writer.writerow(columns)
    for encoded in records:
        record = orjson.loads(encoded)
        yield str(writer.writerow([_cell(column(record)) for column in columns.values()]))


class _Line:
    """A file for csv.writer, whose `writerow` returns what `write` does: the line."""

    def write(self, text: str) -> str:
        return text


def _columns(resource: Resource) -> Iterator[tuple[str, Column]]:
    for field, kind in resource.schema.dump_fields.items():
        if field in resource.ones:
            embedded = kind.schema.dump_fields if isinstance(kind, Nested) else {}
            for key in resource.ones[field].only:
                yield f"{field}_{key}", partial(_inner, field, key, _shown(embedded.get(key)))
        elif field in resource.lists:
            many = resource.lists[field]
            for key in (*(key for key in _OF_LISTS if key in many.only), *many.own):
                yield f"{field}_{key}", partial(_inners, field, key)
        elif isinstance(kind, Json):
            yield field, partial(_json, field)
        else:
            yield field, partial(_value, field, _shown(kind))


def _shown(kind: object) -> Callable[[Any], Any]:
    """How values of this kind are written, unless they are null."""
    return kind.in_table if isinstance(kind, ShownInTables) else lambda value: value


def _value(field: str, shown: Callable[[Any], Any], record: dict[str, Any]) -> Any:
    return None if record[field] is None else shown(record[field])


def _inner(field: str, key: str, shown: Callable[[Any], Any], record: dict[str, Any]) -> Any:
    return None if record[field] is None else _value(key, shown, record[field])


def _inners(field: str, key: str, record: dict[str, Any]) -> Any:
    # Records of before a place had this field have none.
    items = [_item(embedded.get(key)) for embedded in record[field]]
    return _LIST_SEPARATOR.join(items) if any(items) else None


def _item(value: Any) -> str:
    """One of a list: quoted as in CSV where it could be taken for several."""
    text = "" if value is None else str(value)
    return '"{}"'.format(text.replace('"', '""')) if _QUOTED.search(text) else text


def _json(field: str, record: dict[str, Any]) -> Any:
    return None if record[field] is None else orjson.dumps(record[field]).decode()


def _cell(value: Any) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return value
    return _FORMULA.sub(r"\g<0>'", str(value))
