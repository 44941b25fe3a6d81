"""The running process: logging, migrations, the listening socket, and an orderly end."""

import errno
import logging
import resource
import signal
import sys

import gevent
from gevent.event import Event
from gevent.pywsgi import WSGIServer

from server import database
from server.app import create_app
from server.app import parts
from server.config import Config

logger = logging.getLogger("spotter")

_BACKLOG = 4096
_END_SECONDS = 3.0


def serve(config: Config) -> None:
    """Serve until SIGTERM or SIGINT; what was submitted is committed and answered before the end."""
    logging.basicConfig(level=config.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # Alembic and the socket libraries log every step, payloads included, at INFO.
    for name in ("alembic", "engineio", "socketio"):
        logging.getLogger(name).setLevel(logging.WARNING)
    _raise_file_limit()
    app = create_app(config)
    database.migrate(app, config)
    running = parts(app)
    running.start()
    server = WSGIServer((config.host, config.port), app, log=None, error_log=logger, backlog=_BACKLOG)
    try:
        server.start()
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        sys.exit(f"PORT={config.port} cannot be used: another program listens there. Set PORT to a free one.")
    logger.info("Spotter is on http://%s:%d", "localhost" if config.is_loopback else config.host, config.port)
    ended = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, ended.set)
    ended.wait()
    logger.info("ending")
    server.close()
    running.stop(_END_SECONDS)


def _raise_file_limit() -> None:
    """A socket is a file; the usual limit of 1,024 is far below what one process serves."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
