"""The client's files and deep links, the probes, and the checks before every request."""

import math
import mimetypes
import os.path

from flask import Blueprint, Response, abort, request, send_file
from werkzeug.security import safe_join

from server.config import DEFAULT_GYM_NAME, ROOT
from server.http.headers import SecurityHeaders
from server.http.page import Page
from server.http.readiness import Readiness
from server.realtime.transport.address import AddressOf
from server.realtime.transport.origins import Origins
from server.realtime.transport.rate_limits import Limits
from server.version import VERSION

_DIST = str(ROOT / "client" / "dist")
_PAGE = "index.html"
# In which the build has its files as well (client/compress.ts), the smallest first.
_ENDINGS = {"br": ".br", "gzip": ".gz"}
_YEAR = 365 * 24 * 3600
# Load balancers request these, with any Host header.
_PROBES = ("/healthz", "/readyz")


def site(
    origins: Origins, readiness: Readiness, limits: Limits, address_of: AddressOf, gym_name: str, resources: str
) -> Blueprint:
    """The routes, and what is checked before and added after every request, also of other blueprints.

    `resources` is what `served_resources` says.
    """
    blueprint = Blueprint("site", __name__)
    page = Page(os.path.join(_DIST, _PAGE), gym_name, resources)
    is_built = gym_name == DEFAULT_GYM_NAME and not resources
    blueprint.after_app_request(SecurityHeaders(origins))

    @blueprint.before_app_request
    def check_host() -> None:
        if request.path not in _PROBES and not origins.allows_host(request.host):
            abort(400, "This server does not answer to that name. Add its origin to ALLOWED_ORIGINS.")

    @blueprint.before_app_request
    def check_rate() -> Response | None:
        # A first visit loads dozens of files, and all of a gym may share one address: files don't count.
        is_file = request.endpoint == "site.client" and _built(_path()) is not None
        wait = 0.0 if is_file else limits.visit(address_of(request.environ))
        if not wait:
            return None
        return Response("Too many requests.", 429, {"Retry-After": str(math.ceil(wait))}, mimetype="text/plain")

    @blueprint.get("/healthz")
    def healthz() -> dict[str, object]:
        return {"ok": True, "version": VERSION}

    @blueprint.get("/readyz")
    def readyz() -> tuple[dict[str, object], int]:
        problem = readiness.problem()
        return {"ok": problem is None, "problem": problem}, 503 if problem else 200

    @blueprint.get("/")
    @blueprint.get("/<path:path>")
    def client(path: str = "") -> Response:
        """A built file if there is one of that name; else the page, whose router handles the deep links."""
        file = _built(_path())
        if file is None:
            if path.startswith("assets/"):
                abort(404)
            file = _built(_PAGE)
        if file is None:
            abort(404, "The client is not built yet: run `make start`.")
        if not is_built and file == _built(_PAGE):
            return page.answer()
        return _sent(file)

    return blueprint


def _sent(file: str) -> Response:
    """A built file, compressed as the build has it for what the browser takes."""
    # Built assets carry a hash of their content in their names.
    max_age = _YEAR if file.startswith(f"{_DIST}/assets/") else 0
    encoding = request.accept_encodings.best_match(_ENDINGS, default="identity")
    compressed = file + _ENDINGS.get(encoding, "")
    if not os.path.isfile(compressed):
        encoding, compressed = "identity", file
    response = send_file(compressed, mimetype=mimetypes.guess_type(file)[0], max_age=max_age)
    if encoding != "identity":
        response.content_encoding = encoding
    response.vary.add("Accept-Encoding")
    return response


def _path() -> str:
    """The requested path, relative to the client's folder."""
    return str((request.view_args or {}).get("path", _PAGE))


def _built(path: str) -> str | None:
    """The built file at that path; None also for one outside of the client's folder."""
    file = safe_join(_DIST, path)
    return file if file is not None and os.path.isfile(file) else None
