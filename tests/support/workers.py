"""How `pytest -n` divides the tests between its workers.

By itself it deals them out one by one, and each worker starts each server that is shared by the tests of a file anew.
"""

import re

from xdist.scheduler import LoadScopeScheduling

from tests.support.kinds import KINDS

# The files of these folders share servers.
_FOLDERS = re.compile(r"tests/(deploy|wire/accounts(/\w+)?)(?=/test_)")
# The longer of two names that begin alike comes first.
_KIND = re.compile(rf"\[({'|'.join(sorted(KINDS, reverse=True))})[-\]]")
# Each test of it has servers of its own, and mostly waits.
_APART = "tests/faults/"
# They take longest; a worker that comes to them last would work on alone.
LONG = ("tests/project/test_readme.py", "tests/wire/processes/", _APART)


class ByServer(LoadScopeScheduling):
    """Tests that share a server go to one worker, which runs them in the order of the collection."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(_APART):
            return nodeid
        path, _, name = nodeid.partition("::")
        folder, kind = _FOLDERS.match(path), _KIND.search(name)
        return f"{folder[0] if folder else path} {kind[1] if kind else ''}"
