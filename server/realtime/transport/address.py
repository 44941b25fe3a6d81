"""The address of a client, for limits and the audit."""

from collections.abc import Callable, Mapping
from ipaddress import ip_address, ip_network
from typing import Any

# (WSGI environ) -> the client's address
AddressOf = Callable[[Mapping[str, Any]], str]


def client_address(environ: Mapping[str, Any], proxies: int) -> str:
    """The address of the client behind `proxies` reverse proxies of ours.

    Each of them appends the address that it saw to X-Forwarded-For; the client can forge what stands before these.
    """
    address = str(environ.get("REMOTE_ADDR", ""))
    if proxies:
        hops = [hop.strip() for hop in str(environ.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
        address = (hops[-proxies] if len(hops) >= proxies else "") or address
    return owner(address)


def owner(address: str) -> str:
    """The address, or in IPv6 the network of a single customer, who has 2^64 addresses."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:100]
    if parsed.version == 4:
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, 64), strict=False))
