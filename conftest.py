"""Loads the program while pytest loads the tests: each takes about a second, and one need not wait for the other."""

import os
import sys

from tests.support.fork_server import fork_server

# Who divides the tests between workers, or only lists them, starts no server.
_ONLY_LEADS = ("-n", "--numprocesses", "--co", "--fixtures", "--help", "-h", "--version")

if "PYTEST_XDIST_WORKER" in os.environ or not any(argument.startswith(_ONLY_LEADS) for argument in sys.argv):
    fork_server()
