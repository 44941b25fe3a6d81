"""How many connections one address may have."""

from server.realtime.protocol import audit


class ConnectionLimit:
    """Counts the connections of each address, and lets in no more than `most` of one; 0 means: any number."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._counts: dict[str, int] = {}

    def enter(self, address: str) -> bool:
        """One more from there, if there is room; each that entered must `leave`."""
        count = self._counts.get(address, 0)
        if self._most and count >= self._most:
            audit.turned_away(address, "too many connections")
            return False
        self._counts[address] = count + 1
        return True

    def leave(self, address: str) -> None:
        """One less."""
        count = self._counts[address] - 1
        if count:
            self._counts[address] = count
        else:
            del self._counts[address]
