"""Ids of deleted records."""

from tests.faults.stored import Stored


def ids_are_never_given_again(stored: Stored) -> list[str]:
    """What is deleted stays so, unless an undo brings it back; no other record ever has its id."""
    found = []
    seen: set[tuple[str, int]] = set()
    gone: set[tuple[str, int]] = set()
    for seq in sorted(stored.commits):
        commit = stored.commits[seq]
        for change in commit.changes:
            key = (change.channel, change.id)
            if change.record is None:
                gone.add(key)
            elif key in gone and commit.event != "undo":
                found.append(f"{change.channel} {change.id} was deleted, and is there again by {commit.event} {seq}")
            elif change.before is None and key in seen and commit.event != "undo":
                found.append(f"{change.channel} {change.id} was given again by {commit.event} {seq}")
            else:
                gone.discard(key)
            seen.add(key)
    return found
