"""What the values of a field are sorted and compared by, if not by themselves: the same in SQL and in Python."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal

_ZEROS = "0" * 9


class ByNumber:
    """Texts of digits, at most nine, by the number that they write: `"900"` comes before `"1000"`.

    A class of fields whose attribute `sort_key` is one has this order.
    """

    described = "number"

    def of(self, sent: str) -> str:
        """The text with zeros before it."""
        return (_ZEROS + sent)[len(sent) :]

    def flaw(self, sent: str) -> None:
        """None: fields have their own."""

    def expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """The same. (A cast would fail in PostgreSQL if there was anything else among them.)"""
        return func.substr(literal(_ZEROS).concat(column), func.length(column) + 1, type_=column.type)


class ByPlace:
    """Some values, in the order in which they are given: as they are sent, and as they are stored.

    What is none of them is as null, or has the place `others`.
    """

    def __init__(self, values: Sequence[tuple[Any, Any]], others: int | None = None) -> None:
        self._values = list(values)
        self._others = others
        self._places = {sent: place for place, (sent, _) in enumerate(values)}

    @property
    def described(self) -> list[Any]:
        """The values, as they are sent."""
        return [sent for sent, _ in self._values]

    def of(self, sent: Any) -> int | None:
        """Its place, or that of others."""
        return self._places.get(sent, self._others)

    def flaw(self, sent: Any) -> str | None:
        """It is none of the values."""
        return None if sent in self._places else f"Must be one of: {', '.join(map(str, self._places))}."

    def expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """The same."""
        places = ((column == stored, place) for place, (_, stored) in enumerate(self._values))
        return case(*places, else_=self._others)


SortKey = ByNumber | ByPlace
