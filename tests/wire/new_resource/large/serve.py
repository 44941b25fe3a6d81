"""`python -m server`, extended."""

# ruff: noqa: E402  (gevent's patches come before every other import, as in server/__main__.py)

from gevent import monkey

monkey.patch_all()

from server.__main__ import main
from tests.wire.new_resource.large import extended as extended

main()
