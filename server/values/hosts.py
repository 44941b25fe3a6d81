"""Hosts and origins, brought into the one form in which browsers write them (WHATWG URL, RFC 6454)."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address

import idna

EVERY_ADDRESS = ("0.0.0.0", "::")
# Browsers and operating systems resolve it to this machine, whatever a name server says.
LOCALHOST = "localhost"
USUAL_PORTS = {"http": 80, "https": 443}
_ORIGIN = re.compile(r"(https?)://([^/?#@\\\s]+)", re.IGNORECASE)
_NETLOC = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]{1,5}))?")
_NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*")
_LONGEST_NAME = 253
# A browser takes what ends like this for an IPv4 address.
_NUMERIC = re.compile(r"(.*\.)?([0-9]+|0x[0-9a-f]*)")


def host(text: str) -> str:
    """A name or an address without its port: lower case, IDN as punycode, IPv6 compressed and in brackets.

    Raises ValueError for what no browser would ask for.
    """
    if text.startswith("["):
        if not text.endswith("]") or "%" in text:
            raise ValueError("no IPv6 address")
        return f"[{IPv6Address(text[1:-1]).compressed}]"
    name = (text.lower() if text.isascii() else idna.encode(text, uts46=True).decode()).removesuffix(".")
    if _NUMERIC.fullmatch(name):
        return str(IPv4Address(name))
    if len(name) > _LONGEST_NAME or not _NAME.fullmatch(name):
        raise ValueError("no host name")
    return name


def port_of(origin: str, port: int | None) -> int:
    """The port of an origin whose `netloc` names this one, or none."""
    return port or USUAL_PORTS[origin.partition(":")[0]]


def netloc(text: str) -> tuple[str, int | None]:
    """A host, and its port if one is named. Raises ValueError."""
    found = _NETLOC.fullmatch(text)
    if not found:
        raise ValueError("no host with a port")
    port = None if found[2] is None else int(found[2])
    if port is not None and not 1 <= port <= 65535:
        raise ValueError("no port")
    return host(found[1]), port


def origin(text: str) -> str:
    """`scheme://host`, and the port unless it is the scheme's usual one. Raises ValueError."""
    found = _ORIGIN.fullmatch(text)
    if not found:
        raise ValueError("no origin")
    scheme = found[1].lower()
    name, port = netloc(found[2])
    return f"{scheme}://{name}" if port in (None, USUAL_PORTS[scheme]) else f"{scheme}://{name}:{port}"


def listening(text: str) -> str:
    """An address or a name to listen on, as system calls take it: IPv6 without brackets, with its scope if it has one.

    Raises ValueError.
    """
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    if ":" in bare:
        return IPv6Address(bare).compressed
    return host(text)


def named(address: str) -> str:
    """What `listening` returned, as a browser writes it."""
    return f"[{address.partition('%')[0]}]" if ":" in address else address


def in_url(address: str) -> str:
    """As `named`, with the scope."""
    return f"[{address.replace('%', '%25')}]" if ":" in address else address


def is_address(name: str) -> bool:
    """Whether a host is an address: only names can be made to resolve to another machine (DNS rebinding)."""
    return name.startswith("[") or bool(_NUMERIC.fullmatch(name))


def is_loopback(address: str) -> bool:
    """Whether a socket on this address is reached from this machine only."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address in (LOCALHOST, "localhost.localdomain")
