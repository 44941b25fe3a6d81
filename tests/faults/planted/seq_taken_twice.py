"""Two requests of one group get the same number."""

from typing import Any


def plant() -> None:
    """Put the changes of the second into the commit of the first."""
    from server.realtime.mutations import savepoint

    perform = savepoint.perform

    def twice(transaction: Any, request: Any) -> Any:
        before = len(transaction.entries)
        ack = perform(transaction, request)
        if before and len(transaction.entries) > before and transaction._written < before and not request.reads_journal:
            entry = transaction.entries.pop()
            first = transaction.entries[-1]
            keys = {(change.channel, change.id) for change in first.commit.changes}
            if any((change.channel, change.id) in keys for change in entry.commit.changes):
                transaction.entries.append(entry)
                return ack
            for change in entry.commit.changes:
                change.rev = first.commit.seq
            first.commit.changes.extend(entry.commit.changes)
            ack.meta["seq"] = first.commit.seq
        return ack

    savepoint.perform = twice
