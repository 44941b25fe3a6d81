"""The HTTP side: the React client with its deep links, and whether the server is up."""

from flask import Blueprint
from flask import Response
from flask import abort
from flask import request
from flask import send_from_directory

from server.config import ROOT
from server.realtime.origin import Origins

_DIST = ROOT / "client" / "dist"
_YEAR = 365 * 24 * 3600


def site(origins: Origins) -> Blueprint:
    """The routes."""
    blueprint = Blueprint("site", __name__)

    @blueprint.before_app_request
    def check_host() -> None:
        if not origins.allows_host(request.host):
            abort(400, "This server does not answer to that name. Add its origin to ALLOWED_ORIGINS.")

    @blueprint.get("/healthz")
    def healthz() -> dict[str, bool]:
        return {"ok": True}

    @blueprint.get("/")
    @blueprint.get("/<path:path>")
    def client(path: str = "") -> Response:
        """A built file if there is one of that name; else the page, whose router knows the deep links."""
        if path and (_DIST / path).is_file():
            # Built assets carry a hash of their content in their names.
            return send_from_directory(_DIST, path, max_age=_YEAR if path.startswith("assets/") else 0)
        if path.startswith("assets/"):
            abort(404)
        if not (_DIST / "index.html").is_file():
            abort(404, "The client is not built yet: run `make start`.")
        return send_from_directory(_DIST, "index.html", max_age=0)

    return blueprint
