"""URLs of databases and of Redis: whether the libraries can use them, and what may be shown of their secrets."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

HIDDEN = "(hidden)"
_HOST = r"(?:[\w.-]*|\[[0-9A-Fa-f:.]+(?:%\w+)?\])(?::[0-9]{1,5})?"
# A URL with a character in its password that should have been encoded does not match.
_SERVER = re.compile(
    r"(?P<scheme>postgresql\+psycopg|rediss?|unix)://"
    r"(?P<who>[^\s:/?#@]*(?::[^\s?@]*)?@)?"
    rf"(?P<where>{_HOST}(?:,{_HOST})*(?P<path>/[^\s?#@]*)?)"
    r"(?P<options>\?[^\s@]*)?\Z"
)
_NUMBER = re.compile(r"/?[0-9]*")
_FILE = re.compile(r"(?P<where>sqlite:///[^?]+)(?P<options>\?.*)?\Z")

# The options that REDIS_URL may have: others would change connections that the bus relies on.
_REDIS_OPTIONS = frozenset(("db", "username", "password", "client_name", "socket_keepalive", "health_check_interval"))
_REDIS_FILES = ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile")
# Where no PostgreSQL listens: libpq checks all options before it connects, and its error says which of both failed.
_NOWHERE = "/dev/null"


def shown(url: str) -> str:
    """The URL without user, password and options; HIDDEN if it cannot be parsed."""
    if not url.isprintable():
        return HIDDEN
    if found := _FILE.match(url):
        return found["where"] + ("?..." if found["options"] else "")
    found = _SERVER.match(url)
    if found and (not found["scheme"].startswith("redis") or _NUMBER.fullmatch(found["path"] or "")):
        who, options = "***@" if found["who"] else "", "?..." if found["options"] else ""
        return f"{found['scheme']}://{who}{found['where']}{options}"
    return HIDDEN


def check_postgresql(url: str) -> None:
    """Raises ValueError if SQLAlchemy or libpq could not connect by this URL to any server."""
    # Slow to load, and not needed with SQLite.
    from psycopg import Error
    from psycopg.conninfo import make_conninfo
    from psycopg.pq import PGconn
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        parsed = make_url(url)
        _, arguments = parsed.get_dialect()().create_connect_args(parsed)
        hosts = str(arguments.get("host", "")).split(",")
        elsewhere = make_conninfo(**{**arguments, "host": ",".join(_NOWHERE for _ in hosts), "hostaddr": None})
    except (ValueError, ArgumentError, Error) as error:
        raise ValueError(str(error)) from None
    if any("@" in host for host in hosts) or "\0" in elsewhere or parsed.port == 0:
        raise ValueError("a character that must be encoded, or no port")
    if _NOWHERE.encode() not in PGconn.connect_start(elsewhere.encode()).error_message:
        raise ValueError("an option that libpq does not take")


def check_redis(url: str) -> None:
    """Raises ValueError if redis-py could not connect by this URL to any server."""
    from redis import ConnectionPool, RedisError

    parts = urlsplit(url)
    if parts.scheme == "unix":
        is_whole = parts.path.startswith("/")
    else:
        # redis-py would use the first database for one that is no number.
        is_whole = bool(re.fullmatch(r"[\w.:%-]*", parts.hostname or "") and _NUMBER.fullmatch(parts.path))
    if not is_whole or parts.fragment or parts.port == 0 or re.search(r"\s", url):
        raise ValueError("a part that redis-py does not read")
    options = parse_qs(parts.query, keep_blank_values=True)
    if not all(name in _REDIS_OPTIONS or name.startswith("ssl_") for name in options):
        raise ValueError("an option that the bus does not know")
    if not all(Path(name).is_file() for key in _REDIS_FILES for name in options.get(key, ())):
        raise ValueError("a file that is not there")
    try:
        ConnectionPool.from_url(url).make_connection()
    except (TypeError, RedisError) as error:
        raise ValueError(str(error)) from None
