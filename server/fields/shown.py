"""How values are shown to people, where that is not how they are sent."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class ShownInTables(Protocol):
    """A field whose values are written differently in tables for spreadsheet programs."""

    def in_table(self, sent: str) -> str:
        """A value as it is sent, as people write it. The field loads it again."""
