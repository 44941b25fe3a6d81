"""Which web pages may connect, by the Origin and Host headers that a browser sends."""

import re
from collections.abc import Mapping
from typing import Any

from server.values import hosts

_LOOPBACK = frozenset((hosts.LOCALHOST, "127.0.0.1", "[::1]"))
_LOOPBACK_ORIGIN = re.compile(r"https?://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?\Z")


class Origins:
    """`allowed` are origins of other sites, as `hosts.origin` writes them; `host` is what the server listens on.

    A private server, which only this machine can reach, also allows pages of this machine. One that listens on every
    address does not know by which names it is reached: it allows pages of the address to which they connect.
    """

    def __init__(self, host: str, port: int, is_private: bool, allowed: tuple[str, ...]) -> None:
        self._origins = frozenset(allowed)
        self._own = hosts.named(host), port
        self._hosts = frozenset((self._own, *(_parts(origin) for origin in allowed)))
        self._is_private = is_private
        self._is_everywhere = host in hosts.EVERY_ADDRESS

    def allows_host(self, host: str) -> bool:
        """Whether this is a name of the server; another one may be an attack by DNS rebinding."""
        return any(
            (name, port) in self._hosts or self._is_this_machine(name) or self._is_own_address(name)
            for name, port in _names_of(host)
        )

    def allows_origin(self, origin: str | None, environ: Mapping[str, Any] | None = None) -> bool:
        """Whether a page of this origin may connect. None is no browser, and may."""
        if origin is None:
            return True
        try:
            origin = hosts.origin(_ascii(origin))
        except ValueError:
            return False
        page = _parts(origin)
        if origin in self._origins or page == self._own or self._is_this_machine(page[0]):
            return True
        return self._is_own_address(page[0]) and page in _names_of((environ or {}).get("HTTP_HOST", ""))

    def base(self, host: str) -> str:
        """The server's own origin for who reaches it by this Host header: that of ALLOWED_ORIGINS, as with TLS."""
        # https before http.
        own = [origin for origin in sorted(self._origins, reverse=True) if _parts(origin) in _names_of(host)]
        return own[0] if own else f"http://{host}"

    @property
    def patterns(self) -> list[re.Pattern[str]]:
        """The same origins as patterns, since Flask-Cors guesses whether a text is a pattern."""
        named = [re.compile(re.escape(origin) + r"\Z") for origin in sorted(self._origins)]
        return [*named, _LOOPBACK_ORIGIN] if self._is_private else named

    def _is_this_machine(self, name: str) -> bool:
        return self._is_private and name in _LOOPBACK

    def _is_own_address(self, name: str) -> bool:
        return self._is_everywhere and (hosts.is_address(name) or name == hosts.LOCALHOST)


def _parts(origin: str) -> tuple[str, int]:
    """The host and port of an origin."""
    name, port = hosts.netloc(origin.split("://")[1])
    return name, hosts.port_of(origin, port)


def _ascii(header: str) -> str:
    """The header; ValueError if it is not ASCII, which no browser sends, and a response would repeat."""
    if not header.isascii():
        raise ValueError("not ASCII")
    return header


def _names_of(host: str) -> tuple[tuple[str, int], ...]:
    """The hosts and ports that a Host header may mean; without a port both usual ones, since a proxy may do the TLS."""
    try:
        name, port = hosts.netloc(_ascii(host))
    except ValueError:
        return ()
    return tuple((name, possible) for possible in ((port,) if port else hosts.USUAL_PORTS.values()))
