"""Which web pages may connect: a browser tells the page's origin and the host that it asked for."""

import re
from collections.abc import Mapping
from typing import Any

from server.values import hosts

_LOOPBACK = frozenset((hosts.LOCALHOST, "127.0.0.1", "[::1]"))
_LOOPBACK_ORIGIN = re.compile(r"https?://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?\Z")


class Origins:
    """`allowed` are origins of other sites, as `hosts.origin` writes them; `host` is what the server listens on.

    If nobody else can reach us, pages of this machine are let in as well. Who listens on every address does not know
    how others call it: there any address will do, if the page is from the very same one.
    """

    def __init__(self, host: str, port: int, is_private: bool, allowed: tuple[str, ...]) -> None:
        self._origins = frozenset(allowed)
        self._own = hosts.named(host), port
        self._hosts = frozenset((self._own, *(_parts(origin) for origin in allowed)))
        self._is_private = is_private
        self._is_everywhere = host in hosts.EVERY_ADDRESS

    def allows_host(self, host: str) -> bool:
        """Whether a request for this Host is meant for us; another name may be a page's trick (DNS rebinding)."""
        asked = _asked(host)
        return any(one in self._hosts or self._is_this_machine(one[0]) or self._is_own_address(one[0]) for one in asked)

    def allows_origin(self, origin: str | None, environ: Mapping[str, Any] | None = None) -> bool:
        """Whether a page of this origin may connect. None: no browser asks."""
        if origin is None:
            return True
        try:
            origin = hosts.origin(_ascii(origin))
        except ValueError:
            return False
        page = _parts(origin)
        if origin in self._origins or page == self._own or self._is_this_machine(page[0]):
            return True
        return self._is_own_address(page[0]) and page in _asked((environ or {}).get("HTTP_HOST", ""))

    @property
    def patterns(self) -> list[re.Pattern[str]]:
        """The same origins for Flask-Cors, which has to tell plain names from patterns and may be mistaken."""
        named = [re.compile(re.escape(origin) + r"\Z") for origin in sorted(self._origins)]
        return [*named, _LOOPBACK_ORIGIN] if self._is_private else named

    def _is_this_machine(self, name: str) -> bool:
        return self._is_private and name in _LOOPBACK

    def _is_own_address(self, name: str) -> bool:
        return self._is_everywhere and (hosts.is_address(name) or name == hosts.LOCALHOST)


def _parts(origin: str) -> tuple[str, int]:
    """Its host and port."""
    name, port = hosts.netloc(origin.split("://")[1])
    return name, hosts.port_of(origin, port)


def _ascii(header: str) -> str:
    """A browser sends nothing else; the response repeats a Host that is allowed."""
    if not header.isascii():
        raise ValueError("no host")
    return header


def _asked(host: str) -> tuple[tuple[str, int], ...]:
    """What a Host header may mean: without a port, either of the usual ones, since TLS may end before us."""
    try:
        name, port = hosts.netloc(_ascii(host))
    except ValueError:
        return ()
    return tuple((name, one) for one in ((port,) if port else hosts.USUAL_PORTS.values()))
