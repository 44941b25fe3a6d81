"""`python3 tools.py python node`: whether this machine has what `make` needs, before anything is installed.

Python 3.7 runs it too, and it needs no package. What is missing is one line, with the cure.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

_NODE = "Node 20.19 or newer of 20, or 22.12 or newer, is needed to build the page (https://nodejs.org/en/download)."


def python() -> str | None:
    """Why this Python will not do; None if it will."""
    if sys.version_info < (3, 11):  # noqa: UP036  (this is the check)
        found = ".".join(map(str, sys.version_info[:3]))
        return f"This is Python {found}: 3.11 or newer is needed. Say where it is: make PYTHON=/path/to/python3.11"
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return f"{sys.executable} cannot make environments. On Debian: apt install python3-venv"
    return None


def node() -> str | None:
    """Why this Node will not do; None if it will. Vite wants ^20.19 || >=22.12, and says so after the installation."""
    if not shutil.which("node") or not shutil.which("npm"):
        return f"There is no Node with npm here. {_NODE}"
    named = subprocess.run(["node", "--version"], stdout=subprocess.PIPE, text=True, check=False).stdout.strip()
    found = re.match(r"v(\d+)\.(\d+)\.", named)
    version = (int(found[1]), int(found[2])) if found else (0, 0)
    if (20, 19) <= version < (21, 0) or version >= (22, 12):
        return None
    return f"This is Node {named}. {_NODE}"


if __name__ == "__main__":
    problems = [{"python": python, "node": node}[name]() for name in sys.argv[1:]]
    sys.exit("\n".join(filter(None, problems)) or None)
