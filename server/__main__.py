"""`python -m server`: migrate, and serve until SIGTERM or Ctrl-C."""

import gc

# What is loaded stays: to look through it again and again is a tenth of the start. `serve` enables the collector.
gc.disable()

from gevent import monkey

monkey.patch_all()

import argparse
import sys

from server.config import Config, ConfigError
from server.version import VERSION


def main() -> None:
    """Run until a signal ends it. A setting that cannot work ends it at once, with one line."""
    parser = argparse.ArgumentParser(
        prog="python -m server",
        description="Serves the gym. Settings are environment variables: docs/operations.md has them all.",
    )
    parser.add_argument("--version", action="version", version=f"Spotter {VERSION}")
    parser.parse_args()
    try:
        config = Config.from_environment()
    except ConfigError as error:
        sys.exit(str(error))
    from server.cli.serve import serve

    serve(config)


if __name__ == "__main__":
    main()
