"""The page with the gym's name and resources in it, so that they are there before anything else is loaded."""

import gzip
import os
from hashlib import sha256
from html import escape

from flask import Response, request

from server.config import DEFAULT_GYM_NAME

# Where the page has a name to put the gym's in place of (client/index.html).
_PLACES = ('<meta name="application-name" content="{}" />', "<title>{}</title>")
_RESOURCES = '<meta name="resources" content="{}" />'


class Page:
    """The built page of a gym with a name or resources of its own. Made again only when the build is another."""

    def __init__(self, file: str, gym_name: str, resources: str) -> None:
        self._file = file
        self._resources = resources
        self._gym_name = gym_name
        self._built_at = 0
        self._bodies: dict[str, bytes] = {}

    def answer(self) -> Response:
        """The page, compressed if the browser takes that."""
        encoding = request.accept_encodings.best_match(["gzip", "identity"], default="identity")
        body = self._body(encoding)
        response = Response(body, mimetype="text/html")
        response.cache_control.no_cache = True
        response.vary.add("Accept-Encoding")
        if encoding != "identity":
            response.content_encoding = encoding
        response.set_etag(sha256(body).hexdigest()[:32])
        response.make_conditional(request)
        return response

    def _body(self, encoding: str) -> bytes:
        built_at = os.stat(self._file).st_mtime_ns
        if built_at != self._built_at or not self._bodies:
            with open(self._file, encoding="utf-8") as file:
                text = named(file.read(), self._gym_name)
            page = text.replace(_RESOURCES.format(""), _RESOURCES.format(escape(self._resources))).encode()
            self._bodies = {"identity": page, "gzip": gzip.compress(page, mtime=0)}
            self._built_at = built_at
        return self._bodies[encoding]


def named(page: str, gym_name: str) -> str:
    """The page with this name in place of the default."""
    for place in _PLACES:
        page = page.replace(place.format(DEFAULT_GYM_NAME), place.format(escape(gym_name)))
    return page
