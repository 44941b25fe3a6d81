"""How many connections one address may have."""

from collections import Counter

from server.realtime.protocol import audit


class ConnectionLimit:
    """Counts the connections of each address: `most` of one at a time, any number if that is 0."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._counts: Counter[str] = Counter()

    def acquire(self, address: str) -> bool:
        """Count one more if there is room; each that was counted must be released."""
        if self._most and self._counts[address] >= self._most:
            audit.turned_away(address, "too many connections")
            return False
        self._counts[address] += 1
        return True

    def release(self, address: str) -> None:
        """Count one less."""
        self._counts[address] -= 1
        if not self._counts[address]:
            del self._counts[address]
