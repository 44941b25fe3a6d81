"""The running process: logging, the listening socket, start and end."""

import gc
import logging
import resource
import signal
import sys

import gevent
from gevent.event import Event

from server import port_binding
from server.app import create_app
from server.cli import logs
from server.config import Config
from server.database import engines
from server.database.migrations import MigrationError
from server.http.listener import Listener
from server.lifecycle import parts
from server.realtime.resource.declaration import Undeclarable
from server.realtime.transport.connection_limit import ConnectionLimit

logger = logging.getLogger("spotter")

_BACKLOG = 4096
_END_SECONDS = 3.0


def serve(config: Config) -> None:
    """Serve until SIGTERM or SIGINT; requests that were submitted are committed and answered before the end."""
    logs.configure(config.log_level, config.log_format)
    _raise_file_limit()
    ended = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, ended.set)
    try:
        sock = port_binding.bound(config.host, config.port)
        app = create_app(config)
    except (port_binding.Unusable, Undeclarable) as error:
        sys.exit(str(error))
    running = parts(app)
    try:
        running.start()
    except MigrationError as error:
        sys.exit(str(error))
    except (OSError, *engines.UNREACHABLE) as error:
        sys.exit(engines.unusable(config, error))
    _tune_the_collector()
    # Behind a proxy all connections come from its address; websockets are counted by the client's address anyway.
    connection_limit = ConnectionLimit(0 if config.trusted_proxies else config.most_connections)
    server = Listener(sock, app, connection_limit, log=None, error_log=logger)
    try:
        sock.listen(_BACKLOG)
    except OSError as error:
        sys.exit(port_binding.why(config.host, config.port, error))
    server.start()
    logger.info("Spotter is on %s%s", config.url, ", and at every address of this machine" * config.is_everywhere)
    logger.info("the gym's clock is that of %s (TIMEZONE)", config.timezone)
    ended.wait()
    logger.info("ending")
    server.close()
    running.stop(_END_SECONDS)


def _tune_the_collector() -> None:
    """Keep the garbage collector from the objects that exist by now, and from running after every 700 new ones.

    Measured: a fifth of the CPU per write.
    """
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 20)


def _raise_file_limit() -> None:
    """A socket is a file; the usual limit of 1,024 is far below what one process serves."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
