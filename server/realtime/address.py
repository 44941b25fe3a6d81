"""Where a client is, as far as limits and the audit are concerned."""

from collections.abc import Callable
from collections.abc import Mapping
from ipaddress import ip_address
from ipaddress import ip_network
from typing import Any

from server.realtime import audit

# (WSGI environ) -> the client's address
AddressOf = Callable[[Mapping[str, Any]], str]


def client_address(environ: Mapping[str, Any], proxies: int) -> str:
    """The address that asks, with `proxies` reverse proxies of ours in between.

    Each of them appends the address that it saw to X-Forwarded-For. What stands before these, anybody can have written.
    """
    address = str(environ.get("REMOTE_ADDR", ""))
    if proxies:
        hops = [hop.strip() for hop in str(environ.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
        address = (hops[-proxies] if len(hops) >= proxies else "") or address
    return owner(address)


def owner(address: str) -> str:
    """The address, or in IPv6 the network of a single customer, who has 2^64 addresses to try."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:100]
    if parsed.version == 4:
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, 64), strict=False))


class Crowd:
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
