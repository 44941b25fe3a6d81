"""The security headers of every HTTP response."""

from flask import Response, request

from server.realtime.transport.origins import Origins

# The players that the client puts into a frame (client/src/resources/exercise-moves/video.ts).
_PLAYERS = "https://www.youtube-nocookie.com https://player.vimeo.com"
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        # Mantine sets sizes and colours in style attributes.
        "style-src 'self' 'unsafe-inline'",
        "font-src 'self'",
        # Coaches' pictures and moves' videos are on any host.
        "img-src 'self' https: http: data:",
        "media-src 'self' https: http:",
        f"frame-src {_PLAYERS}",
        "worker-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


class SecurityHeaders:
    """Adds them to a response."""

    def __init__(self, origins: Origins) -> None:
        self._origins = origins

    def __call__(self, response: Response) -> Response:
        """For Flask's `after_request`."""
        response.headers.update(_HEADERS)
        if request.path == "/healthz":
            # A page that is not let in may know that a server is here, to say what is wrong. It reads nothing.
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Content-Security-Policy"] = f"{_POLICY}; connect-src {self._sockets()}"
        return response

    def _sockets(self) -> str:
        """The sources for `connect-src`. Older browsers do not count websockets of the same host as 'self'."""
        host = request.host
        return f"'self' ws://{host} wss://{host}" if self._origins.allows_host(host) else "'self'"
