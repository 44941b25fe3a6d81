"""A number is lost now and then, as by a sequence whose transaction was rolled back."""

from typing import Any


def plant() -> None:
    """Leave one out after every twentieth commit."""
    from server.realtime.mutations.mutation import Transaction

    def seq(self: Any) -> int:
        return int(self.head.seq + len(self.entries) + (1 if self.head.seq % 20 == 7 else 0))

    Transaction.seq = property(seq)  # type: ignore[assignment, method-assign]
