"""Which web pages may connect: a browser tells the page's origin and the host that it asked for."""

import re
from urllib.parse import urlsplit

_LOOPBACK = frozenset(("localhost", "127.0.0.1", "[::1]"))
_LOOPBACK_ORIGIN = re.compile(r"https?://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?\Z")


class Origins:
    """`allowed` are origins of other sites; if nobody else can reach us, pages of this machine are let in as well."""

    def __init__(self, host: str, port: int, is_private: bool, allowed: tuple[str, ...]) -> None:
        self._origins = frozenset(allowed)
        self._own = f"{host}:{port}"
        self._hosts = frozenset(urlsplit(origin).netloc for origin in allowed) | {self._own}
        self._is_private = is_private

    def allows_host(self, host: str) -> bool:
        """Whether a request for this Host is meant for us; another name may be a page's trick (DNS rebinding)."""
        return host in self._hosts or self._is_this_machine(host)

    def allows_origin(self, origin: str | None, environ: object = None) -> bool:
        """Whether a page of this origin may connect. None: no browser asks."""
        if origin is None or origin in self._origins:
            return True
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        if parts.scheme not in ("http", "https") or origin != f"{parts.scheme}://{parts.netloc}":
            return False
        return parts.netloc == self._own or self._is_this_machine(parts.netloc)

    @property
    def patterns(self) -> list[re.Pattern[str]]:
        """The same origins for Flask-Cors, which has to tell plain names from patterns and may be mistaken."""
        named = [re.compile(re.escape(origin) + r"\Z") for origin in sorted(self._origins)]
        return [*named, _LOOPBACK_ORIGIN] if self._is_private else named

    def _is_this_machine(self, host: str) -> bool:
        return self._is_private and _name(host) in _LOOPBACK


def _name(host: str) -> str:
    """The host without its port."""
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host
