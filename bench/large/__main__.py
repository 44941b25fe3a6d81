"""`python -m server` with this folder's resource."""

# ruff: noqa: E402  (gevent's patches come before every other import, as in server/__main__.py)

from gevent import monkey

monkey.patch_all()

from bench.large import app as app
from server.__main__ import main

main()
