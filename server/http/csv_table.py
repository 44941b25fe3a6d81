"""A channel as a table for spreadsheet programs (CSV, RFC 4180)."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from operator import itemgetter
from typing import Any

import orjson

from server.fields import Json
from server.realtime.resource.resource import Resource

# Excel takes text without it for the system's old code page, and mangles "Zoë"; all others skip it.
_BOM = "\ufeff"
# What a spreadsheet program would take for a formula, and evaluate: also after a semicolon, a tab or a line break,
# where programs of some countries begin a new cell whatever the quotes say. The last four are the wide forms.
_FORMULA = re.compile(r"^(?=[\t\r])|(?:^|[;\t\r\n])(?=[^\S\t\r\n]*[=+\-@\uff1d\uff0b\uff0d\uff20])")

# The fields of embedded lists that get a cell: whole texts would be too long.
_OF_LISTS = ("id", "name")
_LIST_SEPARATOR = "; "

Column = Callable[[dict[str, Any]], Any]


def csv_lines(resource: Resource, records: Iterable[bytes]) -> Iterator[str]:
    """The lines of the table, its head first. `records` are encoded as in the snapshots, and keep their order.

    An embedded record has a column for each of its fields (`coach_id`, `coach_name`). One line of a record may
    be several lines of text. A null is an empty cell.
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
            for key in resource.ones[field].only:
                yield f"{field}_{key}", partial(_inner, field, key)
        elif field in resource.lists:
            for key in (key for key in _OF_LISTS if key in resource.lists[field].only):
                yield f"{field}_{key}", partial(_inners, field, key)
        elif isinstance(kind, Json):
            yield field, partial(_json, field)
        else:
            yield field, itemgetter(field)


def _inner(field: str, key: str, record: dict[str, Any]) -> Any:
    return None if record[field] is None else record[field][key]


def _inners(field: str, key: str, record: dict[str, Any]) -> Any:
    return [embedded[key] for embedded in record[field]]


def _json(field: str, record: dict[str, Any]) -> Any:
    return None if record[field] is None else orjson.dumps(record[field]).decode()


def _cell(value: Any) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return value
    text = _LIST_SEPARATOR.join(map(str, value)) if isinstance(value, list) else str(value)
    return _FORMULA.sub(r"\g<0>'", text)
